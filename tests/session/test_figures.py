"""How long each stage took, on which days, what passed at once, and why something was hard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from oz.campaign import Campaign, load
from oz.saves import Attempt, Journey
from oz.saves.figures import Figures, figures
from oz.session.statistics import Days, as_data, in_words, statistics

GOOD = Path(__file__).resolve().parents[1] / "lessons" / "good"
COUNT, BANK = "kansas/first-count", "river/which-bank"
NOON = datetime(2026, 3, 2, 12, tzinfo=datetime.now().astimezone().tzinfo)
"""On a Monday, where the player is."""


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load(GOOD)


def played(folder: Path, *turns: tuple[datetime, str | None], seconds: float = 600) -> Figures:
    """A journey whose turns were at these times, each perhaps the beginning of a stage."""
    with Journey.open(folder) as journey, journey.transaction():
        for at, stage in turns:
            turn = journey.add_turn("look", "", "{}", pin=stage)
            journey._database.execute(
                "UPDATE turns SET at = ? WHERE id = ?", (at.isoformat(), turn)
            )
        journey.note(played=str(seconds))
    return figures(folder)


def after(*minutes: float, stages: Iterable[int] = (0,)) -> list[tuple[datetime, str | None]]:
    """Turns so many minutes after noon; at those numbered in `stages` a stage begins."""
    names = iter(("kansas", "river"))
    begun = set(stages)
    return [
        (NOON + timedelta(minutes=minute), next(names) if number in begun else None)
        for number, minute in enumerate(minutes)
    ]


def test_the_time_played_falls_to_the_stages_as_the_turns_do(
    tmp_path: Path, campaign: Campaign
) -> None:
    found = played(tmp_path / "d", *after(0, 2, 3, 4, 5, stages=(0, 2)))
    assert found.stages == (("kansas", 360.0), ("river", 240.0))
    told = in_words(found, campaign)
    assert "- Kansas: 0 of 1 spells, 0 casts, 6 minutes" in told


@pytest.mark.parametrize(
    ("minutes", "share"),
    [
        ((0, 1, 30, 31), 6 / 7),  # half an hour: five minutes of it count, as they do in `played`
        ((0, 1, 600, 601), 1 / 2),  # ten hours: nobody was there
        ((0, 1, -90, -89), 1 / 2),  # the clock was set back
    ],
)
def test_pauses_and_clocks(tmp_path: Path, minutes: tuple[float, ...], share: float) -> None:
    found = dict(played(tmp_path / "d", *after(*minutes, stages=(0, 1))).stages)
    assert found["river"] == pytest.approx(600 * share, abs=0.1)
    assert sum(found.values()) == pytest.approx(600, abs=0.2)


@pytest.mark.parametrize(
    ("days", "today", "told"),
    [
        ((), 1, Days(0, 0, 0)),
        ((0,), 0, Days(1, 1, 1)),
        ((0, 0, 1, 2), 2, Days(3, 3, 3)),
        ((0, 1, 2, 5, 6), 7, Days(5, 2, 3)),
        ((0, 1), 3, Days(2, 0, 2)),
        ((0, 1), -5, Days(2, 0, 2)),  # a clock that was set back
    ],
)
def test_days_in_a_row(
    tmp_path: Path, campaign: Campaign, days: tuple[int, ...], today: int, told: Days
) -> None:
    found = played(tmp_path / "d", *((NOON + timedelta(days=day), None) for day in days))
    assert statistics(found, campaign, NOON.date() + timedelta(days=today)).days == told


@pytest.mark.parametrize(
    ("days", "today", "said"),
    [
        ((0,), 0, "Played on 1 day."),
        ((0, 3), 9, "Played on 2 days."),
        ((0, 1), 1, "Played on 2 days; the last 2 in a row."),
        ((0, 1, 2, 5, 6), 6, "Played on 5 days; the last 2 in a row; the most in a row was 3."),
        ((0, 1), 9, "Played on 2 days; the most in a row was 2."),
    ],
)
def test_days_in_words(
    tmp_path: Path, campaign: Campaign, days: tuple[int, ...], today: int, said: str
) -> None:
    found = played(tmp_path / "d", *((NOON + timedelta(days=day), None) for day in days))
    assert in_words(found, campaign, NOON.date() + timedelta(days=today)).endswith(said)


@pytest.mark.parametrize(
    "odd",
    ["soon", "", 7, "2026-03-02T12:00:30", "9999-12-31T23:59:59-23:59", "0001-01-01"],
)
def test_a_strangers_dates_do_no_harm(tmp_path: Path, campaign: Campaign, odd: object) -> None:
    found = played(tmp_path / "d", *after(0, 1, 2))
    with Journey.open(tmp_path / "d") as journey, journey.transaction():
        journey._database.execute("UPDATE turns SET at = ? WHERE id = 2", (odd,))
        journey.add_attempt(Attempt(COUNT, "x", "passed"))
        journey._database.execute("UPDATE attempts SET at = ?", (odd,))
    told = figures(tmp_path / "d")
    assert set(told.days) >= set(found.days)
    in_words(told, campaign)


def test_what_passed_at_once_is_counted(tmp_path: Path, campaign: Campaign) -> None:
    with Journey.open(tmp_path / "d") as journey:
        journey.add_attempt(Attempt(COUNT, "x", "passed"))
        journey.add_attempt(Attempt(BANK, "x", "failed"))
        journey.add_attempt(Attempt(BANK, "x", "passed"))
    found = figures(tmp_path / "d")
    told = statistics(found, campaign)
    assert (told.first, [stage.first for stage in told.stages]) == (1, [1, 0])
    assert "1 spell passed at the first cast." in in_words(found, campaign)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ((("failed", "off-by-one"), ("failed", None)), "`torch.arange(1, 7)` begins at 1."),
        (
            (("failed", "off-by-one"), ("failed", "off-by-one"), ("failed", "too-long")),
            "`torch.arange(1, 7)` begins at 1. (Met 2 times.)",
        ),
        ((("failed", "gone-since"), ("failed", "too-long")), "That row ends at 7;"),
        ((("error", None), ("error", None)), "Most of them (2) came to this: stopped with an"),
        ((("failed", None), ("failed", None), ("error", None)), ""),
        ((("odd", None), ("odd", None)), ""),
    ],
)
def test_why_something_was_hard(
    tmp_path: Path,
    campaign: Campaign,
    made: tuple[tuple[str, str | None], ...],
    why: str,
) -> None:
    with Journey.open(tmp_path / "d") as journey:
        for reason, mistake in made:
            journey.add_attempt(Attempt(COUNT, "x", reason, mistake))
    (hard,) = statistics(figures(tmp_path / "d"), campaign).hard
    assert hard.failed == len(made)
    assert hard.why.startswith(why)
    assert bool(hard.why) is bool(why)


def test_programs_get_the_same(tmp_path: Path, campaign: Campaign) -> None:
    found = played(tmp_path / "d", *after(0, 2, 3, 4, 5, stages=(0, 2)))
    said = as_data(found, campaign, NOON.date())
    assert said["days"] == [date(2026, 3, 2).isoformat()]
    assert (said["days_in_a_row"], said["longest_days_in_a_row"]) == (1, 1)
    assert [stage["seconds"] for stage in said["stages"]] == [360.0, 240.0]  # type: ignore[union-attr,index]
