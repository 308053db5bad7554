# ruff: noqa: PTH115, PTH117, PTH118, PTH119, PTH120  # names, as the interpreter has them
"""Watches what the interpreter does while damaged data is read: nothing may be run, nothing
written outside one folder, nothing may take for ever.

An audit hook cannot be taken away again, so this belongs into a process of its own. What is
forbidden ends as `Forbidden`, which no ``except Exception`` of the program swallows.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from urllib.parse import unquote, urlsplit

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
    "os.chmod", "os.chown", "os.utime", "os.setxattr", "shutil.move", "shutil.copyfile",
    "shutil.rmtree", "shutil.copytree", "shutil.unpack_archive", "os.mknod", "os.mkfifo",
}  # fmt: skip
_NEVER = (
    "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.kill", "os.putenv", "pty.", "socket.", "ctypes.", "pickle.", "marshal.load", "urllib.",
    "webbrowser.", "ftplib.", "smtplib.", "code.__new__", "function.__new__", "sys.settrace",
    "sys.setprofile", "sqlite3.enable_load_extension", "sqlite3.load_extension", "exec",
    "builtins.input", "builtins.breakpoint", "cpython.run", "gc.get_objects",
)  # fmt: skip
_COMPILED = {"conjure", "<unknown>"}
"""Names under which source is only parsed, never run: a thing's snippet, a draft's answers."""

SECONDS = 10
"""Of processor time that one case may take; and twelve times as long by the clock."""


class Forbidden(BaseException):
    """What no damaged file may bring about."""


class TooLong(BaseException):
    """A case that did not end."""


_LIBRARY = tuple(
    {os.path.dirname(os.__file__), *sys.path[1:], str(Path(__file__).parents[2] / "oz")}
)


def _trusted(name: str) -> bool:
    """Whether code of this file name is the library's or the game's own."""
    return name.startswith(("<frozen ", *_LIBRARY))


def _importing(frame: FrameType | None) -> bool:
    while frame is not None and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith("<frozen importlib")


class Guard:
    """The watch over this process; `watching` is when it looks."""

    def __init__(self, inside: Path) -> None:
        self._inside = os.path.realpath(inside)
        self._on = False
        self._known = frozenset(sys.modules)
        sys.addaudithook(self._hear)
        signal.signal(signal.SIGPROF, self._late)
        signal.signal(signal.SIGALRM, self._late)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Nothing forbidden happens in here, and it ends."""
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        signal.setitimer(signal.ITIMER_REAL, SECONDS * 12)
        self._on = True
        try:
            yield
        finally:
            self._on = False
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _late(self, *_: object) -> None:
        raise TooLong

    def _hear(self, event: str, args: tuple[object, ...]) -> None:
        if not self._on:
            return
        self._on = False  # what the watch itself does is not watched
        try:
            if why := self._wrong(event, args):
                raise Forbidden(f"{event}: {why}")
        finally:
            self._on = True

    def _wrong(self, event: str, args: tuple[object, ...]) -> str:
        if event == "open":
            path, mode, flags = args
            writes = (isinstance(mode, str) and set(mode) & set("wax+")) or (
                isinstance(flags, int) and flags & _WRITING
            )
            return self._outside(path) if writes else ""
        if event in _CHANGES:
            where = args[-1] if event in {"os.remove", "os.mkdir", "os.rmdir"} else None
            named = args[1:2] if event == "os.symlink" else args[:2]
            return "".join(self._outside(path, where) for path in named)
        if event == "sqlite3.connect":
            return self._outside(args[0])
        if event == "compile":
            name = os.fsdecode(args[1]) if isinstance(args[1], str | bytes) else ""
            return "" if name in _COMPILED or _trusted(name) else repr(args)[:200]
        if event == "exec" and isinstance(code := args[0], CodeType):
            return "" if _trusted(code.co_filename) else repr(args)[:200]
        if event.startswith("marshal.load"):  # of the library's own modules, compiled
            return "" if _importing(sys._getframe(2)) else "data is read as code"
        if event == "import":
            module = str(args[0])
            top = module.partition(".")[0]
            fine = top in sys.stdlib_module_names or top in self._known  # a codec, a late import
            return "" if fine else module
        return repr(args)[:200] if event.startswith(_NEVER) else ""

    def _outside(self, path: object, where: object = None) -> str:
        """Why `path` may not be written; empty where it lies inside."""
        if not isinstance(path, str | bytes | os.PathLike):
            return ""  # an open file, a mode, a time
        name = os.fsdecode(path)
        if name in {":memory:", ""}:
            return ""
        if name.startswith("file:"):
            name = unquote(urlsplit(name).path)
        if isinstance(where, int) and where >= 0 and not os.path.isabs(name):
            name = os.path.join(os.readlink(f"/proc/self/fd/{where}"), name)
        whole = os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))
        return "" if f"{whole}/".startswith(f"{self._inside}/") else f"{name} lies outside"


def work_in(folder: Path) -> Path:
    """Make `folder` the place of this process's temporary files and its current folder."""
    scratch = folder / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = str(scratch)
    os.chdir(scratch)
    return scratch
