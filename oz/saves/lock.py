"""One game at a time on a journey.

The lock is the system's own on an open file: it goes with the process, however that ends, so a
stale one is no obstacle. What is written in the file only tells a second game whom to look for.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from oz.saves.errors import JourneyInUse

_TRIES = 5
_PAUSE = 0.02
"""A list of journeys looks at locks for an instant; that must not turn a game away. Seconds."""

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _take(descriptor: int) -> None:
        # far beyond the text, because a locked byte cannot be read by others there
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """The lock of the journey in a folder, held from `Lock(folder)` to `release`."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises `JourneyInUse`, and `OSError` where no file can be written."""
        self._descriptor = os.open(_file(folder), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _insist(self._descriptor)
        except OSError:
            pid, since = _holder(folder)
            os.close(self._descriptor)
            raise JourneyInUse(folder, pid, since) from None
        note = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat()}
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, json.dumps(note).encode())

    def release(self) -> None:
        """Give the lock back; harmless when it was."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.release()


def holder(folder: Path) -> int | None:
    """Process id of the game that has the journey in `folder` open (0: unknown); `None`: nobody."""
    if not _file(folder).exists():
        return None
    try:
        descriptor = os.open(_file(folder), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        _take(descriptor)
    except OSError:
        return _holder(folder)[0] or 0
    finally:
        os.close(descriptor)
    return None


def _file(folder: Path) -> Path:
    return folder / "lock"


def _insist(descriptor: int) -> None:
    for left in reversed(range(_TRIES)):
        try:
            return _take(descriptor)
        except OSError:
            if not left:
                raise
            time.sleep(_PAUSE)
    return None


def _holder(folder: Path) -> tuple[int | None, datetime | None]:
    try:
        note = json.loads(_file(folder).read_text("utf-8"))
        return int(note["pid"]), datetime.fromisoformat(note["since"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None, None
