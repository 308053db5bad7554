"""Pictures in half blocks, and in letters where there is no colour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.crucible.model import Picture
from oz.session.model import Conjured
from oz.tui import pictures
from oz.tui.pictures import cells, laid
from oz.tui.typeset import Look
from tests.tui.fake import failing

SPELL = "munchkins/first-stones"
COLOUR, LETTERS = Look(), Look(letters=True)


def shaded(name: str, width: int, height: int) -> Picture:
    """From black at the left to white at the right."""
    row = bytes(255 * x // max(1, width - 1) for x in range(width))
    return Picture(name, width, height, 1, row * height)


def test_two_pixels_are_in_a_cell() -> None:
    picture = Picture("p", 2, 2, 3, bytes((255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9)))
    (line,) = cells(picture, 2, 2, COLOUR)
    assert line.plain == "▀▀"
    found = [(span.style.foreground.rgb, span.style.background.rgb) for span in line.spans]
    assert found == [((255, 0, 0), (0, 0, 255)), ((0, 255, 0), (9, 9, 9))]


def test_without_colour_it_is_drawn_in_letters_and_turned_about_on_light_ground() -> None:
    picture = shaded("p", 10, 2)
    assert cells(picture, 10, 2, LETTERS)[0].plain == pictures.RAMP
    assert cells(picture, 10, 2, Look(letters=True, dark=False))[0].plain == pictures.RAMP[::-1]


def test_a_small_picture_is_enlarged_in_whole_steps() -> None:
    lines = laid((shaded("p", 8, 8),), 20, 70, LETTERS).plain.split("\n")
    assert [len(line) for line in lines[:-1]] == [24] * 12
    assert lines[-1] == "p 8×8"


def test_pictures_stand_side_by_side_where_there_is_room() -> None:
    both = (shaded("one", 20, 10), shaded("two", 20, 20))
    wide = laid(both, 20, 70, LETTERS).plain.split("\n")
    assert wide[-1] == f"{'one 20×10':<22}two 20×20"
    assert len(wide) == 11
    narrow = laid(both, 20, 30, LETTERS).plain.split("\n")
    assert [line for line in narrow if "×" in line] == ["one 20×10", "two 20×20"]


@given(
    width=st.integers(1, 700), height=st.integers(1, 700), room=st.integers(10, 80),
    channels=st.sampled_from([1, 3]),
)  # fmt: skip
def test_any_picture_fits(width: int, height: int, room: int, channels: int) -> None:
    picture = Picture("any", width, height, channels, bytes(width * height * channels))
    for look in (COLOUR, LETTERS):
        drawn = laid((picture,), 20, room, look)
        lines = drawn.split("\n", allow_blank=True)
        assert len(lines) <= 21
        assert max(line.cell_length for line in lines) <= room


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_pictures_of_a_run_stand_under_its_verdict(playing, size) -> None:
    async with playing(size=size) as game:
        told = failing(SPELL)
        first, last = shaded("digit", 8, 8), shaded("digit", 10, 10)
        game.session.casts.append([[*told[:2], first, last, *told[2:]]])
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("✗ Not yet.")
        verdict = game.app.screen.query_one("#verdict")
        await game.until(lambda: "digit 10×10" in verdict.text)
        assert "digit 8×8" not in verdict.text
        assert "▀▀▀▀▀▀▀▀" in verdict.text


async def test_a_thing_in_the_story_shows_its_pictures(playing) -> None:
    async with playing() as game:
        shown = Conjured("kansas/ledger", "", pictures=(shaded("seven", 8, 8),))
        game.app.screen.tell(shown)
        assert "seven 8×8" in game.app.screen.prose.text
        assert "nothing was printed" not in game.app.screen.prose.text


async def test_no_color_draws_in_letters(playing, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with playing() as game:
        game.app.screen.tell(Conjured("kansas/ledger", "7", pictures=(shaded("p", 10, 10),)))
        assert "@" in game.app.screen.prose.text
        assert "▀" not in game.app.screen.prose.text
