"""The player's drafts: real files that any editor may open, and that are never lost.

Reading takes whatever another program left there. Writing keeps the file's own line endings and
encoding, and puts a copy of the old bytes into ``kept/`` beside it where the text that was read
does not hold all of them, and where another program changed the file in between.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import tokenize
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from oz.saves.database import sync_folder
from oz.saves.errors import SavesError
from oz.tongue import _

KEPT = "kept"
LARGEST = 16 << 20
"""Bytes of the largest draft that is read."""

_COOKIE = re.compile(r"^([ \t\f]*#.*?coding[:=][ \t]*)([-\w.]+)", re.MULTILINE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was read."""

    path: Path
    text: str
    """With ``\\n`` line ends, without a byte order mark."""
    digest: str
    """Of the bytes on disk: to notice that another program changed them."""
    faithful: bool
    """The bytes can be made again from the text."""


@dataclass(frozen=True, slots=True)
class Written:
    """A draft as it was written."""

    digest: str
    kept: Path | None = None
    """Where the bytes that were there before are kept, if they would have been lost."""
    conflict: bool = False
    """They were another program's change, made since the game last looked."""


@dataclass(frozen=True, slots=True)
class _Form:
    encoding: str
    newline: str


def read(path: Path, starter: Path) -> Draft:
    """The draft at `path`; where there is none, it is made from `starter`.

    Raises `SavesError` for what is no readable file of at most `LARGEST` bytes.
    """
    data = _bytes(path)
    if data is None:
        data = starter.read_bytes()
        _put(path, data)
    text, form = _decode(data)
    return Draft(path, text, _digest(data), _encode(text, form) == data)


def write(path: Path, text: str, seen: str | None) -> Written:
    """Make `text` the draft at `path`, whole or not at all.

    `seen` is the digest of the draft the game last read or wrote. Raises `OSError`, `SavesError`.
    """
    old = _bytes(path)
    text = text.encode("utf-8", "replace").decode("utf-8")
    if old is None:
        data = text.encode("utf-8")
        _put(path, data)
        return Written(_digest(data))
    there, form = _decode(old)
    if there == text:
        return Written(_digest(old))
    conflict = seen is not None and _digest(old) != seen
    kept = keep(path, old) if conflict or _encode(there, form) != old else None
    data = _encode(text, form)
    _put(path, data)
    return Written(_digest(data), kept, conflict)


def keep(path: Path, data: bytes) -> Path:
    """Put `data` beside the draft at `path`, in ``kept/``, under a name that was not taken."""
    folder = path.parent / KEPT
    folder.mkdir(parents=True, exist_ok=True)
    stamp = f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}"
    number = 1
    while True:
        ending = "" if number == 1 else f"-{number}"
        target = folder / f"{path.stem}.{stamp}{ending}{path.suffix}"
        if not target.exists():
            _put(target, data)
            return target
        if target.read_bytes() == data:
            return target
        number += 1


def digest(path: Path) -> str | None:
    """Of the bytes at `path` now; `None` when there is no readable file."""
    try:
        data = _bytes(path)
    except SavesError:
        return None
    return None if data is None else _digest(data)


def _bytes(path: Path) -> bytes | None:
    try:
        if path.stat().st_size > LARGEST:
            raise SavesError(
                _(
                    "{path} is larger than {LARGEST} MB. It was left alone; make it smaller, or "
                    "move it away to get the starter back."
                ).format(path=path, LARGEST=LARGEST >> 20)
            )
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SavesError(
            _("{path} cannot be read: {strerror}.").format(
                path=path, strerror=error.strerror or error
            )
        ) from error


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _decode(data: bytes) -> tuple[str, _Form]:
    """As Python itself would read it (PEP 263); what is not valid there is read as Latin-1, which
    takes every byte."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError, ValueError):
        # written again as UTF-8, because Python would not read the file as it is
        encoding, text = "utf-8", data.decode("latin-1")
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") > 0 else "\n"
    return text.replace("\r\n", "\n").replace("\r", "\n"), _Form(encoding, newline)


def _encode(text: str, form: _Form) -> bytes:
    ended = text.replace("\n", form.newline) if form.newline != "\n" else text
    try:
        return ended.encode(form.encoding)
    except UnicodeError:
        # the declared encoding lacks a character: declare one that has it
        head, feed, tail = ended.partition("\n")
        second, feed2, tail = tail.partition("\n")
        lines = _COOKIE.sub(r"\1utf-8", f"{head}{feed}{second}{feed2}", count=1)
        return (lines + tail).encode("utf-8")


def _put(path: Path, data: bytes) -> None:
    """Write `data` at `path` whole or not at all; a link keeps pointing where it did."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-", suffix=path.suffix)
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
