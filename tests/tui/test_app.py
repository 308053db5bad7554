"""The app: themes, help, the palette, no colour, and that nothing is only a key."""

from __future__ import annotations

import json

import pytest
from textual.binding import Binding

from oz.tui.app import OzApp, run
from oz.tui.commands import Command, find, shown_keys
from oz.tui.screens.base import EVERYWHERE
from oz.tui.screens.desk import DeskScreen
from oz.tui.screens.desk_commands import OWN as DESK
from oz.tui.screens.solution import OWN as SOLUTION
from oz.tui.screens.story import OWN as STORY
from oz.tui.screens.story import StoryScreen
from oz.tui.screens.title import OWN as TITLE
from oz.tui.settings import Settings, load_settings
from oz.tui.themes import NAMES, THEMES

EVERY = (*TITLE, *STORY, *DESK, *SOLUTION, *EVERYWHERE)


@pytest.mark.parametrize("command", EVERY, ids=lambda command: command.words[0])
def test_every_command_has_a_word_and_a_line_of_help(command: Command):
    assert command.words
    assert command.words[0]
    assert command.help.endswith(".")


@pytest.mark.parametrize("screen", [StoryScreen, DeskScreen])
def test_every_key_of_a_screen_is_a_command(screen):
    keys = {key for command in (*screen.OWN, *EVERYWHERE) for key in command.keys.split(",") if key}
    bound = {key for b in screen.BINDINGS if isinstance(b, Binding) for key in b.key.split(",")}
    assert bound == keys


@pytest.mark.parametrize("screen", [StoryScreen, DeskScreen])
def test_no_key_and_no_word_means_two_things(screen):
    commands = (*screen.OWN, *EVERYWHERE)
    keys = [key for command in commands for key in command.keys.split(",") if key]
    words = [word for command in commands for word in command.words]
    assert len(keys) == len(set(keys))
    assert len(words) == len(set(words))


def test_a_word_is_found_with_what_follows_it():
    assert find(EVERYWHERE, "  Theme   light ")[1] == "light"
    assert find(EVERYWHERE, "helper") is None
    assert find(DESK, "panel") is None
    assert find(STORY, "page up")[0].keys == "pageup"


def test_keys_are_shown_as_players_know_them():
    command = Command("x", ("x",), "X.", "ctrl+underscore,ctrl+slash,f5,pageup,escape")
    assert shown_keys(command) == "Ctrl+/, F5, PgUp, Esc"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_help_says_every_key_and_word_and_closes(playing, size):
    async with playing(size=size) as game:
        await game.open_desk()
        await game.pilot.press("f1")
        await game.until_text("How to play")
        told = game.app.screen.query_one("#page").text
        for command in DESK:
            assert command.words[0] in told
            assert shown_keys(command) in told
            words = f"{command.words[0]} {command.takes}".strip()
            assert f"{words} {command.help[:6]}" in " ".join(told.split())
        await game.pilot.press("escape")
        await game.until_text("First stones")
        await game.type("help")
        await game.until_text("How to play")


async def test_the_palette_finds_every_command(playing):
    async with playing() as game:
        await game.open_desk()
        titles = {c.title.lower() for c in game.app.get_system_commands(game.app.screen)}
        for command in (*DESK, *EVERYWHERE):
            assert command.words[0] in titles or command.words[0] == "theme"
        await game.pilot.press("ctrl+p")
        await game.until_text("Search for commands")
        await game.pilot.press(*"hint")
        await game.until_text("The next hint.")
        await game.pilot.press("enter")
        await game.until_text("Hint 1 of 3")


@pytest.mark.parametrize("theme", NAMES)
async def test_a_theme_is_chosen_by_word_and_remembered(playing, own_home, theme):
    async with playing() as game:
        await game.type(f"theme {theme}")
        await game.until(lambda: game.app.theme == theme)
    assert json.loads((own_home / "config" / "oz" / "settings.json").read_text())["theme"] == theme
    assert load_settings() == Settings(theme)


async def test_a_theme_that_there_is_not(playing):
    async with playing() as game:
        await game.type("theme emerald")
        await game.until_text("There is no theme 'emerald'")


@pytest.mark.parametrize("kept", ["", "[]", '{"theme": "nonsense"}', '{"theme": 3}', "\x00"])
def test_settings_that_cannot_be_read_are_those_of_a_first_start(own_home, kept):
    path = own_home / "config" / "oz" / "settings.json"
    path.parent.mkdir(parents=True)
    path.write_text(kept, "utf-8")
    assert load_settings() == Settings()


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_colour_can_be_read(theme):
    least = 7.0 if theme.name == "contrast" else 4.5
    colors = {
        name: getattr(theme, name)
        for name in ("primary", "secondary", "accent", "error", "success", "foreground")
    }
    colors |= {name: c for name, c in theme.variables.items() if c[0] == "#" and name != "hairline"}
    for name, color in colors.items():
        assert contrast(color, theme.background) >= least, name


async def test_no_colour_says_the_same(playing, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("✗ Not yet.")
        styles = {
            segment.style.color.get_truecolor()
            for strip in game.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None and segment.style.color is not None
        }
        assert "✗  not yet" in game.text
        assert styles


def test_a_fault_of_the_screens_is_written_down_and_told(own_home, monkeypatch, capsys, tmp_path):
    def broken(self, *args, **more):
        self._handle_exception(ValueError("a fault of the screens"))

    monkeypatch.setattr(OzApp, "run", broken)
    assert run(tmp_path) == 1
    assert "fault of its own" in capsys.readouterr().err
    log = own_home / "state" / "oz" / "log" / "errors.log"
    assert "a fault of the screens" in log.read_text("utf-8")
