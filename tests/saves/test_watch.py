"""Drafts written by another program are noticed."""

import asyncio

from oz.saves.watch import changes


async def test_a_write_and_a_rename_are_seen(tmp_path):
    folder = tmp_path.resolve() / "spells"
    (folder / "kansas").mkdir(parents=True)
    draft = folder / "kansas" / "ledger.py"
    stop = asyncio.Event()
    seen = asyncio.Queue()

    async def watch():
        async for batch in changes(folder, stop):
            if batch:
                seen.put_nowait(batch)

    async def wait_for(path):
        async with asyncio.timeout(20):
            while path not in await seen.get():
                pass

    async with asyncio.TaskGroup() as group:
        group.create_task(watch())
        while seen.empty():  # the watcher says nowhere that it has begun
            (folder / "probe").write_text("")
            await asyncio.sleep(0.02)
        draft.write_text("eggs = 1\n")
        await wait_for(draft)
        (folder / "kansas" / "swap").write_text("eggs = 2\n")
        (folder / "kansas" / "swap").replace(draft)
        await wait_for(draft)
        stop.set()


async def test_quiet_is_told_so_that_somebody_may_look(tmp_path):
    stop = asyncio.Event()
    async with asyncio.timeout(20):
        async for batch in changes(tmp_path.resolve(), stop):
            assert batch == set()
            stop.set()
