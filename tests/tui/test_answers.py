"""Other versions of the draft: attempts leafed through and brought back, differences shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.tui.differing import compared
from tests.tui.conftest import SIZES
from tests.tui.test_desk import SPELL, editor_of, screen_name

WIDE = (120, 40)


async def cast(game, source: str, number: int) -> None:
    """Cast `source`, the attempt of this number."""
    editor_of(game).set_text(source)
    await game.pilot.press("f5")
    await game.until_text(f"{number} attempt")
    await game.until(lambda: not game.app.screen.has_class("-running"))


@pytest.mark.parametrize("size", SIZES)
async def test_attempts_are_read_and_brought_back(playing, size):
    async with playing(size=size) as game:
        await game.open_desk()
        await game.type("attempts")
        await game.until_text("This spell was not cast yet.")
        await cast(game, "stones = 1\n", 1)
        await cast(game, "stones = 2\n", 2)
        await game.type("attempts")
        await game.until(lambda: screen_name(game) == "AttemptsScreen")
        await game.until_text("stones = 2")
        assert "not yet" in game.text
        await game.pilot.press("down")
        await game.until_text("stones = 1")
        await game.pilot.press("f3")
        await game.until_text("- stones = 1")
        assert "+ stones = 2" in game.text
        await game.pilot.press("enter")
        await game.until(lambda: screen_name(game) == "DeskScreen")
        assert editor_of(game).text == "stones = 1\n"
        assert game.session.drafts[SPELL] == "stones = 1\n"
        editor_of(game).undo()
        assert editor_of(game).text == "stones = 2\n"


@pytest.mark.parametrize("size", SIZES)
async def test_the_draft_is_compared_with_what_there_is(playing, size):
    async with playing(size=size) as game:
        await game.open_desk()
        await game.type("diff")
        await game.until_text("Your draft is the same, line for line.")
        assert "F2 Starter" in game.text
        assert "Model answer" not in game.text
        await game.pilot.press("escape")
        await game.until(lambda: screen_name(game) == "DeskScreen")
        game.session.seen[SPELL] = 3
        await cast(game, "stones = 1\n", 1)
        await game.type("compare")
        await game.until_text("- stones = torch.zeros(7)")
        assert "1 + stones = 1" in game.text
        await game.pilot.press("f3")
        await game.until_text("Your draft is the same, line for line.")
        await game.pilot.press("f4")
        await game.until_text("- stones = torch.arange(7)")


@given(st.text("ab\n", max_size=30), st.text("ab\n", max_size=30))
def test_every_line_that_differs_is_shown_with_its_sign(old, new):
    (block,) = compared(old, new, same="alike")
    lines = block.content.plain.split("\n")
    if old.splitlines() == new.splitlines():
        assert lines == ["alike"]
        return
    went = sum(line.startswith("     - ") for line in lines)
    came = sum(line[5:6] == "+" for line in lines)
    assert len(new.splitlines()) - len(old.splitlines()) == came - went


def test_long_stretches_alike_are_counted():
    old = [str(n) for n in range(40)]
    new = [*old[:20], "x", *old[21:]]
    (block,) = compared("\n".join(old), "\n".join(new), same="")
    assert block.content.plain.split("\n") == [
        "     … 17 lines alike",
        "  18   17",
        "  19   18",
        "  20   19",
        "     - 20",
        "  21 + x",
        "  22   21",
        "  23   22",
        "  24   23",
        "     … 16 lines alike",
    ]
