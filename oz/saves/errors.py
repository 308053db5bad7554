"""What can go wrong with a journey on disk, each in words a player can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from oz.tongue import _


class SavesError(Exception):
    """Something about a journey on disk; its text is meant for the player."""


class BadName(SavesError):
    """A journey cannot have this name."""


class JourneyInUse(SavesError):
    """Another game has the journey open."""

    def __init__(self, folder: Path, pid: int | None, since: datetime | None) -> None:
        self.folder = folder
        self.pid = pid
        self.since = since
        who = _("another game (process {pid})").format(pid=pid) if pid else _("another game")
        when = _(" since {at:%H:%M on %d %B}").format(at=since.astimezone()) if since else ""
        super().__init__(
            _(
                "The journey '{name}' is open in {who}{when}. Close that one first, or play "
                "another journey."
            ).format(name=folder.name, who=who, when=when)
        )


class JourneyDamaged(SavesError):
    """The journey cannot be read, and neither the file nor a backup gave anything back."""


class JourneyTooNew(SavesError):
    """The journey was written by a newer Oz than this one."""


class JourneyUnwritable(SavesError):
    """Nothing can be written there: no space, no permission, a read-only place."""


class JourneyGone(SavesError):
    """The journey's folder was deleted or moved while it was open."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _(
                "The folder {folder} is gone, or is another one now: nothing more can be saved "
                "there. Put it back where it was and go on, or leave."
            ).format(folder=folder)
        )


_OUTSIDE = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_INTERRUPT,
}  # fmt: skip
"""What the disk or another program is to blame for, not what stands in the file."""


UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What sqlite3 raises where it cannot go on: also over a name in its own message that is no
text."""


def damaged(error: BaseException) -> bool:
    """Whether `error` comes from what the file holds."""
    if isinstance(error, UnicodeDecodeError):
        return True
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and code & 0xFF not in _OUTSIDE


def printable(error: BaseException) -> str:
    """What `error` says; it may quote what stands in a damaged file and a terminal would obey."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(error))


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the system say about `folder` into a `SavesError`."""
    try:
        yield
    except UNREADABLE as error:
        if not damaged(error):
            raise JourneyUnwritable(_why_sqlite(folder, printable(error))) from error
        raise JourneyDamaged(
            _(
                "The journey '{name}' was damaged while it was open ({error}). Leave and open "
                "it again: what can be saved will be."
            ).format(name=folder.name, error=printable(error))
        ) from error
    except OSError as error:
        raise JourneyUnwritable(_why_system(folder, error)) from error


def _why_sqlite(folder: Path, said: str) -> str:
    if "full" in said:
        return _("The disk is full: nothing more can be saved in {folder}.").format(folder=folder)
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return _("Nothing can be written in {folder}: it is read-only, or not yours.").format(
            folder=folder
        )
    return _("The journey in {folder} cannot be written: {said}.").format(folder=folder, said=said)


def _why_system(folder: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full: nothing more can be saved in {folder}.").format(folder=folder)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return _("Nothing can be written in {folder}: it is read-only, or not yours.").format(
            folder=folder
        )
    where = f" ({error.filename})" if error.filename else ""
    return _("The journey in {folder} cannot be used: {strerror}{where}.").format(
        folder=folder, strerror=error.strerror or error, where=where
    )
