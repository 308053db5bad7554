"""Sibling files: ``story.de.md`` beside ``story.md`` says the same in German.

A sibling replaces texts and nothing else; what it leaves out is told in English. What it says of
something that the English file does not have is a fault. `Siblings` finds and reads them, and notes
what is missing; the stages, the prose and the spells apply them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from oz.campaign.faults import Fault, Faults, near
from oz.campaign.source import Document, parse_toml, read_text
from oz.campaign.tables import Table

_CODE = re.compile(r"[a-z]{2}\Z")


class Siblings:
    """The siblings in one language."""

    def __init__(self, language: str, faults: Faults) -> None:
        self.language = language
        self.faults = faults
        self.gaps: list[Fault] = []
        """What is not translated, with the English file and line."""

    def beside(self, path: Path) -> Path | None:
        """The sibling of the file `path`, if there is one."""
        found = path.with_name(f"{path.stem}.{self.language}{path.suffix}")
        return found if found.is_file() else None

    def folder(self, path: Path) -> Path | None:
        """The sibling of the folder `path`, if there is one."""
        found = path.with_name(f"{path.name}.{self.language}")
        return found if found.is_dir() else None

    def text(self, path: Path) -> tuple[Path, str] | None:
        """The sibling of `path` and its text; notes a gap where there is none."""
        beside = self.beside(path)
        if beside is None:
            self.gap(path, 0, f"there is no {path.stem}.{self.language}{path.suffix}")
            return None
        text = read_text(beside, self.faults, "a translation")
        return None if text is None else (beside, text)

    def table(self, path: Path) -> Table | None:
        """The sibling of the TOML file `path`."""
        found = self.text(path)
        document = parse_toml(*found, self.faults) if found else None
        return Table(document, self.faults) if document else None

    def gap(self, path: Path, line: int, what: str) -> None:
        self.gaps.append(Fault(path, line, what))


def languages(root: Path) -> tuple[str, ...]:
    """Codes of the languages that the lessons in `root` have siblings in."""
    stems = (path.stem for path in root.glob("*/story.*.md"))
    codes = {stem.partition(".")[2] for stem in stems}
    return tuple(sorted(code for code in codes if _CODE.match(code)))


def entries(table: Table, name: str, known: Iterable[str]) -> dict[str, Table]:
    """The tables ``[name.ID]`` by id; a fault for an id that is not `known`."""
    named = {id: outer.table(id) for outer, id in _known(table, name, known)}
    return {id: entry for id, entry in named.items() if entry is not None}


def texts(table: Table, name: str, known: Iterable[str]) -> dict[str, str]:
    """The texts of the table ``[name]`` by key; a fault for a key that is not `known`."""
    named = {key: outer.text(key, required=True) for outer, key in _known(table, name, known)}
    return {key: text.strip() for key, text in named.items() if text.strip()}


def _known(table: Table, name: str, known: Iterable[str]) -> Iterator[tuple[Table, str]]:
    """The table ``[name]`` with each key of it that is `known`; a fault for the others."""
    outer = table.table(name)
    if outer is None:
        return
    choice = list(known)
    for key in outer.data:
        if key in choice:
            yield outer, key
        else:
            outer.fault(f"'{name}' has no '{key}' in English{near(key, choice)}", key)


def replaced(document: Document, data: dict[str, object]) -> Document:
    """`document` with other data; its lines stay those of the English file."""
    return Document(document.path, document.text, data, document.offset)


def started(root: Path, language: str) -> tuple[Path, ...]:
    """The stages' folders in `root` that have at least one sibling in `language`."""
    return tuple(
        stage
        for stage in sorted(path for path in root.iterdir() if path.is_dir())
        if next(stage.rglob(f"*.{language}.*"), None) is not None
    )
