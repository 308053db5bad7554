"""Counts what a run uses: its processes, its memory, its shared memory.

Read from /proc by the supervisor. A quick sum of resident memory comes first; since it accuses
forked processes falsely, it is confirmed with the proportional share (PSS) before anybody is
stopped for it. Where there is no /proc the kernel's own limits alone stand.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from pathlib import Path

from oz.crucible.model import Limits

LINUX = sys.platform.startswith("linux")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_CONFIRM = 0.15
"""Least seconds between two confirmations, which cost 20 ms for each GiB."""
_PRIVATE_SHM = False


def private_shm(is_private: bool) -> None:
    """Say whether /dev/shm is the crucible's own, so that all of it belongs to the run."""
    global _PRIVATE_SHM  # noqa: PLW0603  a fact about this process, set once at its start
    _PRIVATE_SHM = is_private


def self_id() -> int:
    """This process's number as the mounted /proc has it (it may be that of an outer namespace)."""
    try:
        return int(os.readlink("/proc/self"))
    except (OSError, ValueError):
        return os.getpid()


def descendants(pid: int) -> list[int]:
    """Processes below `pid`, in the numbers of the mounted /proc."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        parent = waiting.pop()
        children: list[int] = []
        with contextlib.suppress(OSError, ValueError):
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children", encoding="ascii") as file:
                    children += map(int, file.read().split())
        found += children
        waiting += children
    return found


def readable() -> bool:
    """Whether there is a /proc to count from."""
    return LINUX and _anonymous(self_id()) > 0


def _anonymous(pid: int) -> int:
    """Resident private bytes of `pid`, those shared with its parent by fork included."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            fields = file.read().split()
        return (int(fields[1]) - int(fields[2])) * _PAGE
    return 0


def _proportional(pid: int) -> tuple[int, int]:
    """(private, shared-memory) bytes of `pid`, each page divided by how many processes have it."""
    private = shared = 0
    for line in _lines(f"/proc/{pid}/smaps_rollup"):
        if line.startswith("Pss_Anon:"):
            private = int(line.split()[1]) << 10
        elif line.startswith("Pss_Shmem:"):
            shared = int(line.split()[1]) << 10
    return private, shared


def _shared_files() -> int:
    """Bytes in a /dev/shm of our own."""
    if not _PRIVATE_SHM:
        return 0
    try:
        stat = os.statvfs("/dev/shm")
    except OSError:
        return 0
    return (stat.f_blocks - stat.f_bfree) * stat.f_frsize


class Look:
    """Looks at one run again and again.

    Made when the job is handed to a worker that is warm. `ground` is what this process and such a
    worker hold together before any run (see `ground`): that is not the run's, and what they come to
    hold beyond it is.
    """

    def __init__(self, limits: Limits, ground: int) -> None:
        self._limits = limits
        self._ground = ground
        self._me = self_id()
        self._confirmed = 0.0
        self.peak = 0
        self._resident = sum(map(_anonymous, descendants(self._me))) if LINUX else 0

    def over(self) -> str | None:
        """The limit that the run has passed, ``memory`` or ``processes``; `None` if none."""
        if not LINUX:
            return None
        tree = descendants(self._me)
        if len(tree) > self._limits.processes:
            return "processes"
        files = _shared_files()
        mapped = sum(map(_shared_pages, tree))
        quick = sum(map(_anonymous, tree)) - self._resident + max(files, mapped)
        if quick <= self._limits.memory:
            self.peak = max(self.peak, quick)
            return None
        if time.monotonic() - self._confirmed < _CONFIRM:
            return None
        used = _share((self._me, *tree), files) - self._ground
        self._confirmed = time.monotonic()
        self.peak = max(self.peak, used)
        return "memory" if used > self._limits.memory else None


def ground() -> int:
    """Bytes that this process and those below it hold together now."""
    return _share((self_id(), *descendants(self_id())), 0) if LINUX else 0


def _share(tree: tuple[int, ...], files: int) -> int:
    private = mapped = 0
    for pid in tree:
        anonymous, shared = _proportional(pid)
        private += anonymous
        mapped += shared
    return private + max(mapped, files)


def _shared_pages(pid: int) -> int:
    """Resident shared-memory bytes of `pid`."""
    for line in _lines(f"/proc/{pid}/status"):
        if line.startswith("RssShmem:"):
            return int(line.split()[1]) << 10
    return 0


def _lines(path: str) -> list[str]:
    """Lines of a file in /proc; none when the process is gone."""
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.readlines()
    except OSError:
        return []


def sweep(pid: int) -> None:
    """Remove the shared memory that the run of `pid` left behind."""
    try:
        names = os.listdir("/dev/shm")
    except OSError:
        return
    own = re.compile(rf"torch_{pid}_")
    for name in names:
        if _PRIVATE_SHM or own.match(name):
            with contextlib.suppress(OSError):
                Path("/dev/shm", name).unlink()
