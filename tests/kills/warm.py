"""A warm process from which games are forked, so that a kill costs tenths of a second.

Starting a game costs a second of imports, and its crucible's `import torch` several more; a test
that kills a thousand games cannot pay that. So one process has imported the game, and is forked
where otherwise a Python would be started; its crucibles come from a `tests.nursery`. What is forked
is the real thing: `oz.cli.main` with its arguments.

    python -m tests.kills.warm games PLACE      serves at the socket PLACE: the command line
    python -m tests.kills.warm screens PLACE    the same, with the screens at hand

It adopts what loses its parent, as the nursery does, so that whatever a killed game leaves behind
is found below one of the two.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import sys
import termios
from pathlib import Path
from typing import Any

from tests.nursery import nursed, serve

CANNOT = 77
"""The exit code of a game that cannot have the fault it should meet with."""


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
    host.subprocess.Popen = nursed(lambda: wanted["crucibles"])  # type: ignore[misc]
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


def main() -> None:
    """Import the game and serve."""
    kind, place = sys.argv[1:]
    if kind == "screens":
        import oz.tui.app
        import oz.tui.screens.desk
    import oz.cli
    import oz.plain
    import oz.saves.archive
    import oz.session  # noqa: F401

    serve(place, _be_a_game)


if __name__ == "__main__":
    main()
