"""A terminal that takes ASCII alone: what is on the screens stands there in letters."""

from __future__ import annotations

import io
import sys

import pytest
from rich.cells import cell_len

from oz.letters import in_letters
from tests.tui.fake import flood, passing


@pytest.fixture
def ascii_terminal(monkeypatch):
    monkeypatch.setattr(sys, "__stdout__", io.TextIOWrapper(io.BytesIO(), "ascii"))


def painted(game) -> str:
    """What is sent to the terminal, line by line."""
    filters = game.app.get_line_filters()
    ground = game.app.screen.background_colors[1]
    strips = game.app.screen._compositor.render_strips()
    lines = []
    for strip in strips:
        shown = strip
        for one in filters:
            shown = shown.apply_filter(one, ground)
        lines.append(shown.text.rstrip())
    return "\n".join(lines)


async def test_every_screen_is_in_letters(playing, ascii_terminal):
    async with playing() as game:
        assert painted(game).isascii()
        await game.pilot.press("f2")
        await game.until_text("Goals")
        shown = painted(game)
        assert shown.isascii()
        assert "@" in shown  # where one is, on the map
        await game.pilot.press("f2")
        game.session.casts.append([flood(40), passing("munchkins/first-stones")])
        await game.open_desk()
        assert painted(game).isascii()
        await game.pilot.press("f5")
        await game.until_text("The spell holds.")
        shown = painted(game)
        assert shown.isascii()
        assert "+ The spell holds." in shown
        await game.type("journal")
        await game.until_text("spells in your own code")
        assert painted(game).isascii()


async def test_elsewhere_signs_are_signs(playing):
    async with playing() as game:
        assert not painted(game).isascii()


@pytest.mark.parametrize("text", ["◉────✦", "✓  ok", "‘so’ – “so” …", "█▇▆▅▄▃▂▁ 3 × 4", "ü 日本"])
def test_every_sign_keeps_its_cell(text):
    assert cell_len(in_letters(text)) == cell_len(text)
