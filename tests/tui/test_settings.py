"""The settings screen: each choice changed, seen at once, and kept."""

from __future__ import annotations

import pytest

from oz.crucible.model import Picture
from oz.session.model import Conjured
from oz.tui.settings import CHOICES, VALUES, Settings, load_settings, next_value
from tests.tui.conftest import SIZES


async def open_settings(game) -> None:
    await game.type("settings")
    await game.until(lambda: type(game.app.screen).__name__ == "SettingsScreen")
    await game.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_every_choice_is_shown_changed_and_kept(playing, size):
    async with playing(size=size) as game:
        await open_settings(game)
        for choice in CHOICES:
            first = getattr(Settings(), choice.name)
            assert f"[{VALUES.get(first, first)}]" in game.text
            await game.until_text(choice.help[:30])
            await game.pilot.press("right")
            now = next_value(Settings(), choice)
            await game.until_text(f"[{VALUES.get(now, now)}]")
            assert getattr(load_settings(), choice.name) == now
            await game.pilot.press("left")
            await game.until(lambda c=choice, f=first: getattr(load_settings(), c.name) == f)
            await game.pilot.press("down")
        await game.pilot.press("escape")
        await game.until_text("what do you do?")


async def test_the_story_is_set_anew_with_another_measure(playing):
    async with playing(size=(120, 40)) as game:
        widest = max(map(len, game.app.story.prose.text.split("\n")))
        await open_settings(game)
        await game.pilot.press("down", "right")
        await game.pilot.press("escape")
        await game.until_text("what do you do?")
        assert max(len(row.strip()) for row in game.app.story.prose.text.split("\n")) > 72
        assert widest > 60


async def test_pictures_turn_to_letters(playing):
    async with playing() as game:
        row = bytes(range(0, 250, 25))
        game.app.screen.tell(
            Conjured("kansas/ledger", "7", pictures=(Picture("p", 10, 1, 1, row),))
        )
        assert "▀" in game.app.story.prose.text
        game.app.choose("drawings", "letters")
        assert "▀" not in game.app.story.prose.text


async def test_completion_can_be_turned_off(playing):
    from oz.tui.completion.client import Completer

    completer = Completer(("/nowhere/at/all",))
    async with playing(size=(120, 40), completer=completer) as game:
        await game.open_desk()
        assist = game.app.screen.query_one("#assist")
        assert assist.display
        game.app.choose("completion", "off")
        assert not assist.display


async def test_the_settings_are_not_opened_over_themselves(playing):
    async with playing() as game:
        await open_settings(game)
        depth = len(game.app.screen_stack)
        await game.app.action_settings()
        assert len(game.app.screen_stack) == depth


@pytest.mark.parametrize("size", SIZES)
async def test_a_long_line_of_code_is_shown_whole_unless_it_is_wanted_sideways(playing, size):
    async with playing(size=size) as game:
        await game.open_desk()
        await game.pilot.press("f3")
        long = f"stones = [{', '.join(map(str, range(100, 150)))}]"
        game.app.screen.query_one("#editor").set_text(long)
        await game.until_text("149]")
        game.app.choose("lines", "sideways")
        await game.until(lambda: "149]" not in game.text or size[0] > len(long))
