"""Warm processes from which others are forked, so that a test need not wait for `import torch`.

A crucible's first process imports torch, which costs two to three seconds of a processor; a suite
that starts hundreds of them cannot pay that each time. So one process has imported torch, and is
forked where otherwise a Python would be started. What is forked is the real thing: the crucible's
own `boot.main` with its arguments, its descriptors and its environment.

    python -m tests.nursery PLACE        serves crucibles at the socket PLACE
    python tests/nursery.py PLACE oz …   is `python -m oz …`, with crucibles from there
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_ADOPT = 36
_STARTED = subprocess.Popen
"""As the standard library has it."""


class Nursery:
    """The process that crucibles are forked from; it starts when the first is wanted."""

    def __init__(self) -> None:
        self._place: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def place(self) -> str:
        """The socket where it serves."""
        if self._place is None:
            # a short path: the name of a socket has no more than a hundred letters
            self._place = Path(tempfile.mkdtemp(prefix="ozn-"))
            self._process = _STARTED(
                [sys.executable, __file__, str(self._place / "s")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                env={**os.environ, "TORCHINDUCTOR_CACHE_DIR": str(self._place / "inductor")},
            )
            assert self._process.stdout is not None
            assert self._process.stdout.readline() == b"ready\n"
        return str(self._place / "s")

    def close(self) -> None:
        """Put it out."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)


# --- serving --------------------------------------------------------------------------------------

Become = Callable[[dict[str, Any], list[int]], None]


def serve(place: str, become: Become) -> None:
    """Fork a process for every order at `place` and have it `become` what is ordered; the answer
    is its number. Ends when standard input does. Adopts what loses its parent, so that whatever a
    killed game leaves behind is found below it."""
    ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever dies below is gone at once
    door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    door.bind(place)
    door.listen(64)
    print("ready", flush=True)
    while True:
        heard, _, _ = select.select([door, 0], [], [])
        if 0 in heard:
            return
        with contextlib.closing(door.accept()[0]) as line:
            _serve_one(door, line, become)


def _serve_one(door: socket.socket, line: socket.socket, become: Become) -> None:
    wanted, fds, _, _ = socket.recv_fds(line, 1 << 17, 8)
    if not wanted:
        return  # who asked was killed while asking
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            door.close()
            line.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            become(json.loads(wanted), list(fds))
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        except BaseException:
            traceback.print_exc()
        finally:
            with contextlib.suppress(BaseException):
                sys.stdout.flush()
            os._exit(code)
    for fd in fds:
        os.close(fd)
    with contextlib.suppress(OSError):
        line.send(str(pid).encode())


def order(place: str, wanted: dict[str, Any], fds: Sequence[int]) -> int:
    """Have the process at `place` fork what is `wanted`; its number."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
        line.connect(place)
        socket.send_fds(line, [json.dumps(wanted).encode()], list(fds))
        return int(line.recv(64))


# --- crucibles ------------------------------------------------------------------------------------


def nursed(place: Callable[[], str], *, games: bool = False) -> type[subprocess.Popen[bytes]]:
    """`subprocess.Popen`, but a crucible's first process is forked from the one that serves at
    `place`; and so are, with `games`, the crucibles of every ``python -m oz``."""

    class Popen(_STARTED):  # type: ignore[type-arg,valid-type,misc]
        def __new__(cls, args: Any, *more: Any, **options: Any) -> Any:
            if isinstance(args, list) and len(args) == 7 and "crucible.child.boot" in args[2]:
                return _Nursed(place(), args, **options)
            return super().__new__(cls)

        def __init__(self, args: Any, *more: Any, **options: Any) -> None:
            if games and isinstance(args, list | tuple) and args[0] == sys.executable:
                args = _with_nursery(list(args), place)
            super().__init__(args, *more, **options)

    return Popen


def _with_nursery(args: list[Any], place: Callable[[], str]) -> list[Any]:
    at = next((at for at in (1, 2) if args[at : at + 2] == ["-m", "oz"]), 0)
    return [*args[:at], __file__, place(), *args[at + 1 :]] if at else args


class _Nursed:
    """A crucible's first process as `subprocess.Popen` would give it, forked from a warm one."""

    returncode: int | None = None

    def __init__(self, place: str, args: list[str], **options: Any) -> None:
        kind, control, lifeline, folder = args[3:]
        wanted = {"args": [kind, folder], "environment": options["env"]}
        fds = [int(control), int(lifeline), options["stdout"].fileno()]
        self.pid = order(place, wanted, fds)
        self._handle: int | None = None  # kept as long as this is: others may wait on it
        with contextlib.suppress(ProcessLookupError):
            self._handle = os.pidfd_open(self.pid)

    def poll(self) -> int | None:
        return 0 if self._ended(0) else None

    def wait(self, timeout: float | None = None) -> int:
        if not self._ended(timeout):
            raise subprocess.TimeoutExpired("crucible", timeout or 0)
        return 0

    def kill(self) -> None:
        if self._handle is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def _ended(self, timeout: float | None) -> bool:
        """Whether it ends within `timeout` seconds, or at all."""
        if self._handle is None:
            return True
        wait = select.poll()  # unlike select, takes a number of any size
        wait.register(self._handle, select.POLLIN)
        return bool(wait.poll(None if timeout is None else timeout * 1000))

    def __del__(self) -> None:
        if getattr(self, "_handle", None) is not None:
            os.close(self._handle)


def be_a_crucible(wanted: dict[str, Any], fds: list[int]) -> None:
    """Become a crucible's first process; never returns."""
    control, lifeline, errors = fds
    nothing = os.open(os.devnull, os.O_RDONLY)
    for fd, place in ((nothing, 0), (errors, 1), (errors, 2)):
        os.dup2(fd, place)
    os.close(nothing)
    os.close(errors)
    os.environ.clear()
    os.environ.update(wanted["environment"])
    os.chdir("/")
    tempfile.tempdir = None
    kind, folder = wanted["args"]
    sys.argv = ["-c", kind, str(control), str(lifeline), folder]
    from oz import tongue
    from oz.crucible.child.boot import main

    tongue.choose(os.environ.get(tongue.VARIABLE, ""))
    main()


def warm_up() -> None:
    """Import what a crucible's first process imports, as it does."""
    from oz.crucible.host import _ENVIRONMENT

    os.environ.update(_ENVIRONMENT)
    from oz.crucible.child import boot, pages

    boot._warm()
    boot._freeze()
    pages.gather(lambda: True)


def main() -> None:
    """Serve, or play."""
    place, *more = sys.argv[1:]
    if not more:
        sys.path[0] = str(ROOT)
        warm_up()
        serve(place, be_a_crucible)
        return
    sys.path[0] = str(Path.cwd())  # as `python -m` has it
    subprocess.Popen = nursed(lambda: place)  # type: ignore[misc]
    sys.argv = ["oz", *more[1:]]
    runpy.run_module("oz", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
