"""A database made of its write-ahead log alone, where the file itself was not copied along.

SQLite throws such a log away when it opens an empty file beside it. Of a young journey everything
is in there. The format is described in SQLite's "WAL-mode File Format": a header, then frames, each
a page with its number and, where a transaction ends, how many pages the database then has.
"""

from __future__ import annotations

import struct
from pathlib import Path

_HEAD, _FRAME = 32, 24
_MAGIC = (0x377F0682, 0x377F0683)


def holds_pages(log: Path) -> bool:
    """Whether there is something in the log file `log`."""
    try:
        return log.stat().st_size > _HEAD + _FRAME
    except OSError:
        return False


def database_of(log: Path, target: Path) -> bool:
    """Write to `target` the database as the newest whole transaction in `log` left it; false, and
    nothing is written, where its first page is not in there. Pages that are not stay empty."""
    data = log.read_bytes()
    if len(data) < _HEAD or struct.unpack(">I", data[:4])[0] not in _MAGIC:
        return False
    size = struct.unpack(">I", data[8:12])[0] or 65536
    salt = data[16:24]
    pages: dict[int, bytes] = {}
    whole: dict[int, bytes] = {}
    count = 0
    for at in range(_HEAD, len(data) - size - _FRAME + 1, size + _FRAME):
        number, committed = struct.unpack(">II", data[at : at + 8])
        if data[at + 8 : at + 16] != salt:
            break  # of an older log that this one has not yet written over
        pages[number] = data[at + _FRAME : at + _FRAME + size]
        if committed:
            whole, count = dict(pages), committed
    if 1 not in whole:
        return False
    with target.open("wb") as file:
        for number in range(1, count + 1):
            file.write(whole.get(number, b"\0" * size))
    return True
