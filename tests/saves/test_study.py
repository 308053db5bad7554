"""What a journey keeps of its reviews: written, read while it is open, carried along, recovered."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oz.saves import Attempt, Journey
from oz.saves.archive import export, import_
from oz.saves.study import studied

AT = datetime(2026, 1, 3, 20, tzinfo=UTC)
CARD = "kansas/where-it-ends"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journey with two cards, one of them answered twice."""
    with Journey.open(tmp_path / "here" / "dorothy") as journey:
        journey.add_turn("look", "A kitchen.", '{"room": "kitchen"}', step=True)
        journey.add_attempt(Attempt("kansas/scales", "x", "failed"))
        journey.add_attempt(Attempt("kansas/scales", "x", "passed"))
        journey.add_attempt(Attempt("kansas/scales", "x", "passed"))
        journey.keep_cards({CARD: '{"due": 1}', "kansas/gone": "{}"})
        journey.add_review(CARD, '{"due": 2}', 3, "[2, 3] \udcff", AT)
        journey.add_review(CARD, '{"due": 3}', 1, "[2]", AT)
    return tmp_path / "here" / "dorothy"


def same(folder: Path) -> bool:
    found = studied(folder)
    assert found.cards == {CARD: '{"due": 3}', "kansas/gone": "{}"}
    assert found.ratings == ((CARD, 3), (CARD, 1))
    return True


def test_it_is_read_while_the_journey_is_open(folder: Path) -> None:
    with Journey.open(folder) as journey:
        assert same(folder)
        assert journey.cards() == studied(folder).cards
        assert journey.passes() == studied(folder).passes
        attempts = journey.attempts("kansas/scales")
        first = next(made.at for made in attempts if made.reason == "passed")
        assert journey.passes() == {"kansas/scales": first}


def test_it_goes_out_and_comes_back(folder: Path, tmp_path: Path) -> None:
    there = import_(export(folder, tmp_path / "dorothy.oz"), tmp_path / "there").folder
    assert same(there)


def test_it_comes_back_from_a_backup(folder: Path) -> None:
    (folder / "journey.sqlite3").unlink()
    with Journey.open(folder) as journey:
        assert journey.recovered
    assert same(folder)


def test_a_card_is_called_otherwise(folder: Path) -> None:
    with Journey.open(folder) as journey:
        journey.rename_card(CARD, "kansas/the-end")
        journey.rename_card("kansas/gone", "kansas/the-end")
    found = studied(folder)
    assert found.cards["kansas/the-end"] == '{"due": 3}'
    assert {card for card, _ in found.ratings} == {"kansas/the-end"}


@pytest.mark.parametrize("version", [1, 2])
def test_a_journey_of_an_older_oz_is_looked_at(tmp_path: Path, version: int) -> None:
    with closing(sqlite3.connect(tmp_path / "journey.sqlite3")) as database:
        script = Path(__file__).with_name(f"version_{version}.sql").read_text("utf-8")
        database.executescript(script)
    found = studied(tmp_path)
    assert (found.cards, found.ratings, found.passes) == ({}, (), {})
