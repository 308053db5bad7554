"""Folders of crucibles whose game was killed before anybody stood by to remove them.

A crucible's first process removes its folder however the game ends; but a game can be killed before
that process is there, and both can be killed at once. So a folder is locked for as long as its game
lives, and the next game removes the old ones that nobody holds.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover  # Windows, where nothing is swept
    fcntl = None  # type: ignore[assignment]

_PREFIX = "ozc-"
"""Short, because the paths of sockets below it must be."""
_NAME = re.compile(r"ozc-[a-z0-9_]{8}")
_YOUNG = 60.0
"""Seconds after which a folder that nobody holds was given up: between its making and its locking
lie microseconds."""


def make() -> tuple[Path, int | None]:
    """A new folder for a crucible, and what holds it: a descriptor to be closed with it, as the
    end of the process does. What others left behind is removed."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
    return folder, _hold(folder)


def sweep() -> None:
    """Remove the folders of games that are no more."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            if _NAME.fullmatch(entry.name) and _given_up(entry):
                held = _hold(Path(entry.path))
                if held is not None:
                    shutil.rmtree(entry.path, ignore_errors=True)
                    os.close(held)


def _given_up(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder of this player's, and old."""
    try:
        found = entry.stat(follow_symlinks=False)
        ours = entry.is_dir(follow_symlinks=False) and found.st_uid == os.getuid()
    except (OSError, AttributeError):
        return False
    return ours and time.time() - found.st_mtime > _YOUNG


def _hold(folder: Path) -> int | None:
    """Lock `folder`; `None` where somebody else does, or the system knows no such lock."""
    if fcntl is None:
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
