"""The game lives on: quick while a program floods it, and nothing is left when it is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oz.crucible import open_crucible
from oz.crucible.model import Finished, Job, Limits, Mode, Output, Reason, Started

FLOODS = {
    "prints": "while True:\n    print('x' * 80)",
    "prints without newlines": "while True:\n    print('x', end='', flush=True)",
    "writes beside Python": "import os\nwhile True:\n    os.write(1, b'y' * 65536)",
    "two processes": "import os\nos.fork()\nwhile True:\n    os.write(2, b'y\\n')",
    "strays on the channel": (
        "import os, socket, stat\n"
        "for fd in range(3, 64):\n"
        "    try:\n"
        "        if stat.S_ISSOCK(os.fstat(fd).st_mode):\n"
        "            channel = fd\n"
        "    except OSError:\n"
        "        pass\n"
        "while True:\n"
        "    os.write(channel, b'passed')\n"
    ),
    "warnings": "import warnings\nn = 0\nwhile True:\n    n += 1\n    warnings.warn(str(n))",
}


@pytest.mark.parametrize(
    "name", ["prints", *(pytest.param(n, marks=pytest.mark.slow) for n in list(FLOODS)[1:])]
)
async def test_a_flood_does_not_hold_up_the_game(zygote, name: str) -> None:
    await zygote.crucible.ready()
    lags: list[float] = []

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            lags.append(time.perf_counter() - began - 0.005)

    ticking = asyncio.create_task(tick())
    told = await zygote.run(FLOODS[name], seconds=1)
    ticking.cancel()
    assert told.reason in (Reason.TIMEOUT, Reason.OUTPUT)
    assert len(told.out) + len(told.err) <= 3 * (256 << 10)
    lags.sort()
    assert lags[int(len(lags) * 0.99)] < 0.05
    await zygote.clean()


GAME = """
import asyncio, sys
from oz.crucible import open_crucible
from oz.crucible.model import Job, Limits, Mode, Output

async def main():
    crucible = open_crucible(sys.argv[1])
    await crucible.start()
    job = Job(Mode.RUN, source=sys.argv[2], limits=Limits(seconds=60))
    async for event in crucible.run(job):
        if isinstance(event, Output):
            print(event.text, end="", flush=True)

asyncio.run(main())
"""
ORPHANS = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for fd in (0, 1, 2):
            os.close(fd)
        time.sleep(1000)
    os._exit(0)
print("begun", flush=True)
while True:
    time.sleep(1)
"""


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += _tree(child)
    return found


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize("backend", ["zygote", pytest.param("spares", marks=pytest.mark.slow)])
def test_a_killed_game_leaves_nothing(backend: str, tmp_path: Path) -> None:
    game = subprocess.Popen(
        [sys.executable, "-c", GAME, backend, ORPHANS],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)},
    )
    try:
        assert game.stdout is not None
        assert game.stdout.readline() == b"begun\n"
        tree = _tree(game.pid)
        assert len(tree) >= 5  # game, keeper, supervisor, program, orphan
    finally:
        game.send_signal(signal.SIGKILL)
        game.wait()
        game.stdout.close()
    until = time.monotonic() + 1.0
    while time.monotonic() < until and any(map(_alive, tree)):
        time.sleep(0.01)
    assert [pid for pid in tree if _alive(pid)] == []
    while time.monotonic() < until + 1 and list(tmp_path.iterdir()):
        time.sleep(0.01)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
async def test_a_killed_warm_process_is_replaced(tmp_path: Path) -> None:
    crucible = open_crucible("zygote")
    try:
        await crucible.start()
        await crucible.ready()
        (keeper,) = crucible.pids
        job = Job(Mode.RUN, source="import time; time.sleep(60)", limits=Limits(seconds=60))
        async for event in crucible.run(job):
            if isinstance(event, Started):
                os.kill(_tree(keeper)[1], signal.SIGKILL)
        assert isinstance(event, Finished)
        assert event.reason is Reason.CRASH
        assert "rebuilt" in event.message
        again = [e async for e in crucible.run(Job(Mode.RUN, source="print('back')"))]
        assert Output("back\n") in again
    finally:
        await crucible.close()


async def test_closing_leaves_nothing(tmp_path: Path) -> None:
    crucible = open_crucible("zygote")
    await crucible.start()
    await crucible.ready()
    folder = crucible.work_folder()
    (keeper,) = crucible.pids
    tree = _tree(keeper)
    await crucible.close()
    assert not folder.exists()
    assert [pid for pid in tree if _alive(pid)] == []


async def test_closing_ends_a_run_under_way() -> None:
    before = set(_tree(os.getpid()))
    crucible = open_crucible("zygote")
    await crucible.start()
    job = Job(Mode.RUN, source="while True: pass", limits=Limits(seconds=60))
    events = []
    async for event in crucible.run(job):
        events.append(event)
        if isinstance(event, Started):
            folder = crucible.work_folder()
            tree = set(_tree(os.getpid())) - before
            closing = asyncio.create_task(crucible.close())
    await closing
    assert events[-1].reason is Reason.STOPPED
    assert len(tree) >= 3  # keeper, supervisor, program
    assert [pid for pid in tree if _alive(pid)] == []
    assert not folder.exists()


async def test_a_stop_ends_workers_and_ranks(zygote) -> None:
    source = (
        "import time\n"
        "from torch.utils.data import DataLoader\n"
        "class Rows:\n"
        "    def __len__(self): return 10**6\n"
        "    def __getitem__(self, i): time.sleep(0.01); return i\n"
        "for batch in DataLoader(Rows(), batch_size=2, num_workers=2):\n"
        "    print(batch, flush=True)\n"
    )
    run = zygote.crucible.run(Job(Mode.RUN, source=source, limits=Limits(seconds=60)))
    stopping = None
    async for event in run:
        if isinstance(event, Output) and stopping is None:
            stopping = asyncio.create_task(run.stop())
    await stopping
    assert event.reason is Reason.STOPPED
    await zygote.clean()
