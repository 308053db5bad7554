"""Reading the files of a lesson folder: UTF-8 text, TOML, and the lines where its keys stand.

`tomllib` gives no positions, so the lines are found by a second look at the text, made only when
somebody asks (a fault, a check).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from oz.campaign.faults import Faults

Key = tuple[str | int, ...]
"""Where a value stands in a TOML document: ``("rooms", 2, "exits", "north")``."""

_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


def read_text(path: Path, faults: Faults, what: str) -> str | None:
    """The text of `path` with plain line ends, or `None` after noting why not."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        faults.add(path, 0, f"the file is missing: {what}")
        return None
    except OSError as error:
        faults.add(path, 0, f"the file cannot be read: {error.strerror or error}")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        faults.add(path, line, f"byte 0x{byte:02x} is not UTF-8; save the file as UTF-8")
        return None
    return text.replace("\r\n", "\n") if "\r" in text else text


class Spot(Protocol):
    """A place in a file, to be pointed at. The line may be looked up only when it is asked for."""

    @property
    def path(self) -> Path: ...
    @property
    def line(self) -> int: ...


@dataclass(frozen=True, slots=True)
class LineSpot:
    """A line that is known already."""

    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class KeySpot:
    """Where a key stands in a TOML document."""

    document: Document
    key: Key

    @property
    def path(self) -> Path:
        return self.document.path

    @property
    def line(self) -> int:
        return self.document.line(self.key)


@dataclass
class Document:
    """A TOML document and where it came from."""

    path: Path
    text: str
    data: Mapping[str, Any]
    offset: int = 0
    """Lines of the file before the first of `text`."""
    _lines: dict[Key, int] | None = field(default=None, repr=False)

    def line(self, key: Key) -> int:
        """The line of `key`, or of the nearest thing around it that has one."""
        if self._lines is None:
            self._lines = key_lines(self.text)
        while key and key not in self._lines:
            key = key[:-1]
        return self._lines.get(key, 1) + self.offset


def parse_toml(path: Path, text: str, faults: Faults, offset: int = 0) -> Document | None:
    """`text` read as TOML, or `None` after noting the error with its line."""
    try:
        return Document(path, text, tomllib.loads(text), offset)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else max(1, text.count("\n") + 1)
        faults.add(path, line + offset, f"not TOML: {_AT_LINE.sub('', str(error))}")
        return None


def key_lines(text: str) -> dict[Key, int]:
    """The line of every table and key in a valid TOML document."""
    lines: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    table: Key = ()
    state = _Scan()
    for number, line in enumerate(text.split("\n"), 1):
        if state.between_values:
            header = _HEADER.match(line)
            if header:
                table = _concrete(_parts(header[2]), header[1] == "[[", counts)
                lines.setdefault(table, number)
                continue
            key = _KEY.match(line)
            if key:
                parts = _parts(key[1])
                for end in range(1, len(parts) + 1):
                    lines.setdefault((*table, *parts[:end]), number)
        state.feed(line)
    return lines


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _concrete(parts: tuple[str, ...], array: bool, counts: dict[Key, int]) -> Key:
    """The header with the index of each array of tables put in."""
    key: Key = ()
    for position, part in enumerate(parts):
        key = (*key, part)
        if array and position == len(parts) - 1:
            counts[key] = counts.get(key, -1) + 1
        if key in counts:
            key = (*key, counts[key])
    return key


class _Scan:
    """Whether a line of TOML begins inside a long string or an open bracket."""

    _TOKEN = re.compile(
        r"""(?P<long>\"{3}|'{3})|(?P<short>"(?:\\.|[^"\\])*"|'[^']*')|(?P<open>[\[{])|(?P<close>[\]}])|(?P<note>\#)"""
    )

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0

    @property
    def between_values(self) -> bool:
        return not self._quote and not self._depth

    def feed(self, line: str) -> None:
        at = 0
        while at <= len(line):
            if self._quote:
                end = line.find(self._quote, at)
                if end < 0:
                    return
                at, self._quote = end + 3, ""
                continue
            token = self._TOKEN.search(line, at)
            if token is None or token["note"]:
                return
            at = token.end()
            if token["long"]:
                self._quote = token["long"]
            elif token["open"]:
                self._depth += 1
            elif token["close"]:
                self._depth -= 1
