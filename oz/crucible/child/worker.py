"""One job, from the first line of the player's program to the word that ends it.

`work` runs in a process of its own (forked from the zygote, or a warm spare), which is thrown away
afterwards; it never returns. Around it stands the supervisor, which trusts nothing that happens
here: all that leaves is text over the outlet, and ``done`` is said only at the very end.
"""

from __future__ import annotations

import atexit
import contextlib
import linecache
import os
import random
import socket
import sys
import tempfile
import threading
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from oz.crucible.channel import Sender
from oz.crucible.child import isolate, limits, sandbox, stdio
from oz.crucible.child.aftermath import show
from oz.crucible.child.onlooker import Onlooker
from oz.crucible.child.order import Order
from oz.crucible.child.warned import hear_warnings
from oz.crucible.model import ErrorPage, Mode, Raised
from oz.crucible.words import CUT_OFF
from oz.tongue import _

_MODULES = sys.modules
"""The table itself: a program may put another in its place, or empty it."""


def work(order: Order) -> NoReturn:
    """Run `order` and end the process."""
    outlet = _set_up(order)
    try:
        code = _Performance(order, outlet).perform()
    except BaseException as error:  # noqa: BLE001  whatever went wrong is ours: say so, and end
        outlet.tell(done="broken", message=f"{type(error).__name__}: {error}")
        code = 70
    with contextlib.suppress(Exception):
        stdio.flush()
        outlet.flush()
    os._exit(CUT_OFF if outlet.broken else code)


def rehearse(go_on: Callable[[], bool]) -> None:
    """Do what every job does, for nobody, so that the first pages written are copied beforehand.

    Stops between two steps when `go_on` says that a job has come. Leaves no trace: no thread, no
    name.
    """
    steps: list[Callable[[], object]] = [
        sandbox.readable_everywhere,
        lambda: _seed(0, 1),
        lambda: compile("import torch\nx = torch.arange(3)", "<rehearsal>", "exec"),
        _rehearse_torch,
        _rehearse_trial,
    ]
    for step in steps:
        if not go_on():
            return
        with contextlib.suppress(Exception):
            step()


def _rehearse_torch() -> None:
    import torch

    weight = torch.ones(2, 2, requires_grad=True)
    (torch.arange(4.0).reshape(2, 2) @ weight).sum().backward()  # type: ignore[no-untyped-call]
    repr(weight.grad)


def _rehearse_trial() -> None:
    from oz.crucible.child import judge

    judge.warm()


# --- making ready ---------------------------------------------------------------------------------


def _set_up(order: Order) -> stdio.Outlet:
    job = order.job
    isolate.die_with_parent()
    with contextlib.suppress(OSError):
        order.path.unlink()  # it names the nonce
    with contextlib.suppress(OSError):
        os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for fd, place in ((nothing, 0), (order.out, 1), (order.err, 2)):
        os.dup2(fd, place, inheritable=True)
        os.close(fd)
    events = socket.socket(fileno=order.events)
    outlet = stdio.Outlet(Sender(events, order.nonce), job.limits.output)
    _environment(order)
    os.chdir(job.cwd or order.scratch)
    sandbox.confine([order.scratch.parent, *order.writable], order.readable)
    limits.apply(job.limits)
    stdio.install(outlet)
    _seed(job.seed, job.threads)
    limits.watch(os.fdopen(order.dump, "wb", 0, closefd=False), job.limits.seconds)
    return outlet


def _environment(order: Order) -> None:
    """Point everything that keeps files (temporary ones, caches) into the scratch folder."""
    temporary = order.scratch.parent / "tmp"
    temporary.mkdir(exist_ok=True)
    os.environ.update(
        TMPDIR=str(temporary),
        MPLCONFIGDIR=str(order.caches / "matplotlib"),
        TORCHINDUCTOR_CACHE_DIR=str(order.caches / "inductor"),
        MPLBACKEND="Agg",
        PYTHONIOENCODING="utf-8",
    )
    if order.job.mode is not Mode.RUN:
        os.environ["HOME"] = str(order.scratch)
    tempfile.tempdir = None


def _seed(seed: int, threads: int) -> None:
    import numpy as np
    import torch

    random.seed(seed)
    np.random.seed(seed % (1 << 32))  # the generator that a player's code uses
    torch.manual_seed(seed)
    if threads > 0:
        torch.set_num_threads(threads)


# --- the performance ------------------------------------------------------------------------------


class _Performance:
    """The run of one program and, for a judged one, of its trial."""

    def __init__(self, order: Order, outlet: stdio.Outlet) -> None:
        self.order = order
        self.job = order.job
        self.outlet = outlet
        self.pid = os.getpid()
        self.seconds = 0.0
        self.recorder: Onlooker | None = None
        self.loaded: dict[str, types.ModuleType] = {}
        self.module = types.ModuleType("__main__")
        program = self.job.program
        if program is None:
            program = order.scratch / "spell.py"
        self.program = program
        self.source = ""

    def perform(self) -> int:
        """Run everything; gives the exit code."""
        self.source = self._read()
        if self.order.part == "trial":
            return self._judge_left()
        self.recorder = recorder = Onlooker(
            self.outlet, self.order.events, self.order.nonce, self.order.scratch.parent / "tmp"
        )
        recorder.install()
        if self.job.mode is Mode.JUDGE and self.job.kind == "command":
            return self._judge(recorder)
        hear_warnings(self.outlet, self.program)
        code = self._run()
        if os.getpid() != self.pid:
            # the program forked and this is the copy: only the original has anything to say
            with contextlib.suppress(Exception):
                stdio.flush()
            os._exit(code or 0)
        if code is None:
            return 1
        if self.job.mode is Mode.JUDGE:
            self._show()
            if self.order.part == "program":
                return self._leave(recorder)
            return self._judge(recorder)
        code = self._wind_up(code)
        self._show()
        self.outlet.tell(done="ran", code=code, seconds=self.seconds)
        return code

    def _read(self) -> str:
        if self.job.source is not None:
            source = self.job.source
            if self.job.program is None:
                # a real file: spawned processes and tracebacks read it again
                self.program.write_text(source, encoding="utf-8", errors="surrogateescape")
            return source
        return _decode(self.program.read_bytes())

    def _run(self) -> int | None:
        """Run the program; gives its exit code, or `None` when it failed and that was said."""
        name = str(self.program)
        main = self.module
        main.__dict__.update(
            __file__=name,
            __spec__=None,
            __loader__=None,
            __package__=None,
            __builtins__=__builtins__,
        )
        sys.modules["__main__"] = main
        sys.argv = [name, *self.job.argv]
        home = self.program.parent if self.job.mode is Mode.RUN else self.order.scratch
        sys.path.insert(0, str(home))
        lines = self.source.splitlines(keepends=True)
        linecache.cache[name] = (len(self.source), None, lines, name)
        raised: BaseException | None
        self.loaded = dict(_MODULES)
        started = time.perf_counter()
        try:
            code = compile(self.source, name, "exec", dont_inherit=True)
            exec(code, main.__dict__)  # noqa: S102  this is what the crucible is for
        except BaseException as error:  # noqa: BLE001  whatever the player's program raises
            raised = error
        else:
            raised = None
        self._finish_run(started)
        if raised is None:
            return 0
        if isinstance(raised, SystemExit):
            return self._left(raised)
        self._raised(raised)
        return None

    def _finish_run(self, started: float) -> None:
        self.seconds = time.perf_counter() - started
        sys.modules = _MODULES
        for name, module in self.loaded.items():
            _MODULES.setdefault(name, module)
        stdio.flush()
        if self.recorder is not None and os.getpid() == self.pid:
            self.recorder.finish()

    def _left(self, leaving: SystemExit) -> int | None:
        code = leaving.code
        if code is None:
            return 0
        if isinstance(code, int):
            number = code & 0xFF
        else:
            with contextlib.suppress(Exception):
                self.outlet.text(f"{code}\n", "stderr")
            number = 1
        if self.job.mode is Mode.JUDGE and number:
            line = _first_line(leaving, self.program)
            self.outlet.tell(done="left", code=number, line=line, seconds=self.seconds)
            return None
        return number

    def _raised(self, error: BaseException) -> None:
        if os.getpid() != self.pid:
            os._exit(1)
        limit = limits.which(error)
        page = _page(error, self.program, self.source)
        self.outlet.emit(Raised(page))
        self.outlet.tell(done=limit or "error", line=page.line, seconds=self.seconds)

    def _wind_up(self, code: int) -> int:
        """What Python does after the last line: wait for threads, run exit handlers."""
        try:
            threading._shutdown()  # type: ignore[attr-defined]
            atexit._run_exitfuncs()
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 1
        except BaseException as error:  # noqa: BLE001  an exit handler of the player's
            self.outlet.emit(Raised(_page(error, self.program, self.source)))
        stdio.flush()
        return code

    def _show(self) -> None:
        """Tell what the program's namespace holds."""
        if self.job.show and self.recorder is not None:
            with contextlib.suppress(Exception):
                show(self.module.__dict__, self.job, self.outlet.emit, self.recorder.shapes)

    def _leave(self, recorder: Onlooker) -> int:
        """Hand what the program left to the process that will judge it."""
        from oz.crucible.child.apart import Left, leave

        printed, losses = self.outlet.printed, recorder.losses
        left = Left({}, printed, self.seconds, losses, recorder.steps)
        leave(self.order.left, self.module.__dict__, left)
        stdio.flush()
        self.outlet.tell(done="handed", seconds=self.seconds)
        return 0

    def _judge_left(self) -> int:
        """Hold the trial over what another process left."""
        from oz.crucible.child.apart import load
        from oz.crucible.child.judge import Ran

        left = load(self.order.left)
        self.seconds = left.seconds
        ran = Ran(
            namespace=left.names,
            program=self.program,
            source=self.source,
            printed=left.printed,
            seconds=left.seconds,
            scratch=self.order.scratch,
            kind=self.job.kind,
            seed=self.job.seed,
            losses=left.losses,
            steps=left.steps,
        )
        return self._hold(ran)

    def _judge(self, recorder: Onlooker) -> int:
        from oz.crucible.child.judge import Ran

        job = self.job
        ran = Ran(
            namespace={} if job.kind == "command" else self.module.__dict__,
            program=self.program,
            source=self.source,
            printed=self.outlet.printed,
            seconds=self.seconds,
            scratch=self.order.scratch,
            kind=job.kind,
            seed=job.seed,
            losses=recorder.losses,
            steps=recorder.steps,
        )
        return self._hold(ran)

    def _hold(self, ran: Any) -> int:
        """Hold the trial and say the last word."""
        from oz.crucible.child.judge import judge
        from oz.trial import phrases

        if self.job.trial is None:
            raise ValueError("a judged job needs a trial")
        phrases.learn(self.job.phrases)
        passed = judge(self.job.trial, ran, self.outlet.emit)
        stdio.flush()
        self.outlet.tell(done="passed" if passed is True else "failed", seconds=self.seconds)
        return 0


def _decode(data: bytes) -> str:
    """Source text from bytes as Python would read it; bytes that are no text become marks."""
    import io
    import tokenize

    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def _page(error: BaseException, program: Path, source: str) -> ErrorPage:
    """What `error` says to the player. An error whose own text raises still gives a page."""
    try:
        from oz.crucible.child.errors import error_page

        return error_page(error, program, source)
    except Exception:  # noqa: BLE001  __str__ of a player's exception may do anything
        return ErrorPage(type(error).__name__, _("(its message could not be read)"))


def _first_line(error: BaseException, program: Path) -> int | None:
    try:
        from oz.crucible.child.errors import first_line_of

        return first_line_of(error, program)
    except Exception:  # noqa: BLE001
        return None
