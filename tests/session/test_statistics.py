"""A journey in figures: counted from what it kept, told to the player and to programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oz.campaign import load
from oz.cli import main
from oz.saves import Attempt, Journey
from oz.saves.figures import figures
from oz.session.statistics import in_words, time_in_words

GOOD = Path(__file__).resolve().parents[1] / "lessons" / "good"
COUNT, BANK = "kansas/first-count", "river/which-bank"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journey in which one spell was hard, and one is not done."""
    with Journey.open(tmp_path / "dorothy") as journey:
        journey.add_turn(None, "A kitchen.", "{}")
        journey.add_turn("cast hens", "", "{}")
        for reason, mistake in (
            ("error", None),
            ("failed", "off-by-one"),
            ("failed", "too-long"),
            ("failed", "off-by-one"),
            ("passed", None),
            ("failed", "backwards"),
        ):
            journey.add_attempt(Attempt(COUNT, "x", reason, mistake, 0.25))
        journey.add_attempt(Attempt(COUNT, "put aside", None))
        journey.add_attempt(Attempt(BANK, "x", "failed", None, 1.0))
        journey.see_hints(COUNT, 2)
        journey.note(played="4000")
    return tmp_path / "dorothy"


def test_what_is_counted(folder: Path) -> None:
    found = figures(folder)
    assert (found.played, found.turns) == (4000.0, 1)
    count, bank = found.spells
    assert (count.spell, count.casts, count.before_pass, count.hints) == (COUNT, 6, 4, 2)
    assert count.mistakes == (("off-by-one", 2), ("backwards", 1), ("too-long", 1))
    assert count.seconds == 1.5
    assert count.passed_at is not None
    assert count.first_at <= count.passed_at
    assert (bank.casts, bank.before_pass, bank.passed_at) == (1, 1, None)


def test_what_is_told(folder: Path) -> None:
    told = in_words(figures(folder), load(GOOD))
    assert told.startswith(
        "1 of 2 spells in 1 hour and 7 minutes of playing, with 7 casts and 2 hints."
    )
    assert "- Kansas: 1 of 1 spells, 6 casts" in told
    assert (
        "- *The first count*: 4 casts that did not hold, 2 hints. "
        "`torch.arange(1, 7)` begins at 1." in told
    )
    assert "Which bank" not in told  # one cast that did not hold is nothing hard


def test_a_journey_that_has_not_begun_has_figures_too(tmp_path: Path) -> None:
    with Journey.open(tmp_path / "dorothy") as journey:
        told = in_words(figures(journey.folder), load(GOOD))
    assert told == "0 of 2 spells in less than a minute of playing, with 0 casts and 0 hints."


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "less than a minute"), (60, "1 minute"), (3600, "1 hour"),
        (7260, "2 hours and 1 minute"),
    ],
)  # fmt: skip
def test_time(seconds: float, told: str) -> None:
    assert time_in_words(seconds) == told


def test_programs_can_read_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["stats", "--json", "--saves", str(folder.parent), "--lessons", str(GOOD)])
    assert left.value.code == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["journey"], said["passed"], said["spells_in_all"], said["casts"]) == (
        "dorothy", 1, 2, 7,
    )  # fmt: skip
    assert said["spells"][0]["mistakes"]["off-by-one"] == 2
    assert said["review"] == {
        "cards": 3, "due": 0, "answers": 0, "right": 0, "remembered": None,
    }  # fmt: skip


def test_journeys_that_are_looked_at_one_after_another_are_counted_apart(tmp_path: Path) -> None:
    """Each smaller than the one before: nothing of one is left in the next."""
    for name, many in (("large", 9), ("small", 4), ("smaller", 2), ("least", 1)):
        with Journey.open(tmp_path / name) as journey:
            for _ in range(many):
                journey.add_turn("look", "A kitchen.", "{}")
                journey.add_attempt(Attempt(COUNT, "x", "failed", None, 0.1))
        found = figures(tmp_path / name)
        assert (found.turns, [spell.casts for spell in found.spells]) == (many, [many])


def test_a_stage_that_was_proven_is_told_and_counted(folder: Path, capsys) -> None:
    with Journey.open(folder) as journey:
        journey.add_turn(
            "prove", "Proven.", json.dumps({"room": "river/bank", "proven": ["kansas"]})
        )
    found = figures(folder)
    assert found.proven == ("kansas",)
    told = in_words(found, load(GOOD))
    assert " Proven, not walked: Kansas. " in told
    assert "- Kansas: proven; 1 of 1 spells, 6 casts" in told
    assert "- The river: 0 of" in told or "proven" not in told.split("- ")[2]
    with pytest.raises(SystemExit):
        main(["stats", "dorothy", "--json", "--saves", str(folder.parent), "--lessons", str(GOOD)])
    data = json.loads(capsys.readouterr().out)
    assert data["proven_stages"] == ["kansas"]
    assert [(stage["stage"], stage["proven"]) for stage in data["stages"]] == [
        ("kansas", True), ("river", False),
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["[]", "{", '{"proven": 3}', '{"proven": [1, null]}', '"x"'])
def test_a_state_that_says_nothing_of_it(folder: Path, state: str) -> None:
    with Journey.open(folder) as journey:
        journey.add_turn("look", "", state)
    assert figures(folder).proven == ()
