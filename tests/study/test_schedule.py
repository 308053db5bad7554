"""When cards come back: exact for the same answers, sane for any, whatever the clock does."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.study import schedule
from oz.study.cards import Card, CardKind
from oz.study.deck import deck, figures
from oz.study.schedule import EARLY, Answer

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
TIMES = st.integers(-15_000, 30_000).map(lambda days: NOW + timedelta(days=days))
ANSWERS = st.sampled_from(Answer)
HISTORIES = st.lists(st.tuples(ANSWERS, st.floats(0.0, 400.0)), max_size=20)


def card(name: str, after: str = "kansas/scales", stage: str = "kansas") -> Card:
    return Card(f"{stage}/{name}", stage, CardKind.PREDICT, after, (), "?", "print(1)", "Because.")


def played(history: list[tuple[Answer, float]]) -> tuple[schedule.Standing, datetime]:
    """A card after these answers, each so many days after the one before."""
    standing, now = schedule.begun(NOW), NOW
    for answer, days in history:
        now += timedelta(days=days)
        standing = schedule.after(standing, answer, now)
    return standing, now


def test_the_days_are_always_the_same():
    standing, days = schedule.begun(NOW), []
    for _ in range(5):
        days.append((standing.due - standing.last).days)
        standing = schedule.after(standing, Answer.RIGHT, standing.due)
    assert days == [2, 11, 46, 163, 365]


@given(HISTORIES)
def test_right_is_later_than_nearly_and_that_later_than_wrong(history):
    standing, now = played(history)
    now += timedelta(days=3)
    wrong, nearly, right = (schedule.after(standing, answer, now).due for answer in Answer)
    assert now + timedelta(days=1) <= wrong <= nearly <= right <= now + timedelta(days=365)


@given(HISTORIES)
def test_what_is_kept_is_read_as_it_was(history):
    standing, _ = played(history)
    assert schedule.load(schedule.dump(standing)) == standing


@given(HISTORIES, st.floats(0.0, 3000.0))
def test_it_is_forgotten_by_and_by(history, days):
    standing, now = played(history)
    sooner, later = standing.recall(now), standing.recall(now + timedelta(days=days))
    assert 0.0 < later <= sooner <= 1.0


@given(HISTORIES, TIMES)
def test_however_the_clock_goes_the_card_comes_back_within_a_year(history, now):
    standing, _ = played(history)
    settled = schedule.settled(standing, now)
    assert settled.due <= max(now + EARLY, NOW + timedelta(days=8000)) + timedelta(days=366)
    assert settled.last <= now + EARLY
    again = schedule.after(settled, Answer.RIGHT, now)
    assert now + timedelta(days=1) <= again.due <= now + timedelta(days=365)
    assert schedule.load(schedule.dump(settled)) == settled


def test_another_zone_is_the_same_time():
    there = timezone(timedelta(hours=9))
    assert schedule.begun(NOW.astimezone(there)) == schedule.begun(NOW)


GOOD = json.loads(schedule.dump(schedule.begun(NOW)))


@pytest.mark.parametrize(
    "damage",
    [
        {"stability": None}, {"stability": "2"}, {"stability": 0}, {"stability": -1.0},
        {"stability": 1e400}, {"difficulty": 11}, {"difficulty": float("nan")}, {"due": 7},
        {"due": "soon"}, {"due": "2026-03-03T20:00:00"}, {"due": "9999-12-31T00:00:00+00:00"},
        {"due": "2020-01-01T00:00:00+00:00"}, {"last": None}, {"last": "0001-01-01T00:00:00+14:00"},
    ],
)  # fmt: skip
def test_what_is_no_standing_is_not_believed(damage):
    assert schedule.load(json.dumps({**GOOD, **damage})) is None


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "7", '"x"', "[" * 5000, "{" * 10])
def test_what_is_no_object_is_not_believed(text):
    assert schedule.load(text) is None


@given(st.text(max_size=40) | st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_nothing_that_is_kept_does_harm(kept):
    assert schedule.load(kept if isinstance(kept, str) else json.dumps(kept)) is None


# --- the deck ---------------------------------------------------------------------------------


def test_a_card_comes_into_the_deck_with_its_spell():
    cards = (card("a"), card("b", after="kansas/pump"))
    found, anew = deck(cards, {"kansas/scales": NOW}, {}, NOW)
    assert list(found.cards) == ["kansas/a"] == list(anew)
    assert found.due(NOW) == ()
    assert found.next(NOW) == timedelta(days=2) - EARLY
    again, nothing = deck(cards, {"kansas/scales": NOW}, anew, NOW)
    assert again == found
    assert not nothing


def test_a_pass_whose_time_nobody_knows_counts_from_now():
    found, _ = deck((card("a"),), {"kansas/scales": None}, {}, NOW)
    assert not found.due(NOW)
    assert found.due(NOW + timedelta(days=2))


def test_a_pass_in_the_future_counts_from_now():
    found, _ = deck((card("a"),), {"kansas/scales": NOW + timedelta(days=900)}, {}, NOW)
    assert found.due(NOW + timedelta(days=2))


def test_the_most_urgent_comes_first():
    later = NOW + timedelta(days=20)
    cards = (card("known"), card("fresh"), card("failed"))
    known = schedule.after(schedule.begun(NOW), Answer.RIGHT, NOW + timedelta(days=2))
    failed = schedule.after(schedule.begun(NOW), Answer.WRONG, NOW + timedelta(days=2))
    kept = {"kansas/known": schedule.dump(known), "kansas/failed": schedule.dump(failed)}
    found, _ = deck(cards, {"kansas/scales": NOW}, kept, later)
    assert [one.id.partition("/")[2] for one in found.due(later)] == ["failed", "fresh", "known"]
    assert [one.id for one in found.all(later, "oz")] == []


def test_a_damaged_card_begins_anew_from_its_pass():
    kept = {"kansas/a": '{"due": "never"}', "kansas/gone": "{}"}
    found, anew = deck((card("a"),), {"kansas/scales": NOW}, kept, NOW + timedelta(days=5))
    assert [one.id for one in found.due(NOW + timedelta(days=5))] == ["kansas/a"]
    assert schedule.load(anew["kansas/a"]) == schedule.begun(NOW)
    assert "kansas/gone" not in anew


def test_a_deck_in_figures():
    found, _ = deck((card("a"), card("b")), {"kansas/scales": NOW}, {}, NOW)
    assert figures(found, (), NOW).remembered is None
    told = figures(found, (3, 1, 2, 3, 77), NOW + timedelta(days=2))
    assert (told.cards, told.due, told.answers, told.right, told.remembered) == (2, 2, 4, 3, 0.75)
