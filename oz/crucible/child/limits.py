"""What the kernel holds the child to, and how the child says which limit stopped it.

The supervisor watches from outside; here are the limits that a process sets on itself before the
player's first line, and `which`, which reads an exception as the limit it came from.
"""

from __future__ import annotations

import contextlib
import errno
import faulthandler
import os
import resource
import signal
import sys
from typing import IO

from oz.crucible.model import Limits

DUMP_SIGNAL = getattr(signal, "SIGRTMAX", signal.SIGUSR2)
"""The supervisor sends this to be told where the program stands."""

_STACKS = 256 << 20
"""Bytes of address space beyond the limit, for stacks and slack that are never touched."""


def apply(limits: Limits) -> None:
    """Set this process's own limits; those that the system refuses are left as they are."""
    used = _data_size()
    if used is not None:
        _lower(resource.RLIMIT_DATA, used + limits.memory + _STACKS)
    _lower(resource.RLIMIT_FSIZE, limits.file_size)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NPROC, limits.processes * 4)
    _lower(resource.RLIMIT_NOFILE, 4096)
    # every generation is a little more patient: a fork bomb cannot starve whoever has to end it
    os.register_at_fork(after_in_child=_give_way)


def _give_way() -> None:
    with contextlib.suppress(OSError):
        os.nice(4)


def watch(dump: IO[bytes] | None, seconds: float) -> None:
    """Have the interpreter write where it stands to `dump`: at a crash, when asked, at the end."""
    if dump is None:
        return
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        faulthandler.enable(dump, all_threads=True)
        faulthandler.dump_traceback_later(seconds, file=dump)
        faulthandler.register(DUMP_SIGNAL, dump, all_threads=True)


def which(error: BaseException) -> str | None:
    """The limit that `error` comes from: ``memory``, ``files``, ``processes``, or `None`."""
    if isinstance(error, MemoryError):
        return "memory"
    try:
        text = str(error)
    except Exception:  # noqa: BLE001  a player's exception may refuse to be told
        return None
    if isinstance(error, RuntimeError):
        if "can't allocate memory" in text or "out of memory" in text.lower():
            return "memory"
        if "can't start new thread" in text:
            return "processes"
    if isinstance(error, OSError):
        if error.errno == errno.ENOMEM:
            return "memory"
        if error.errno in (errno.EFBIG, errno.ENOSPC, errno.EMFILE):
            return "files"
        if error.errno == errno.EAGAIN and isinstance(error, BlockingIOError):
            return "processes"
    return None


def _lower(what: int, value: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        hard = resource.getrlimit(what)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(what, (value, value))


def _data_size() -> int | None:
    """Bytes that count towards RLIMIT_DATA now."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("VmData:"):
                    return int(line.split()[1]) << 10
    except (OSError, ValueError, IndexError):
        return None
    return None
