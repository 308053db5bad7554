"""How many events the game takes in a second, and how long its other work waits meanwhile."""

from __future__ import annotations

import asyncio
import time

import pytest

from oz.crucible import Crucible
from oz.crucible.model import Job, Limits, Mode, Reason, Warned
from tests.benchmarks.crowd import crowding

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]

COUNT = 200_000
SOURCE = f"""
import gc
from oz.crucible.child.stdio import Outlet
from oz.crucible.model import Warned

outlet = next(thing for thing in gc.get_objects() if isinstance(thing, Outlet))
word = Warned("UserWarning", "again", 3)
for _ in range({COUNT}):
    outlet.emit(word)
"""


async def test_events_in_a_second(crucible: Crucible, capsys: pytest.CaptureFixture[str]) -> None:
    await crucible.ready()
    lags: list[float] = []

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.002)
            lags.append(time.perf_counter() - began - 0.002)

    ticking = asyncio.create_task(tick())
    job = Job(Mode.RUN, source=SOURCE, limits=Limits(seconds=60))
    heard, first, last = 0, 0.0, 0.0
    async for batch in crucible.run(job).batches():
        found = sum(isinstance(event, Warned) for event in batch)
        heard += found
        if found:
            last = time.perf_counter()
            first = first or last
    ticking.cancel()
    lags.sort()
    worst = lags[int(len(lags) * 0.99)]
    with capsys.disabled():
        print(
            f"\n{heard:,} events, {heard / (last - first):,.0f} a second; others waited "
            f"{worst * 1e3:.1f} ms (p99), {lags[-1] * 1e3:.1f} ms (at most)"
        )
    assert batch[-1].reason is Reason.RAN
    assert heard == COUNT
    assert worst < 0.05 * crowding()
