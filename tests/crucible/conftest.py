"""What the crucible's tests share: a job in one line, and its events sorted."""

from __future__ import annotations

import contextlib
import textwrap
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from oz.crucible import Crucible
from oz.crucible.model import (
    Check,
    Dropped,
    Event,
    Finished,
    Job,
    Limits,
    Metric,
    Mode,
    Namespace,
    Output,
    Raised,
    Reason,
    Started,
    Warned,
)
from tests.benchmarks.crowd import crowding

TRIAL = '''
import torch

def test_row(spell):
    """`row` is 0 to 6"""
    assert torch.equal(spell.row, torch.arange(7))

def test_total(spell):
    """`total` is its sum"""
    assert spell.total == 21
'''
GRACE = 0.5
"""Seconds that a run may take beyond its limit; more only where the machine is crowded."""
RIGHT = "import torch\nrow = torch.arange(7)\ntotal = row.sum()\n"


@dataclass
class Told:
    """The events of one run."""

    events: list[Event] = field(default_factory=list)

    def of(self, cls: type) -> list:
        return [event for event in self.events if isinstance(event, cls)]

    @property
    def finished(self) -> Finished:
        (last,) = self.of(Finished)
        assert self.events[-1] is last
        return last

    @property
    def reason(self) -> Reason:
        return self.finished.reason

    @property
    def message(self) -> str:
        return self.finished.message

    @property
    def line(self) -> int | None:
        return self.finished.line

    @property
    def out(self) -> str:
        return "".join(e.text for e in self.of(Output) if e.stream == "stdout")

    @property
    def err(self) -> str:
        return "".join(e.text for e in self.of(Output) if e.stream == "stderr")

    @property
    def dropped(self) -> int:
        return sum(e.bytes for e in self.of(Dropped))

    @property
    def checks(self) -> list[Check]:
        return self.of(Check)

    @property
    def metrics(self) -> list[Metric]:
        return self.of(Metric)

    @property
    def warned(self) -> list[Warned]:
        return self.of(Warned)

    @property
    def raised(self) -> list[Raised]:
        return self.of(Raised)

    @property
    def seen(self) -> dict:
        return {s.name: s for n in self.of(Namespace) for s in n.seen}

    @property
    def pid(self) -> int:
        return self.of(Started)[0].pid


def _below(pid: int) -> list[int]:
    """Processes below `pid`."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *_below(child)]
    return found


def segments() -> set[Path]:
    """The shared memory that there is outside of every namespace."""
    return {path for path in Path("/dev/shm").glob("*") if path.is_file()}


def leaked(before: set[Path]) -> set[Path]:
    """The shared memory that is there, was not `before`, and stays: other tests, which run at the
    same time, have some too, and theirs goes."""
    until = time.monotonic() + 20
    while (more := segments() - before) and time.monotonic() < until:
        time.sleep(0.05)
    return more


class Fire:
    """A crucible, and where its tests keep their files."""

    def __init__(self, crucible: Crucible, folder: Path) -> None:
        self.crucible = crucible
        self.folder = folder
        self._shm = segments()

    async def clean(self) -> None:
        """The run left nothing: no process, no shared memory, no file."""
        await self.crucible.ready()
        for host in self.crucible._hosts:  # a spare that is warming up has a folder of its own
            await host.ready()
        self._clean()

    def _clean(self) -> None:
        for keeper in self.crucible.pids:
            # the supervisor, and at most one worker waiting for its job
            assert len(_below(keeper)) <= 2, [
                Path(f"/proc/{pid}/cmdline").read_bytes() for pid in _below(keeper)
            ]
        assert leaked(self._shm) == set()
        assert self._left() == []

    def _left(self) -> list[Path]:
        """What lies in the crucible's folder and stays: what warms up has a folder for a while."""
        until = time.monotonic() + 20
        while (found := list(self.crucible.work_folder().iterdir())) and time.monotonic() < until:
            time.sleep(0.05)
        return found

    async def run(self, source: str, *, mode: Mode = Mode.RUN, **limits: float) -> Told:
        """Run `source` and nothing more."""
        return await self.done(Job(mode, source=source, limits=Limits(**limits)))

    async def cast(self, source: str, *, trial: str = TRIAL, seconds: float = 10.0, **more) -> Told:
        """Run `source` and judge it by `trial`."""
        program, judge = self.folder / "spell.py", self.folder / "trial.py"
        program.write_text(source, encoding="utf-8")
        judge.write_text(trial, encoding="utf-8")
        limits = Limits(seconds=seconds)
        return await self.done(Job(Mode.JUDGE, program=program, trial=judge, limits=limits, **more))

    async def survives(
        self,
        source: str,
        reason: Reason,
        words: tuple[str, ...] = (),
        *,
        lines: tuple[int | None, ...] | None = None,
        seconds: float | None = None,
        memory: int = 256 << 20,
        processes: int = 48,
        file_size: int = 128 << 20,
        judged: bool = False,
        out: str | None = None,
    ) -> None:
        """Run `source`: it ends for `reason` and within its limit, its message has `words`, its
        line is one of `lines`, it printed `out`, and nothing of it is left."""
        if seconds is None:
            # only what is to run into the clock is held to half a second: the machine may be busy
            seconds = 0.5 if reason is Reason.TIMEOUT else 5.0
        source = textwrap.dedent(source).strip() + "\n"
        await self.crucible.ready()
        if judged:
            told = await self.cast(source, seconds=seconds)
        else:
            told = await self.run(
                source, seconds=seconds, memory=memory, processes=processes, file_size=file_size
            )
        assert told.reason is reason, told.finished
        assert all(word in told.message for word in words), told.message
        assert lines is None or told.line in lines, told.finished
        late = told.finished.seconds - seconds > GRACE
        assert not late or told.finished.seconds < (seconds + GRACE) * crowding(), told.finished
        assert out is None or told.out == out
        assert not [c for c in told.out if ord(c) < 32 and c not in "\n\t"]
        if reason in (Reason.PASSED, Reason.FAILED):
            assert len(told.checks) == 2
        await self.clean()

    async def done(self, job: Job) -> Told:
        """Run `job` to its end."""
        told = Told()
        async for event in self.crucible.run(job):
            told.events.append(event)
        return told


@pytest.fixture(params=["zygote", pytest.param("spares", marks=pytest.mark.slow)])
def fire(request: pytest.FixtureRequest, tmp_path: Path) -> Fire:
    """A warm crucible of each backend; spares take seconds to warm up, so they are slow."""
    name = "crucible" if request.param == "zygote" else "spares"
    return Fire(request.getfixturevalue(name), tmp_path)


@pytest.fixture
def zygote(crucible: Crucible, tmp_path: Path) -> Fire:
    """The crucible of this machine alone."""
    return Fire(crucible, tmp_path)
