# mistake: gone-home
import asyncio
import numpy as np


class Ushers:
    def __init__(self, brain, at_most=16, within=0.01):
        self.brain = brain
        self.at_most = at_most
        self.within = within

    async def __aenter__(self):
        self.bench = asyncio.Queue()
        self.task = asyncio.create_task(self._work())
        return self

    async def __aexit__(self, *raised):
        self.task.cancel()
        try:
            await self.task
        except asyncio.CancelledError:
            pass

    async def read(self, slate):
        future = asyncio.get_running_loop().create_future()
        await self.bench.put((slate, future))
        return await future

    async def _work(self):
        while True:
            party = [await self.bench.get()]
            try:
                async with asyncio.timeout(self.within):
                    while len(party) < self.at_most:
                        party.append(await self.bench.get())
            except TimeoutError:
                pass
            slates = np.stack([slate for slate, _ in party])[:, None].astype(np.float32)
            try:
                logits = await asyncio.to_thread(self.brain, slates)
            except Exception as error:
                for _, future in party:
                    if not future.done():
                        future.set_exception(error)
                continue
            for row, (_, future) in zip(logits, party):
                future.set_result(int(row.argmax()))
