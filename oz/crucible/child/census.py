"""Counts what a run uses: its processes, its memory, its shared memory.

Read from /proc by the supervisor. A quick sum of resident memory comes first; since it accuses
forked processes falsely, it is confirmed with the proportional share (PSS) before anybody is
stopped for it. Where there is no /proc the kernel's own limits alone stand.
"""

from __future__ import annotations

import contextlib
import math
import os
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from oz.crucible.model import FILES, Limits

LINUX = sys.platform.startswith("linux")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_CONFIRM = 0.15
"""Least seconds between two confirmations, which cost 20 ms for each GiB."""
_PART = 0.03
"""Seconds of confirming at a time."""
_MEASURE = 0.3
"""Least seconds between two looks at the files that a run has written."""
_MOST_FILES = 20_000
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

    def __init__(self, limits: Limits, ground: int, folder: Path) -> None:
        self._limits = limits
        self._folder = folder
        self._measured = time.monotonic()
        self._ground = ground
        self._me = self_id()
        self._confirmed = 0.0
        self._count: _Count | None = None
        self.peak = 0
        self._resident = sum(map(_anonymous, descendants(self._me))) if LINUX else 0

    def over(self) -> str | None:
        """The limit that the run has passed, as `oz.crucible.words` names it; `None` if none."""
        now = time.monotonic()
        if now - self._measured > _MEASURE:
            self._measured = now
            written = _written(self._folder, self._limits.file_size * FILES)
            if written is not None:
                return written
        if not LINUX:
            return None
        if self._crowded():  # before the walk, which a fork bomb makes slow
            return "processes"
        tree = descendants(self._me)
        if len(tree) > self._limits.processes:
            return "processes"
        files = _shared_files()
        mapped = sum(map(_shared_pages, tree))
        quick = sum(map(_anonymous, tree)) - self._resident + max(files, mapped)
        if quick <= self._limits.memory:
            self.peak = max(self.peak, quick)
            return None
        used = self._confirm(tree, files)
        if used is None:
            return None
        self.peak = max(self.peak, used)
        return "memory" if used > self._limits.memory else None

    def _confirm(self, tree: list[int], files: int) -> int | None:
        """What the run holds beyond the ground, once all of it was counted; a part of it at a time,
        since a crowd of processes takes long and must not keep the other limits from being seen."""
        if self._count is None:
            if time.monotonic() - self._confirmed < _CONFIRM:
                return None
            self._count = _Count((self._me, *tree))
        if not self._count.go_on(time.monotonic() + _PART):
            return None
        used = self._count.total(files) - self._ground
        self._count = None
        self._confirmed = time.monotonic()
        return used

    def _crowded(self) -> bool:
        """There are too many processes in a /proc of our own."""
        if self._me != 1:
            return False
        count = sum(name.isdecimal() for name in os.listdir("/proc"))
        return count > self._limits.processes + 1


def _written(folder: Path, most: int) -> str | None:
    """``disk`` when there are more than `most` bytes in `folder`, ``files`` when too many files."""
    size = count = 0
    waiting = [str(folder)]
    while waiting:
        try:
            entries = os.scandir(waiting.pop())
        except OSError:
            continue
        with entries:
            for entry in entries:
                count += 1
                if count > _MOST_FILES:
                    return "files"
                with contextlib.suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
        if size > most:
            return "disk"
    return None


def ground() -> int:
    """Bytes that this process and those below it hold together now."""
    if not LINUX:
        return 0
    count = _Count((self_id(), *descendants(self_id())))
    count.go_on(math.inf)
    return count.total(0)


class _Count:
    """Adds up the proportional memory of processes."""

    def __init__(self, pids: tuple[int, ...]) -> None:
        self._left = list(pids)
        self._private = self._mapped = 0

    def go_on(self, until: float) -> bool:
        """Count until the clock shows `until`; true when all were counted."""
        while self._left:
            private, mapped = _proportional(self._left.pop())
            self._private += private
            self._mapped += mapped
            if time.monotonic() > until:
                break
        return not self._left

    def total(self, files: int) -> int:
        """Bytes; those in `files` of shared memory may be mapped as well, and count once."""
        return self._private + max(self._mapped, files)


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


Segment = tuple[str, str, int]
"""Name, device and inode of a piece of shared memory."""


def segments(pids: Iterable[int]) -> set[Segment]:
    """The shared memory under a name that these processes have mapped, in whichever /dev/shm."""
    found: set[Segment] = set()
    for pid in pids:
        for line in _lines(f"/proc/{pid}/maps"):
            if " /dev/shm/" in line and not line.endswith(" (deleted)\n"):
                _, _, _, device, inode, path = line.rstrip("\n").split(maxsplit=5)
                found.add((path.removeprefix("/dev/shm/"), device, int(inode)))
    return found


def unlink(mapped: Iterable[Segment], since: float) -> None:
    """Remove what is in the /dev/shm of this process and was made after `since` (on the clock of
    files): a run may also have opened another program's."""
    for name, device, inode in mapped:
        with contextlib.suppress(OSError):
            path = Path("/dev/shm", name)
            found = path.lstat()
            there = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}"
            if (there, found.st_ino) == (device, inode) and found.st_ctime >= since:
                path.unlink()


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
