"""Judging as the crucible does it: in a forked child of a warm process, events over a pipe."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import textwrap
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from oz.crucible.model import Announced, Check, Event, Output


@dataclass(frozen=True)
class Outcome:
    """What came out of a child that judged."""

    passed: bool | None
    """What `judge` returned; `None`: the child ended before it could say."""
    events: Sequence[Event]

    @property
    def announced(self) -> tuple[str, ...]:
        return next((e.checks for e in self.events if isinstance(e, Announced)), ())

    @property
    def checks(self) -> list[Check]:
        return [e for e in self.events if isinstance(e, Check)]

    @property
    def failing(self) -> Check:
        """The first check that did not pass."""
        return next(c for c in self.checks if not c.passed)

    @property
    def printed(self) -> str:
        return "".join(e.text for e in self.events if isinstance(e, Output))


Cast = Callable[..., Outcome]


@pytest.fixture(scope="session")
def warm() -> None:
    import torch
    import torch._dynamo  # the zygote has it, too: it wraps functions of torch

    from oz.crucible.child import judge

    torch.set_num_threads(1)
    judge.warm()


@pytest.fixture
def cast(warm: None, tmp_path: Path) -> Cast:
    """Run a program as ``__main__`` and then judge it by a trial, all in a child.

    ``cast(program, trial)``, both source text; further keywords go to `Ran`, `files` are written
    beside the trial.
    """

    def run(
        program: str, trial: str, *, files: dict[str, str] | None = None, **more: object
    ) -> Outcome:
        folder, scratch = tmp_path / "lesson", tmp_path / "scratch"
        for place in (folder, scratch):
            place.mkdir(exist_ok=True)
        for name, text in {"trial.py": trial, **(files or {})}.items():
            (folder / name).write_text(textwrap.dedent(text))
        path = tmp_path / "spell.py"
        path.write_text(source := textwrap.dedent(program))
        return _in_child(path, source, folder / "trial.py", scratch, more)

    return run


def _in_child(
    program: Path, source: str, trial: Path, scratch: Path, more: dict[str, object]
) -> Outcome:
    events_out, events_in = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside torch's idle threads
        pid = os.fork()
    if pid == 0:
        os.close(events_out)
        _child(program, source, trial, scratch, more, events_in)
    os.close(events_in)
    with os.fdopen(events_out, "rb") as pipe:
        data = pipe.read()
    os.waitpid(pid, 0)
    said = [pickle.loads(line) for line in _messages(data)]
    verdicts = [m for m in said if isinstance(m, bool)]
    return Outcome(verdicts[0] if verdicts else None, [m for m in said if not isinstance(m, bool)])


def _child(
    program: Path,
    source: str,
    trial: Path,
    scratch: Path,
    more: dict[str, object],
    out: int,
) -> None:
    """The child: never returns."""
    exit_now, write, dumps = os._exit, os.write, pickle.dumps
    signal.alarm(20)

    def send(message: object) -> None:
        data = dumps(message)
        write(out, len(data).to_bytes(4, "big") + data)

    try:
        from oz.crucible.child.judge import Ran, judge

        # of the pytest around this: it would rewrite the trial's asserts
        sys.meta_path[:] = [
            f for f in sys.meta_path if type(f).__name__ != "AssertionRewritingHook"
        ]
        namespace: dict[str, object] = {"__name__": "__main__"}
        os.chdir(scratch)
        if more.get("kind") != "command":
            exec(compile(source, str(program), "exec"), namespace)
        fields = {"printed": "", "seconds": 0.5, **more}
        passed = judge(trial, Ran(namespace, program, source, scratch=scratch, **fields), send)
        send(passed)
    except BaseException:
        traceback.print_exc()
    finally:
        exit_now(0)


def _messages(data: bytes) -> list[bytes]:
    found = []
    while data:
        size = int.from_bytes(data[:4], "big")
        found.append(data[4 : 4 + size])
        data = data[4 + size :]
    return found
