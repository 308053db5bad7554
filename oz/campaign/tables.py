"""Taking typed values out of a TOML table, with a fault for each that is not as it should be.

A `Table` remembers what it was asked for, so that `done` can name the keys nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from oz.campaign.faults import Faults, near
from oz.campaign.source import Document, Key, KeySpot

T = TypeVar("T")

_WORDS: Mapping[type, str] = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    list: "a list",
    float: "a number",
}


class Table:
    """One table of a document."""

    def __init__(
        self,
        document: Document,
        faults: Faults,
        key: Key = (),
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.document = document
        self.faults = faults
        self.key = key
        self.data: Mapping[str, Any] = document.data if data is None else data
        self._asked: set[str] = set()

    def line(self, *key: str | int) -> int:
        return self.document.line((*self.key, *key))

    def fault(self, message: str, *key: str | int) -> None:
        self.faults.add(self.document.path, self.line(*key), message)

    def spot(self, *key: str | int) -> KeySpot:
        return KeySpot(self.document, (*self.key, *key))

    def has(self, name: str) -> bool:
        return name in self.data

    def get(self, name: str, kind: type[T], default: T, *, required: bool = False) -> T:
        """The value of `name` if it is a `kind`, else `default`, with a fault if it was another."""
        self._asked.add(name)
        if name not in self.data:
            if required:
                self.fault(f"'{name}' is missing; it is {_WORDS.get(kind, 'needed')}")
            return default
        value = self.data[name]
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            return kind(value)  # type: ignore[call-arg]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(f"'{name}' must be {_WORDS.get(kind, kind.__name__)}", name)
            return default
        return value

    def text(self, name: str, default: str = "", *, required: bool = False) -> str:
        value = self.get(name, str, default, required=required)
        if required and name in self.data and not value.strip():
            self.fault(f"'{name}' is empty", name)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        return self.get(name, bool, default)

    def whole(self, name: str, default: int) -> int:
        return self.get(name, int, default)

    def number(self, name: str, default: float) -> float:
        return self.get(name, float, default)

    def words(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        self._asked.add(name)
        value = self.data.get(name)
        if value is None:
            if required:
                self.fault(f"'{name}' is missing; it is a list of texts")
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(f"'{name}' must be a list of texts: {name} = [\"…\"]", name)
            return ()
        if required and not value:
            self.fault(f"'{name}' is empty", name)
        return tuple(value)

    def tables(self, name: str) -> Iterator[Table]:
        """The tables of the array ``[[name]]``."""
        self._asked.add(name)
        value = self.data.get(name, [])
        if not isinstance(value, list):
            self.fault(f"'{name}' must be written as [[{name}]]", name)
            return
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield Table(self.document, self.faults, (*self.key, name, index), item)
            else:
                self.fault(f"each of '{name}' must be a table: [[{name}]]", name)

    def table(self, name: str) -> Table | None:
        """The table ``[name]``, if it is there."""
        self._asked.add(name)
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(f"'{name}' must be a table", name)
            return None
        return Table(self.document, self.faults, (*self.key, name), value)

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for name in self.data:
            if name not in self._asked:
                self.fault(f"unknown key '{name}'{near(name, self._asked)}", name)
