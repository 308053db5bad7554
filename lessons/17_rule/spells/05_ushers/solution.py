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
        self.bench = asyncio.Queue()

    async def __aenter__(self):
        self.usher = asyncio.create_task(self.serve())
        return self

    async def __aexit__(self, *raised):
        self.usher.cancel()
        await asyncio.gather(self.usher, return_exceptions=True)

    async def read(self, slate):
        """The door for one slate, float32 (8, 8)."""
        answer = asyncio.get_running_loop().create_future()
        self.bench.put_nowait((slate, answer))  # it has no limit, so nobody waits here
        return await answer

    async def gather(self):
        """The next party. Nobody waits longer than `within` for company, counted from the first."""
        party = [await self.bench.get()]
        try:
            async with asyncio.timeout(self.within):
                while len(party) < self.at_most:
                    party.append(await self.bench.get())
        except TimeoutError:
            pass
        return party

    async def serve(self):
        while True:
            party = await self.gather()
            try:
                slates = np.stack([slate for slate, _ in party])[:, None]
                logits = await asyncio.to_thread(self.brain, slates)
                doors = logits.argmax(axis=1).tolist()
            except Exception as error:  # theirs to hear, and no reason to stop serving
                for _, answer in party:
                    if not answer.done():
                        answer.set_exception(error)
            else:
                for (_, answer), door in zip(party, doors, strict=True):
                    if not answer.done():  # some have gone home
                        answer.set_result(door)


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
