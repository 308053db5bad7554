"""Plain words for common errors: a table in ``explain.toml``, matched against ``Type: message``.

Its words in another language stand in ``explain.de.toml``, by the id of the row.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from oz import tongue


@dataclass(frozen=True, slots=True)
class Explanation:
    """One row of the table."""

    id: str
    pattern: re.Pattern[str]
    """Searched in ``Type: message``."""
    words: str
    """Markdown. ``{1}`` stands for the pattern's first group."""


@cache
def explanations() -> tuple[Explanation, ...]:
    """The table in its order: the first row that matches is used."""
    table, told = Path(__file__).with_suffix(".toml"), {}
    sibling = table.with_suffix(f".{tongue.language()}.toml")
    if sibling.is_file():
        told = tomllib.loads(sibling.read_text(encoding="utf-8"))["words"]
    return tuple(
        Explanation(
            row["id"], re.compile(row["pattern"], re.DOTALL), told.get(row["id"], row["words"])
        )
        for row in tomllib.loads(table.read_text(encoding="utf-8"))["error"]
    )


def explain(raised: str) -> str:
    """Plain words for ``Type: message``; empty for an error that is not in the table."""
    row = which(raised)
    if row is None:
        return ""
    found = row.pattern.search(raised)
    words = row.words
    for number, group in enumerate(found.groups() if found else (), 1):
        words = words.replace(f"{{{number}}}", group or "")
    return " ".join(words.split())


def which(raised: str) -> Explanation | None:
    """The row for ``Type: message``, if there is one."""
    if not raised:
        return None
    return next((row for row in explanations() if row.pattern.search(raised)), None)
