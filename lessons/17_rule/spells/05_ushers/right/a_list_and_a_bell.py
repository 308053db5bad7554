import asyncio

import numpy as np


class Ushers:
    """Bring petitioners in together: at most `at_most`, or whoever has come `within` seconds of the first.

    brain(slates) takes float32 (n, 1, 8, 8), gives (n, 10), and is no coroutine.
    """

    def __init__(self, brain, at_most=16, within=0.01):
        self.brain, self.at_most, self.within = brain, at_most, within
        self.bench, self.somebody, self.enough = [], asyncio.Event(), asyncio.Event()

    async def __aenter__(self):
        self.usher = asyncio.ensure_future(self.serve())
        return self

    async def __aexit__(self, *raised):
        self.usher.cancel()
        try:
            await self.usher
        except asyncio.CancelledError:
            pass

    async def read(self, slate):
        answer = asyncio.Future()
        self.bench.append((slate, answer))
        self.somebody.set()
        if len(self.bench) >= self.at_most:
            self.enough.set()
        return await answer

    async def serve(self):
        while True:
            await self.somebody.wait()
            try:
                await asyncio.wait_for(self.enough.wait(), self.within)
            except TimeoutError:
                pass
            party, self.bench = self.bench[: self.at_most], self.bench[self.at_most :]
            if not self.bench:
                self.somebody.clear()
            if len(self.bench) < self.at_most:
                self.enough.clear()
            party = [(slate, answer) for slate, answer in party if not answer.cancelled()]
            if not party:
                continue
            try:
                slates = np.array([[slate] for slate, _ in party], dtype=np.float32)
                logits = await asyncio.to_thread(self.brain, slates)
            except Exception as error:
                for _, answer in party:
                    answer.done() or answer.set_exception(RuntimeError(str(error)))
                continue
            for (_, answer), row in zip(party, logits):
                answer.done() or answer.set_result(int(row.argmax()))


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
