"""Judging inside the warm child: a trial, an ordinary pytest file, run over what is left.

`judge` runs pytest in this process with no plugin it does not need, announces the checks and
reports each as it finishes. It returns true only if every announced check was reported and passed,
and there was at least one. `warm` is called in the zygote, before any program of the player's
runs.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from _pytest.config import _prepareconfig

from oz.crucible.child import plugin
from oz.crucible.child.command import Command, run_command
from oz.crucible.child.errors import error_page, first_line_of, message_of
from oz.crucible.child.judge_trust import Snapshot
from oz.crucible.model import Announced, Check, ErrorPage, Event, Output
from oz.crucible.pages import page_words
from oz.tongue import _

Emit = Callable[[Event], None]

BROKEN_TRIAL = "the trial of this spell"
"""Name of the one check that is reported when a trial cannot be run at all."""

_UNUSED = (  # plugins of pytest that a trial has no use for
    "cacheprovider",
    "unraisableexception",
    "threadexception",
    "warnings",
    "logging",
    "faulthandler",
    "junitxml",
    "doctest",
    "pastebin",
    "stepwise",
    "setuponly",
    "setupplan",
    "unittest",
    "legacypath",
    "debugging",
    "terminal",
    "nose",
    "freeze_support",
    "recwarn",
)
_before: list[Snapshot] = []
"""How things were when `warm` was called: one snapshot, or none."""
_ready: list[pytest.Config] = []
"""A pytest made ready by `warm`, or none."""


@dataclass(slots=True)
class Ran:
    """What a run of the player's program left behind, for the trial to look at."""

    namespace: dict[str, Any]
    """The globals of its ``__main__``."""
    program: Path
    source: str
    printed: str
    seconds: float
    scratch: Path
    kind: str = "cast"
    """A value of `oz.spells.model.Kind`."""
    seed: int = 0
    losses: list[float] = field(default_factory=list)
    steps: int = 0
    command: Command | None = None
    """For a command spell; `judge` runs it where nobody has."""
    undone: tuple[str, ...] = ()
    """What the program had replaced and `judge` put back, for example ``torch.allclose``."""
    told: str = ""
    """What a predict spell's ``program.py`` printed, once the trial has had it run."""


def warm() -> None:
    """Import all that judging needs and remember how it looked. Runs no operation of torch."""
    import numpy as np
    import numpy.testing
    import torch.testing

    import oz.trial
    import oz.trial.against
    import oz.trial.subjects
    from oz.crucible.child import judge_program
    from oz.crucible.child.explain import explanations

    explanations()
    _ = np, numpy.testing, torch.testing, oz.trial, judge_program
    with tempfile.TemporaryDirectory(prefix="oz-warm-") as folder:
        # not named trial.py: nothing is seeded, so no operation of torch is run before the fork
        first = Path(folder, "warm.py")
        first.write_text("def test(spell, rng): pass\n", encoding="utf-8")
        recorder = _Recorder(Ran({}, first, "", "", 0.0, Path(folder)), lambda _: None)
        _run(first, recorder)
        _ready[:] = [_prepared(first.parent)]
    _before[:] = [Snapshot.take()]


def judge(trial: Path, ran: Ran, emit: Emit) -> bool:
    """Run `trial` over `ran`, giving `Announced` and then one `Check` each to `emit`.

    True only when all of it was collected, run, reported and passed. A trial that cannot be run
    gives one check with `Check.broken` set.
    """
    for snapshot in _before:
        ran.undone = snapshot.restore(_text_of(trial))
    _steady(ran.scratch)
    if ran.kind == "command" and ran.command is None:
        ran.command = run_command(ran.source, ran.scratch, emit)
    recorder = _Recorder(ran, emit)
    with warnings.catch_warnings():
        warnings.resetwarnings()
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            code = _run(trial, recorder)
        except Exception as error:  # noqa: BLE001 - pytest itself failed: never a pass
            recorder.broken(f"{type(error).__name__}: {message_of(error)}")
            code = 3
    passed = recorder.passed and code == 0
    if passed and ran.kind == "predict":
        # what was foretold, as it came out: not before, or it would give the answers away
        emit(Output(ran.told))
    return passed


def _run(trial: Path, recorder: _Recorder) -> int:
    """What `pytest.main` does, with its first half (9 ms) done while warming up where that was."""
    config = _ready.pop() if _ready else _prepared(trial.parent)
    config.args = [str(trial)]
    config._rootpath = trial.parent
    # it would read every folder between the two; the sandbox lets it read the trial's alone
    config.pluginmanager._confcutdir = trial.parent
    try:
        config.pluginmanager.register(recorder)
        return int(config.hook.pytest_cmdline_main(config=config))
    finally:
        config._ensure_unconfigure()


def _prepared(folder: Path) -> pytest.Config:
    """A pytest that has read its options and no configuration file, and serves for one run."""
    arguments = ["-c", os.devnull, "--rootdir", str(folder), "--confcutdir", str(folder)]
    arguments += ["--noconftest", "--import-mode=importlib", "--assert=plain", "-s"]
    for name in _UNUSED:
        arguments += ["-p", f"no:{name}"]
    names = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    before = {name: os.environ.pop(name, None) for name in names}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        return _prepareconfig([*arguments, str(folder)], [plugin])
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update({name: value for name, value in before.items() if value is not None})


def _steady(scratch: Path) -> None:
    """Undo what a program may have done to the process that would fell pytest, not the program."""
    scratch.mkdir(parents=True, exist_ok=True)
    os.chdir(scratch)
    sys.settrace(None)
    sys.setprofile(None)
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 1000))
    sys.dont_write_bytecode = True


# --- reporting ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Failure:
    """Why a check did not pass."""

    message: str
    mistake: str | None = None
    line: int | None = None
    broken: bool = False
    error: ErrorPage | None = None
    defines: str = ""


class _Recorder:
    """A pytest plugin that turns what happens into events."""

    def __init__(self, ran: Ran, emit: Emit) -> None:
        self._ran = ran
        self._emit = emit
        self._names: dict[str, str] = {}
        self._done: dict[str, bool] = {}
        self._failure: _Failure | None = None
        self._began = 0.0
        self._is_broken = False

    @property
    def passed(self) -> bool:
        """Everything announced was reported, and passed; and something was."""
        names = self._names
        whole = bool(names) and self._done.keys() == names.keys() and all(self._done.values())
        return whole and not self._is_broken

    def broken(self, why: str) -> None:
        """Report that the trial cannot be run, once."""
        if self._is_broken:
            return
        self._is_broken = True
        if not self._names:
            self._emit(Announced((BROKEN_TRIAL,)))
        self._emit(Check(BROKEN_TRIAL, False, why, broken=True))

    # pytest's hooks

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[plugin.RAN] = lambda _: self._ran

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if not report.passed:
            self.broken(f"it could not be read: {_last_line(report.longreprtext)}")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if self._is_broken:
            return
        if not session.items:
            self.broken("it has no checks")
            return
        names = plugin.checks_of(session.items)
        self._names = {i.nodeid: n for i, n in zip(session.items, names, strict=True)}
        self._emit(Announced(tuple(names)))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self) -> None:
        self._failure = None
        self._began = time.perf_counter()

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self) -> Generator[None, object, object]:
        try:
            return (yield)
        except (KeyboardInterrupt, pytest.exit.Exception) as stop:
            # pytest would end the whole session: the player's code may raise these, too
            raise _Interrupted(f"{type(stop).__name__} was raised") from stop

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport:
        # in pytest's place: it would lay out a traceback that nobody sees, 5 ms for each failure
        error = call.excinfo.value if call.excinfo is not None else None
        if self._failure is None and error is not None:
            self._failure = _failure(error, item.path, self._ran)
        if call.when == "teardown":
            self._report(item)
        outcome: Literal["passed", "failed"] = "passed" if error is None else "failed"
        when = call.when if call.when != "collect" else "call"
        return pytest.TestReport(
            item.nodeid, item.location, {}, outcome, None, when, start=call.start, stop=call.stop
        )

    def _report(self, item: pytest.Item) -> None:
        seconds = time.perf_counter() - self._began
        name, failure = self._names[item.nodeid], self._failure
        self._done[item.nodeid] = failure is None
        if failure is None:
            self._emit(Check(name, True, seconds=seconds))
            return
        self._emit(
            Check(
                name,
                False,
                failure.message,
                failure.mistake,
                failure.line,
                seconds,
                failure.broken,
                failure.error,
                failure.defines,
            )
        )


class _Interrupted(Exception):
    """The player's code raised what would have ended pytest."""


def _failure(error: BaseException | None, trial: Path, ran: Ran) -> _Failure:
    """What a check that did not pass has to say."""
    from oz.trial.failure import CheckFailed
    from oz.trial.subjects import Spell

    if error is None:
        return _Failure("this check came to nothing", broken=True)
    if isinstance(error, _Interrupted) and error.__cause__ is not None:
        error = error.__cause__
    line = first_line_of(error, ran.program)
    if isinstance(error, CheckFailed):
        own, defines = getattr(error, "line", None) or line, ""
        if own is None and (root := re.match(r"\w+", error.subject or "")):
            own = Spell(ran.namespace, ran.source).line_of(root[0])
            defines = root[0] if own is not None else ""
        return _Failure(error.message, error.mistake, own, defines=defines)
    if line is None and isinstance(error, (pytest.skip.Exception, pytest.xfail.Exception)):
        return _Failure("this check was skipped, which is never a pass", broken=True)
    if line is not None:
        page = error_page(error, ran.program, ran.source)
        return _Failure(page_words(page, _("your code raised")), None, line, error=page)
    if isinstance(error, AssertionError):
        return _Failure(_assert_words(error, trial))
    raised = f"{type(error).__name__}: {message_of(error)}"
    if type(error).__name__ == "FixtureLookupError":
        return _Failure(f"no fixture is called `{getattr(error, 'argname', '')}`", broken=True)
    if isinstance(error, (NameError, ImportError, SyntaxError)):
        # no program of the player's can cause these in the trial's own text
        return _Failure(raised, broken=True)
    page = ErrorPage(type(error).__name__, message_of(error))
    return _Failure(
        _("the check could not use what your program made: `{raised}`").format(raised=raised),
        error=page,
    )


def _assert_words(error: AssertionError, trial: Path) -> str:
    """An ordinary ``assert`` in the trial: its own words, else what it asserts."""
    from oz.trial.phrases import said

    if text := message_of(error):
        return said(text)
    tb, line = error.__traceback__, None
    while tb is not None:
        line = tb.tb_lineno if tb.tb_frame.f_code.co_filename == str(trial) else line
        tb = tb.tb_next
    return (
        _("asked `{statement}`").format(statement=_statement(trial, line))
        if line
        else _("the check did not hold")
    )


def _statement(trial: Path, line: int) -> str:
    import ast

    for node in ast.walk(ast.parse(trial.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or line):
            return ast.unparse(node.test)
    return "it"


def _text_of(trial: Path) -> str:
    try:
        return trial.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""  # pytest will say what is wrong with it


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line[1:].strip() for line in lines if line.startswith("E ")]
    return (errors or lines or ["?"])[-1]
