"""The title: what it offers, and that keys and words both choose."""

from __future__ import annotations

import sqlite3

import pytest

from oz.saves import summary
from tests.tui.conftest import SIZES


def keep_journey(root, name: str) -> None:
    """A journey on disk, as its listing sees it."""
    (root / name).mkdir(parents=True)
    with sqlite3.connect(root / name / "journey.sqlite3") as database:
        database.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT)")
        told = summary(stage="Kansas", room="The kitchen", score=7, max_score=120, turns=3)
        database.execute("INSERT INTO meta VALUES ('summary', ?)", (told,))
    database.close()


@pytest.mark.parametrize("size", [*SIZES, (60, 16)])
async def test_it_says_what_the_game_is_and_what_can_be_done(playing, size):
    async with playing(size=size, title=True) as game:
        for text in ("O Z", "you write real PyTorch", "New journey", "Quit", "F1 Help"):
            assert text in game.text


async def test_enter_begins_the_first_journey(playing, tmp_path):
    async with playing(title=True) as game:
        await game.pilot.press("enter")
        await game.until_text("Kansas · The kitchen")


async def test_the_last_journey_is_the_first_choice(playing, tmp_path):
    keep_journey(tmp_path / "saves", "toto")
    async with playing(title=True) as game:
        assert "toto · Kansas, The kitchen · 7 of 120 points" in game.text
        await game.pilot.press("enter")
        await game.until_text("Kansas · The kitchen")


async def test_arrows_choose(playing):
    async with playing(title=True) as game:
        await game.pilot.press("down", "enter")
        await game.until(lambda: game.app.return_value == 0)


async def test_other_journeys_are_listed_and_opened_by_name(playing, tmp_path):
    for name in ("dorothy", "toto"):
        keep_journey(tmp_path / "saves", name)
    async with playing(title=True) as game:
        await game.type("journeys")
        await game.until(lambda: "New journey" not in game.text)
        assert "dorothy · Kansas" in game.text
        assert "toto · Kansas" in game.text
        await game.type("resume nobody")
        await game.until_text("There is no journey called nobody.")
        await game.type("resume dorothy")
        await game.until_text("Kansas · The kitchen")


async def test_a_new_journey_is_asked_for_its_name(playing, tmp_path):
    keep_journey(tmp_path / "saves", "toto")
    async with playing(title=True) as game:
        await game.type("new")
        await game.until_text("What shall the journey be called?")
        await game.type("to/to")
        await game.until_text("cannot have / in it")
        await game.type("toto")
        await game.until_text("There is a journey called toto.")
        await game.type("lion")
        await game.until_text("Kansas · The kitchen")


async def test_a_word_that_is_none_is_answered_kindly(playing):
    async with playing(title=True) as game:
        await game.type("xyzzy")
        await game.until_text("'xyzzy' is no word here")


async def test_a_journey_in_use_says_so(playing, tmp_path):
    from oz.saves import JourneyInUse

    async with playing(title=True) as game:

        async def refuse(folder):
            raise JourneyInUse(folder, 4711, None)

        game.app._open = refuse
        await game.pilot.press("enter")
        await game.until_text("4711")
        assert "New journey" in game.text


async def test_a_long_message_is_shown_whole(playing):
    async with playing(title=True) as game:
        words = "This journey is open in another game (process 9926) since 14:25 on some machine "
        game.app.screen.say(words + "or other; close it there, or begin another journey here.")
        await game.until_text("another journey here.")
        assert "O Z" in game.text
        assert "New journey" in game.text
