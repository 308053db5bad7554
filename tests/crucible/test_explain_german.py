"""The plain words for errors in German: one for each row, with the same groups of its pattern."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from oz.crucible.child import explain

TABLE = Path(explain.__file__).with_suffix(".toml")
ROWS = tomllib.loads(TABLE.read_text("utf-8"))["error"]
TOLD = tomllib.loads(TABLE.with_suffix(".de.toml").read_text("utf-8"))["words"]


def test_each_row_has_german_words_and_no_words_are_without_a_row() -> None:
    assert sorted(TOLD) == sorted(row["id"] for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_german_words_put_in_what_the_english_ones_do(row: dict[str, str]) -> None:
    def groups(words: str) -> set[str]:
        return set(re.findall(r"\{\d\}", words))

    assert groups(TOLD[row["id"]]) == groups(row["words"])
