"""Two warm processes from which games are forked, so that a kill costs tenths of a second.

Starting a game costs a second of imports, and its crucible's `import torch` several more; a test
that kills a thousand games cannot pay that. So one process has imported the game, and one has
imported torch, and each is forked where otherwise a Python would be started. What is forked is the
real thing: `oz.cli.main` with its arguments, and the crucible's own `boot.main` with its.

    python -m tests.kills.warm games PLACE      serves at the socket PLACE: the command line
    python -m tests.kills.warm screens PLACE    the same, with the screens at hand
    python -m tests.kills.warm crucibles PLACE  the crucible's first process

Both adopt what loses its parent, so that whatever a killed game leaves behind is found below them.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
import termios
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CANNOT = 77
"""The exit code of a game that cannot have the fault it should meet with."""
_ADOPT = 36


def serve(place: str, become: Callable[[dict[str, Any], list[int]], None]) -> None:
    """Fork a process for every order at `place` and have it `become` what is ordered; the answer
    is its number. Ends when standard input does."""
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


def _serve_one(
    door: socket.socket, line: socket.socket, become: Callable[[dict[str, Any], list[int]], None]
) -> None:
    order, fds, _, _ = socket.recv_fds(line, 1 << 16, 8)
    if not order:
        return  # who asked was killed while asking
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            door.close()
            line.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            become(json.loads(order), list(fds))
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


# --- the game -------------------------------------------------------------------------------------


def _be_a_game(wanted: dict[str, Any], fds: list[int]) -> None:
    os.setsid()
    for number, fd in enumerate(fds):
        os.dup2(fd, number)
    if os.isatty(0):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # a terminal is this game's own
    for fd in fds:
        os.close(fd)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    os.environ.update(wanted["environment"])
    os.chdir(wanted["cwd"])
    import tempfile

    tempfile.tempdir = None  # TMPDIR is this game's own
    from oz.crucible import host

    _meet(**wanted.get("faults", {}))
    nursery = wanted["crucibles"]
    host.subprocess.Popen = lambda *args, **more: _Nursed(nursery, *args, **more)  # type: ignore[misc,assignment]
    from oz.cli import main

    main(wanted["args"])


def _meet(*, humble: bool = False, small: str = "", locked: str = "") -> None:
    """Let this process meet with faults: as root obey permissions (`humble`), find a disk of a
    megabyte at the folder `small`, or one that cannot be written at `locked`."""
    libc = ctypes.CDLL(None, use_errno=True)
    if small or locked:
        uid, gid = os.getuid(), os.getgid()
        alone = 0x20000 if uid == 0 else 0x20000 | 0x10000000
        if libc.unshare(alone) != 0:
            os._exit(CANNOT)
        if uid:
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
            Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
        place = os.fsencode(small or locked)
        mounts = [(b"none", b"/", None, 16384 | 1 << 18, None)]
        if small:
            mounts += [(b"small", place, b"tmpfs", 0, b"size=1m")]
        else:
            mounts += [(place, place, None, 4096, None), (place, place, None, 4096 | 32 | 1, None)]
        if any(libc.mount(*mount) for mount in mounts):
            os._exit(CANNOT)
    if humble and os.geteuid() == 0:
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        held = (ctypes.c_uint32 * 6)()
        assert libc.capget(header, held) == 0
        held[0] &= ~0b1110  # effective: neither DAC_OVERRIDE, nor DAC_READ_SEARCH, nor FOWNER
        assert libc.capset(header, held) == 0


class _Nursed:
    """A crucible's first process as `subprocess.Popen` would give it, forked from a warm one."""

    returncode: int | None = None

    def __init__(self, nursery: str, args: list[str], **more: Any) -> None:
        start, kind, control, lifeline, folder = args[2:]
        assert "boot" in start
        wanted = {
            "args": [kind, folder],
            "environment": {
                k: v
                for k, v in more["env"].items()
                if os.environ.get(k) != v or "OZ" in k or k in ("TMPDIR", "HOME")
            },
        }
        fds = [int(control), int(lifeline), more["stdout"].fileno()]
        self.pid = order(nursery, wanted, fds)
        self._handle = os.pidfd_open(self.pid)

    def poll(self) -> int | None:
        return 0 if select.select([self._handle], [], [], 0)[0] else None

    def wait(self, timeout: float | None = None) -> int:
        if not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("crucible", timeout or 0)
        return 0

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


def _be_a_crucible(wanted: dict[str, Any], fds: list[int]) -> None:
    control, lifeline, errors = fds
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(errors, 1)
    os.dup2(errors, 2)
    os.environ.update(wanted["environment"])
    os.chdir("/")
    import tempfile

    tempfile.tempdir = None
    kind, folder = wanted["args"]
    sys.argv = ["-c", kind, str(control), str(lifeline), folder]
    from oz.crucible.child.boot import main

    main()


def main() -> None:
    """Be one of the two."""
    kind, place = sys.argv[1:]
    if kind == "screens":
        import oz.tui.app
        import oz.tui.screens.desk
    if kind in {"games", "screens"}:
        import oz.cli
        import oz.plain
        import oz.saves.archive
        import oz.session  # noqa: F401

        serve(place, _be_a_game)
    else:
        from oz.crucible.child import boot
        from oz.crucible.host import _ENVIRONMENT

        os.environ.update(_ENVIRONMENT)
        boot._warm()
        boot._freeze()
        serve(place, _be_a_crucible)


if __name__ == "__main__":
    main()
