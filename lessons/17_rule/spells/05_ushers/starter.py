import asyncio

import numpy as np


class Ushers:
    """Bring petitioners in together: at most `at_most`, or whoever has come `within` seconds of the first.

    brain(slates) takes float32 (n, 1, 8, 8), gives (n, 10), and is no coroutine.
    """

    def __init__(self, brain, at_most=16, within=0.01):
        self.brain = brain
        self.at_most = at_most
        self.within = within

    async def __aenter__(self):
        return self

    async def __aexit__(self, *raised):
        pass

    async def read(self, slate):
        """The door for one slate, float32 (8, 8)."""
        logits = await asyncio.to_thread(self.brain, slate[None, None])
        return int(logits[0].argmax())


parties = []


def brain(slates):
    parties.append(len(slates))
    return slates.reshape(len(slates), 64)[:, :10]


async def morning():
    slates = np.random.rand(48, 8, 8).astype(np.float32)
    async with Ushers(brain) as ushers:
        await asyncio.gather(*(ushers.read(slate) for slate in slates))


asyncio.run(morning())
print("forty-eight petitioners, in", len(parties), "parties, the largest of", max(parties))
