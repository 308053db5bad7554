"""The screens in German at the smallest size: run by `test_german.py` in its own process."""

from __future__ import annotations

import re

import pytest

from oz import tongue
from oz.tui.screens.base import OzScreen
from oz.tui.widgets.keybar import KeyBar

ENGLISH = re.compile(
    r"\b(Settings|Help|Quit|Leave|Back|Goals|Carrying|Spells|Hint|Stop|Words|Colours|attempts?|"
    r"What is asked|The spell desk|points|turns?|not yet|Output|Statistics|Journal)\b"
)
"""Words of the screens in English."""


def front(game) -> OzScreen:
    return game.app.screen


async def come_to(game, line: str, name: str) -> None:
    await game.type(line)
    await game.until(lambda: type(front(game)).__name__ == name, name)
    await game.pilot.pause()


def of_the_game(text: str) -> str:
    """What the screens say themselves: the scripted story is in English."""
    return "\n".join(line for line in text.split("\n") if "│" not in line)


def test_german_is_spoken():
    assert tongue.language() == "de"


@pytest.mark.parametrize(
    ("line", "name", "shown"),
    [
        ("einstellungen", "SettingsScreen", ("für jede Reise", "Farben", "Sprache", "Zurück")),
        ("hilfe", "HelpScreen", ("Tasten und Wörter", "Wie man spielt")),
        ("tagebuch", "JournalScreen", ("Das Tagebuch",)),
        ("zauberbuch", "SpellbookScreen", ("Das Zauberbuch",)),
        ("statistik", "StatisticsScreen", ("Statistik",)),
    ],
)  # fmt: skip
async def test_a_screen_is_reached_by_its_german_word(playing, line, name, shown):
    async with playing(size=(80, 24)) as game:
        await come_to(game, line, name)
        for text in shown:
            assert text in game.text, game.text
        assert not ENGLISH.search(of_the_game(game.text)), game.text


@pytest.mark.parametrize("line", ["", "einstellungen", "hilfe", "statistik"])
async def test_the_keys_fit_and_those_that_matter_are_there(playing, line):
    async with playing(size=(80, 24)) as game:
        if line:
            await game.type(line)
            await game.until(lambda: type(front(game)).__name__ != "StoryScreen")
        bar = front(game).query_one(KeyBar)
        told = bar.line(bar.content_size.width)
        assert told.cell_length <= bar.content_size.width
        shown = [c.footer for c in bar._commands if bar._is_shown(c) and c.footer in told.plain]
        assert len(shown) >= 2, told.plain


async def test_keys_and_values_are_named_in_german(playing):
    async with playing(size=(80, 24)) as game:
        assert "Strg+Q" in game.text
        await come_to(game, "einstellungen", "SettingsScreen")
        assert "[dunkel] hell" in game.text
        game.app.use_theme("hell")
        assert game.app.settings.theme == "light"
        await game.pilot.press("escape")
        await game.pilot.press("ctrl+p")
        await game.until_text("Befehle suchen")


async def test_ctrl_c_says_what_leaves(playing):
    async with playing(size=(80, 24)) as game:
        await game.pilot.press("ctrl+c")
        await game.until_text("Strg+Q beendet")


async def test_help_has_room_for_long_words(playing):
    async with playing(size=(80, 24)) as game:
        await come_to(game, "hilfe", "HelpScreen")
        for _ in range(4):
            assert "TEXTTEXT" not in game.text
            assert "dark" not in game.text
            await game.pilot.press("pagedown")


async def test_a_review_is_said_back_as_it_was_typed(playing):
    async with playing(size=(80, 24)) as game:
        await game.type("wiederholung alles")
        await game.until_text("› wiederholung alles")
        assert "review" not in game.text


async def test_the_desk_says_what_can_be_done(playing):
    async with playing(size=(80, 24)) as game:
        await game.open_desk()
        for text in ("Aufgabe", "Ergebnis", "zaubern · ✦ offen", "Lauf", "Hinweis", "Hilfe"):
            assert text in game.text, game.text
        await game.type("verlass")
        await game.until(lambda: type(front(game)).__name__ == "StoryScreen", "the story")


async def test_the_panel_is_opened_by_german_words(playing):
    async with playing(size=(80, 24)) as game:
        await game.type("karte")
        await game.until_text("Karte")
        await game.type("ziele")
        await game.until_text("Ziele")
