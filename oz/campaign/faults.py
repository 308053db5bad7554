"""What can be wrong with a lesson folder, said by file and line.

Knows no stage and no spell: only how faults are collected and worded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, and how to mend it."""

    path: Path
    line: int
    """1-based; 0: the file as a whole, or its absence."""
    message: str

    def __str__(self) -> str:
        at = f"{shown(self.path)}:{self.line}" if self.line else shown(self.path)
        return "".join(map(_plain, f"{at}: {self.message}"))


def _plain(character: str) -> str:
    """What is no letter, as an escape: lessons may quote what a terminal would obey."""
    return character if character.isprintable() or character == "\n" else ascii(character)[1:-1]


class LessonsError(Exception):
    """The lessons cannot be used; `faults` is all that was found, in the order of the files."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        head = "The lessons have a fault:" if count == 1 else f"The lessons have {count} faults:"
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])


class Faults:
    """The faults found so far."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, path: Path, line: int, message: str) -> None:
        self._found.append(Fault(path, line, message))

    def raise_any(self) -> None:
        """Raises `LessonsError` if there are any."""
        if self._found:
            raise LessonsError(self._found)


def shown(path: Path) -> str:
    """`path` as an editor opens it from here: relative where it lies below the current folder."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def near(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'exits'?``, or the whole choice where it is small, or nothing."""
    import difflib  # only on the way to an error: the start stays quick

    choice = sorted(set(known))
    close = difflib.get_close_matches(word, choice, n=1, cutoff=0.6)
    if close:
        return f"; did you mean '{close[0]}'?"
    if 0 < len(choice) <= 14:
        return f"; known: {', '.join(choice)}"
    return ""
