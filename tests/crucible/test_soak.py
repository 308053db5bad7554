# ruff: noqa: E501  (programs are written as a player would write them)
"""A thousand casts in a row, one in five of them hostile: nothing leaks, and nothing slows down."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

import pytest

from oz.crucible import Crucible, open_crucible
from oz.crucible.model import Finished, Job, Limits, Mode, Reason
from tests.benchmarks.crowd import crowding

CASTS = int(os.environ.get("OZ_SOAK", "1000"))
TRIAL = '''
import torch

def test_row(spell):
    """`row` is 0 to 6"""
    assert torch.equal(spell.row, torch.arange(7))
'''
HONEST = "import torch\nrow = torch.arange(7)\nprint(row)\n"
HOSTILE = (
    ("import os\nos._exit(0)\n", Reason.NO_VERDICT),
    ("import ctypes\nctypes.string_at(0)\n", Reason.CRASH),
    ("while True:\n    pass\n", Reason.TIMEOUT),
    ("import torch\nx = torch.empty(200 << 30)\n", Reason.MEMORY),
    ("import os\nfor fd in range(3, 256):\n    os.close(fd) if os.path.exists(f'/proc/self/fd/{fd}') else 0\n",
     Reason.NO_VERDICT),
    ("import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(1000)\n" + HONEST, Reason.PASSED),
    ("for i in range(20_000):\n    print('x' * 100)\n", Reason.FAILED),
    ("from multiprocessing import shared_memory\nshared_memory.SharedMemory(create=True, size=1 << 20)\n",
     Reason.FAILED),
    ("raise SystemExit(3)\n", Reason.ERROR),
    ("open('big', 'wb').write(b'x' * (1 << 22))\nimport os\nos.abort()\n", Reason.CRASH),
)  # fmt: skip


def _below(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *_below(child)]
    return found


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class _Books:
    """What there is of everything that could leak."""

    def __init__(self, crucible: Crucible) -> None:
        (keeper,) = crucible.pids
        supervisor = _below(keeper)[0]
        self.processes = len(_below(os.getpid()))
        self.descriptors = len(list(Path("/proc/self/fd").iterdir()))
        self.held = len(list(Path(f"/proc/{supervisor}/fd").iterdir()))
        self.game = _resident(os.getpid())
        self.warm = _resident(supervisor)
        self.segments = len(list(Path("/dev/shm").iterdir()))
        self.folders = len(list(crucible.work_folder().iterdir()))

    def __str__(self) -> str:
        return (
            f"{self.processes} processes, {self.descriptors} descriptors here and {self.held} in the "
            f"warm process, {self.game >> 20} MiB here and {self.warm >> 20} MiB there, "
            f"{self.segments} segments, {self.folders} folders"
        )


@pytest.mark.slow
async def test_a_thousand_casts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "trial.py").write_text(TRIAL)
    program = tmp_path / "spell.py"
    job = Job(
        Mode.JUDGE,
        program=program,
        trial=tmp_path / "trial.py",
        limits=Limits(seconds=0.5, memory=512 << 20),
    )
    patient = Job(Mode.JUDGE, program=program, trial=job.trial)
    crucible = open_crucible("zygote")
    await crucible.start()
    await crucible.ready()
    honest: list[float] = []
    before = None
    try:
        for number in range(CASTS):
            hostile = number % 5 == 4
            source, reason = (
                HOSTILE[number // 5 % len(HOSTILE)] if hostile else (HONEST, Reason.PASSED)
            )
            program.write_text(source)
            began = time.perf_counter()
            last = None
            async for batch in crucible.run(job if hostile else patient).batches():
                last = batch[-1]
            assert isinstance(last, Finished)
            assert last.reason is reason, (number, source, last)
            if not hostile:
                honest.append(time.perf_counter() - began)
            if number == min(50, CASTS // 4):
                before = _Books(crucible)
        assert before is not None
        after = _Books(crucible)
        third = len(honest) // 3
        early, late = (
            sorted(part)[int(third * 0.95)] for part in (honest[:third], honest[-third:])
        )
        with capsys.disabled():
            print(f"\nafter the first casts: {before}\nafter {CASTS}: {after}")
            print(
                f"p95 of honest casts: first third {early * 1e3:.0f} ms, last {late * 1e3:.0f} ms"
            )
        assert after.processes <= before.processes + 1  # the next worker may be there already
        assert after.descriptors <= before.descriptors
        assert after.held <= before.held + 1
        assert after.segments <= before.segments
        assert after.folders == 0
        assert after.game < before.game + (16 << 20)
        assert after.warm < before.warm + (16 << 20)
        bound = early * 1.2 + 0.02
        assert late < bound or late < bound * crowding()  # others may have come meanwhile
    finally:
        await crucible.close()
