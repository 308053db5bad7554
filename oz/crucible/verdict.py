"""From what a run said and how it ended, the one `Finished` that closes it.

A pass must be said: the checks were announced, each was reported once, in order, as passed; then
the child said so itself and left in good order. Whatever falls short of that is something else.
Pure: no process, no socket.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from oz.crucible import words
from oz.crucible.model import (
    Announced,
    Check,
    ErrorPage,
    Event,
    Finished,
    Job,
    Mode,
    Raised,
    Reason,
)


@dataclass(frozen=True, slots=True)
class Ended:
    """How the worker ended, as its supervisor saw it."""

    status: int | None = None
    """What `os.waitpid` gave; `None` when it had to be killed or nobody saw."""
    cause: str | None = None
    """Why it was ended from outside: ``time``, ``memory``, ``processes``, ``stop``, …"""
    dump: str = ""
    """Where the interpreter said it stood."""
    peak: int | None = None


class Ledger:
    """Keeps account of one run."""

    def __init__(self, job: Job, program: Path, part: str = "whole") -> None:
        self._part = part
        self._job = job
        self._program = program
        self._announced: tuple[str, ...] | None = None
        self._checks: list[Check] = []
        self._page: ErrorPage | None = None
        self._done: Mapping[str, Any] | None = None
        self._spoiled = False

    @property
    def done(self) -> bool:
        """The child has said its last word."""
        return self._done is not None

    def take(self, event: Event) -> bool:
        """Note `event`; false when it is one that a child has no business to send now."""
        if isinstance(event, Finished):
            self._spoiled = True
            return False
        if self._done is not None and isinstance(event, (Announced, Check)):
            self._spoiled = True
            return False
        if isinstance(event, Announced):
            if self._announced is not None or not self._judges:
                self._spoiled = True
                return False
            self._announced = event.checks
        elif isinstance(event, Check):
            if not self._judges:
                self._spoiled = True
                return False
            self._checks.append(event)
        elif isinstance(event, Raised):
            self._page = event.page
        return True

    def say(self, said: Mapping[str, Any]) -> None:
        """Note the child's last word."""
        if self._done is not None:
            self._spoiled = True
            return
        self._done = said

    def finish(self, ended: Ended, seconds: float, kept: tuple[Path, ...] = ()) -> Finished:
        """The end of the run."""
        reason, message, line = self._judge(ended)
        return Finished(
            reason,
            message,
            line=line,
            seconds=seconds,
            exit_code=exit_code(ended.status),
            peak_memory=ended.peak,
            kept=kept,
        )

    @property
    def _judges(self) -> bool:
        """Checks are the business of this child."""
        return self._job.mode is Mode.JUDGE and self._part != "program"

    def handed(self, ended: Ended) -> bool:
        """The program came to its end and left what is to be judged in another process."""
        if self._part != "program" or self._spoiled or self._done is None:
            return False
        return self._done.get("done") == "handed" and ended == replace(ended, cause=None, status=0)

    @property
    def passes(self) -> bool:
        """Everything that a pass needs was said."""
        if self._spoiled or self._done is None or self._done.get("done") != "passed":
            return False
        if not self._announced or len(self._announced) != len(self._checks):
            return False
        return all(
            check.passed and check.name == name
            for check, name in zip(self._checks, self._announced, strict=True)
        )

    def _judge(self, ended: Ended) -> tuple[Reason, str, int | None]:
        job = self._job
        where = line_of(ended.dump, self._program)
        if ended.cause is not None:
            reason, message = words.ended_from_outside(
                ended.cause, job, where, self._pending_check()
            )
            return reason, message, where
        signaled = ended.status is None or os.WIFSIGNALED(ended.status)
        if signaled:
            number = os.WTERMSIG(ended.status) if ended.status is not None else signal.SIGKILL
            return Reason.CRASH, words.crashed(number, where, ended.dump), where
        if self._done is None:
            return self._silent(exit_code(ended.status) or 0)
        return self._said(self._done, exit_code(ended.status) or 0)

    def _said(self, said: Mapping[str, Any], code: int) -> tuple[Reason, str, int | None]:
        done = said.get("done")
        line = said.get("line") if isinstance(said.get("line"), int) else None
        if done in ("memory", "files", "processes"):
            return (*words.limit_raised(str(done), self._job, line), line)
        if done == "error":
            return Reason.ERROR, words.raised(self._page), line
        if done == "left":
            return Reason.ERROR, words.left(code if code != 1 else said.get("code"), line), line
        if done == "broken":
            return Reason.NO_VERDICT, words.broken(str(said.get("message", ""))), None
        if done == "ran" and self._job.mode is not Mode.JUDGE:
            if code == 0:
                return Reason.RAN, "", None
            return Reason.ERROR, words.left(code, None), None
        if self.passes and code == 0:
            return Reason.PASSED, "", None
        failed = next((c for c in self._checks if not c.passed), None)
        if failed is not None and not self._spoiled:
            return Reason.FAILED, words.failed(failed), failed.line
        return Reason.NO_VERDICT, words.no_verdict(None), None

    def _silent(self, code: int) -> tuple[Reason, str, int | None]:
        """The process left by itself without its last word."""
        if self._job.mode is not Mode.JUDGE:
            if code == 0:
                return Reason.RAN, "", None
            return Reason.ERROR, words.left(code, None), None
        return Reason.NO_VERDICT, words.no_verdict(code), None

    def _pending_check(self) -> str | None:
        """The check that was under way, if the trial had begun."""
        if self._announced and len(self._checks) < len(self._announced):
            return self._announced[len(self._checks)]
        return None


def exit_code(status: int | None) -> int | None:
    """The exit code as shells give it, negative for a signal."""
    return None if status is None else os.waitstatus_to_exitcode(status)


_FRAME = re.compile(r'^  File "(?P<file>.*)", line (?P<line>\d+) in ', re.MULTILINE)
_THREAD = re.compile(r"^(?:Current thread|Thread) .*$", re.MULTILINE)


def line_of(dump: str, program: Path) -> int | None:
    """The innermost line of `program` in a dump by `faulthandler`: of the main thread, which comes
    last, else of any."""
    name = str(program)
    threads = _THREAD.split(dump)
    for thread in (*reversed(threads),):
        for frame in _FRAME.finditer(thread):
            if frame["file"] == name or (len(name) > 480 and name.startswith(frame["file"][:400])):
                return int(frame["line"])
    return None
