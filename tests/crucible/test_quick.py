"""A cast, from program to verdict: passes, failures, the sentences of the common deaths."""

from __future__ import annotations

import asyncio

import pytest

from oz.crucible import open_crucible
from oz.crucible.model import Announced, Finished, Job, Limits, Mode, Reason, Started

RIGHT = "import torch\nrow = torch.arange(7)\nprint(row)\ntotal = row.sum()\n"


async def test_a_right_spell_passes(fire) -> None:
    told = await fire.cast(RIGHT)
    assert told.reason is Reason.PASSED, told.events
    assert told.message == ""
    assert [check.passed for check in told.checks] == [True, True]
    assert told.out == "tensor([0, 1, 2, 3, 4, 5, 6])\n"
    order = [type(event) for event in told.events]
    assert order[0] is Started
    assert order.index(Announced) < order.index(type(told.checks[0]))


async def test_a_wrong_spell_fails(fire) -> None:
    told = await fire.cast("import torch\nrow = torch.arange(6)\ntotal = 21\n")
    assert told.reason is Reason.FAILED
    assert [check.passed for check in told.checks] == [False, True]


async def test_an_endless_loop_is_stopped_at_its_line(fire) -> None:
    told = await fire.cast("x = 1\nwhile True:\n    x += 1\n", seconds=1)
    assert told.reason is Reason.TIMEOUT
    assert told.line in (2, 3)
    assert "still running after 1 second" in told.message
    assert told.finished.seconds < 1.5


async def test_leaving_early_is_no_pass(fire) -> None:
    told = await fire.cast(RIGHT + "import os\nos._exit(0)\n")
    assert told.reason is Reason.NO_VERDICT
    assert "os._exit" in told.message
    assert told.checks == []


async def test_a_segmentation_fault_names_its_line(fire) -> None:
    told = await fire.cast("import ctypes\n\nctypes.string_at(0)\n")
    assert told.reason is Reason.CRASH
    assert told.line == 3
    assert "segmentation fault" in told.message


async def test_a_list_bomb_names_its_line(fire) -> None:
    told = await fire.run(
        "x = []\nwhile True:\n    x.append(bytearray(1 << 24))\n", memory=256 << 20
    )
    assert told.reason is Reason.MEMORY
    assert told.line == 3
    assert "256 MiB" in told.message


async def test_a_flood_of_prints_is_cut_and_counted(fire) -> None:
    told = await fire.run("for i in range(300_000):\n    print('x' * 20)\n")
    assert told.reason is Reason.RAN
    assert len(told.out) <= 256 << 10
    assert len(told.out) + told.dropped == 300_000 * 21


async def test_the_last_words_before_a_crash_are_heard(fire) -> None:
    told = await fire.run("import os\nfor i in range(3000):\n    print(i)\nos.abort()\n")
    assert told.reason is Reason.CRASH
    assert told.out.splitlines() == [str(i) for i in range(3000)]


async def test_words_of_several_processes_are_whole(fire) -> None:
    told = await fire.run(
        "import os\n"
        "me = sum(os.fork() == 0 for _ in range(2))\n"
        "for i in range(300):\n    print(str(me) * 300)\n"
        "while True:\n    try:\n        os.wait()\n    except ChildProcessError:\n        break\n",
        output=1 << 20,
    )
    assert told.reason is Reason.RAN
    assert len(told.out.splitlines()) == 1200
    assert {(len(line), len(set(line))) for line in told.out.splitlines()} == {(300, 1)}


async def test_input_is_explained(fire) -> None:
    told = await fire.cast("name = input('Who are you? ')\n")
    assert told.reason is Reason.ERROR
    assert told.line == 1
    assert "cannot ask for input" in told.message


async def test_a_syntax_error_has_its_line(fire) -> None:
    told = await fire.cast("import torch\nrow = torch.arange(7\ntotal = 21\n")
    assert told.reason is Reason.ERROR
    assert told.line == 2
    assert "SyntaxError" in told.message


async def test_the_player_can_stop(fire) -> None:
    run = fire.crucible.run(Job(Mode.RUN, source="while True: pass", limits=Limits(seconds=60)))
    events = []
    async for event in run:
        events.append(event)
        if isinstance(event, Started):
            stopping = asyncio.create_task(run.stop())
    await stopping
    assert events[-1].reason is Reason.STOPPED
    again = await fire.run("print('alive')")
    assert again.out == "alive\n"


async def test_a_second_job_waits_for_the_first(fire) -> None:
    first, second = await asyncio.gather(
        fire.run("import time; time.sleep(0.3); print('first')"), fire.run("print('second')")
    )
    assert (first.out, second.out) == ("first\n", "second\n")
    assert second.finished.seconds < first.finished.seconds + 0.5


async def test_a_run_that_waits_can_be_stopped(fire) -> None:
    loop = Job(Mode.RUN, source="while True: pass", limits=Limits(seconds=60))
    first, second = fire.crucible.run(loop), fire.crucible.run(loop)

    async def last(run) -> Reason:
        return [event async for event in run][-1].reason

    running, waiting = asyncio.create_task(last(first)), asyncio.create_task(last(second))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.wait_for(second.stop(), 5)
    assert await waiting is Reason.STOPPED
    assert not running.done()
    await first.stop()
    assert await running is Reason.STOPPED
    assert (await fire.run("print('free')")).out == "free\n"


async def test_a_consumer_that_walks_away_ends_the_run(fire) -> None:
    run = fire.crucible.run(Job(Mode.RUN, source="while True: pass", limits=Limits(seconds=60)))
    async for batch in run.batches():
        if any(isinstance(event, Started) for event in batch):
            break
    assert (await fire.run("print('free')")).out == "free\n"


@pytest.mark.parametrize("place", ["/dev/null", "/dev/null/below"])
async def test_a_cache_that_cannot_be_used_is_done_without(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OZ_CACHE", place)
    crucible = open_crucible()
    await crucible.start()
    try:
        events = [event async for event in crucible.run(Job(Mode.CONJURE, source="print(3)"))]
    finally:
        await crucible.close()
    assert isinstance(events[-1], Finished)
    assert events[-1].reason is Reason.RAN
