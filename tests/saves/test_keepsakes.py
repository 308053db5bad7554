"""What casts leave in a journey: curves and pictures, kept, let go of, read again."""

import sqlite3
from contextlib import closing

import pytest

from oz.saves import Journey
from oz.saves.keepsakes import NEWEST, KeptCurve, KeptPicture, keepsakes

CURVE = KeptCurve("loss", ((1.0, 2.5), (2.0, 1.25)), broken=(3,))
PICTURE = KeptPicture("digit", 2, 1, 3, bytes(range(6)))


@pytest.fixture
def journey(tmp_path):
    with Journey.open(tmp_path / "dorothy") as opened:
        yield opened


def test_what_was_kept_is_read_as_it_was(journey):
    journey.keep("a/b", 1, True, (CURVE, PICTURE))
    (found,) = keepsakes(journey.folder)
    assert (found.spell, found.cast, found.passed) == ("a/b", 1, True)
    assert found.kept == (CURVE, PICTURE)


def test_the_newest_casts_and_the_first_that_passed_stay(journey):
    for cast in range(1, 12):
        journey.keep("a/b", cast, cast in (2, 4), (CURVE,))
    journey.keep("a/c", 1, False, (CURVE,))
    there = [one.cast for one in keepsakes(journey.folder) if one.spell == "a/b"]
    assert there == [2, *range(12 - NEWEST, 12)]
    assert any(one.spell == "a/c" for one in keepsakes(journey.folder))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("picture", '{"width": 2, "height": 2, "channels": 3, "pixels": "AAAA"}'),
        ("picture", '{"width": -1, "height": 1, "channels": 1, "pixels": ""}'),
        ("picture", '{"width": 1, "height": 1, "channels": 1, "pixels": "?"}'),
        ("picture", "[]"),
        ("curve", '{"points": [[1]], "broken": []}'),
        ("curve", '{"points": 7, "broken": []}'),
        ("curve", '{"points": [], "broken": [Infinity]}'),
        ("curve", "no json"),
        ("song", "{}"),
    ],
)
def test_what_is_damaged_is_left_out(journey, kind, data):
    journey.keep("a/b", 1, True, (CURVE,))
    with closing(sqlite3.connect(journey.folder / "journey.sqlite3")) as database:
        database.execute(
            "INSERT INTO keepsakes (spell, number, passed, kind, name, data)"
            " VALUES ('a/b', 1, 1, ?, 'x', ?)",
            (kind, data),
        )
        database.commit()
    (found,) = keepsakes(journey.folder)
    assert found.kept == (CURVE,)


def test_points_that_are_no_numbers_are_left_out(journey):
    journey.keep("a/b", 1, True, (KeptCurve("loss", ((1.0, 2.0), (2.0, float("nan")))),))
    (found,) = keepsakes(journey.folder)
    assert found.kept == (KeptCurve("loss", ((1.0, 2.0),)),)
