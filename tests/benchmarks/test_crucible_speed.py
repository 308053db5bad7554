"""How long a cast takes, against what the same files cost without the crucible."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oz.crucible import Crucible
from oz.crucible.model import Finished, Job, Mode, Reason
from tests.benchmarks.crowd import crowding

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]

SPELL = "import torch\n\nrow = torch.arange(7)\nprint(row)\ntotal = row.sum()\n"
TRIAL = '''
import torch

def test_row(spell):
    """`row` is 0 to 6"""
    assert torch.equal(spell.row, torch.arange(7))

def test_total(spell):
    """`total` is its sum"""
    assert spell.total == 21
'''
COLD = """
import runpy
from pathlib import Path

import pytest
import torch

class Module:
    def __init__(self, names):
        self.__dict__.update(names)

@pytest.fixture(scope="session")
def spell():
    return Module(runpy.run_path(str(Path(__file__).with_name("spell.py"))))
"""


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "spell.py").write_text(SPELL)
    (tmp_path / "trial.py").write_text(TRIAL)
    return Job(Mode.JUDGE, program=tmp_path / "spell.py", trial=tmp_path / "trial.py")


async def _cast(crucible: Crucible, job: Job) -> float:
    began = time.perf_counter()
    last = None
    async for batch in crucible.run(job).batches():
        last = batch[-1]
    assert isinstance(last, Finished)
    assert last.reason is Reason.PASSED
    return time.perf_counter() - began


def _cold(folder: Path) -> float:
    """Seconds of a cold ``python -m pytest`` on the same files."""
    (folder / "conftest.py").write_text(COLD)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "trial.py"]
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)
    seconds = time.perf_counter() - began
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return seconds


async def test_run_to_verdict(
    crucible: Crucible, job: Job, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await crucible.ready()
    await _cast(crucible, job)
    crowd = crowding()
    seconds = []
    for _ in range(40):
        await asyncio.sleep(0.25)  # a player reads before the next cast
        seconds.append(await _cast(crucible, job))
    seconds.sort()
    middle, slow = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
    crowd = max(crowd, crowding())
    cold = min([await asyncio.to_thread(_cold, tmp_path) for _ in range(2)])
    with capsys.disabled():
        print(
            f"\nrun to verdict: p50 {middle * 1e3:.0f} ms, p95 {slow * 1e3:.0f} ms; cold pytest "
            f"{cold:.2f} s: {cold / middle:.0f} times as long; the machine slowed {crowd:.1f} times"
        )
    assert middle < 0.060 * crowd
    assert slow < 0.120 * crowd
    assert cold / middle >= 40 / crowd


async def test_ten_in_a_row(
    crucible: Crucible, job: Job, capsys: pytest.CaptureFixture[str]
) -> None:
    await crucible.ready()
    await _cast(crucible, job)
    crowd = crowding()
    began = time.perf_counter()
    for _ in range(10):
        await _cast(crucible, job)
    seconds = time.perf_counter() - began
    crowd = max(crowd, crowding())
    with capsys.disabled():
        print(f"\nten casts in a row: {seconds:.2f} s; the machine slowed {crowd:.1f} times")
    assert seconds < 1.0 * crowd
