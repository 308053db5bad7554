"""Reading the story: searching in it, and clicking on what it names."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from oz.story.events import Said, Voice
from oz.tui.typeset import Block, plain
from oz.tui.widgets.prose import Prose


def place_of(game, text: str) -> tuple[int, int]:
    """Column and row on the screen at which `text` stands."""
    for row, line in enumerate(game.text.split("\n")):
        if text in line:
            return line.index(text), row
    raise AssertionError(f"{text!r} is not in sight:\n{game.text}")


async def click(game, text: str) -> None:
    await game.pilot.click(offset=place_of(game, text))
    await game.pilot.pause()


@pytest.mark.parametrize(("text", "line"), [("ledger", "examine ledger"), ("Toto", "examine Toto")])
async def test_a_thing_in_sight_can_be_clicked(playing, text, line):
    async with playing(size=(80, 40)) as game:
        await click(game, text)
        await game.until(lambda: game.session.lines == [line])


async def test_a_word_that_names_nothing_is_no_command(playing):
    async with playing(size=(80, 40)) as game:
        await click(game, "bruise")
        assert game.session.lines == []


async def test_what_is_in_bold_is_done_when_it_is_clicked(playing):
    async with playing() as game:
        await game.type("wait")
        game.app.screen.tell(Said("Now type **cast first-stones**.", Voice.CUE))
        await game.until_text("type cast first-stones")
        await click(game, "first-stones")
        await game.until(lambda: type(game.app.screen).__name__ == "DeskScreen")


async def test_a_name_that_the_book_has_is_looked_up_when_it_is_clicked(playing):
    async with playing() as game:
        await game.type("wait")
        game.app.screen.tell(Said("It was `torch.arange(7)`, or `torch.egg`.", Voice.CUE))
        await game.until_text("torch.egg")
        await click(game, "torch.egg")
        await click(game, "arange(7)")
        await game.until(lambda: game.session.lines[1:] == ["reference torch.arange"])


async def test_a_name_is_looked_up_from_the_desk(playing):
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        await game.until_text("To look up: torch.arange")
        await click(game, "torch.arange")
        await game.until(lambda: game.session.lines[1:] == ["reference torch.arange"])


async def test_the_story_is_searched_from_its_end(playing):
    async with playing() as game:
        await game.type("long")
        await game.until_text("Paragraph 0.")
        await game.type("search story Paragraph 5")
        await game.until_text("11 of 11: 'Paragraph 5'")
        assert "Paragraph 59." in game.text
        await game.pilot.press("ctrl+n")
        await game.until_text("10 of 11")
        assert "Paragraph 58." in game.text
        await game.pilot.press("ctrl+f", *"aunt em", "enter")
        await game.until_text("1 of 1: 'aunt em'")
        assert "does not look up" in game.text
        await game.type("search story xyzzy")
        await game.until_text("The story on this page has no 'xyzzy'.")


class Early(App[None]):
    """A column that is told a long page before it knows how wide it is."""

    def compose(self) -> ComposeResult:
        yield Prose(follow=True)

    def on_mount(self) -> None:
        prose = self.query_one(Prose)
        prose.add([Block(plain(f"Paragraph {n}.", "")) for n in range(60)])
        prose.reveal(0)


async def test_a_page_told_before_the_first_layout_is_read_from_its_beginning():
    app = Early()
    async with app.run_test(size=(80, 24)) as pilot:
        prose = app.query_one(Prose)
        while not prose.max_scroll_y:
            await pilot.pause()
        await pilot.pause()
        assert prose.scroll_offset.y == 0


@pytest.mark.parametrize("size", [(80, 18), (62, 24), (100, 30)])
async def test_what_is_being_read_is_kept_when_the_terminal_changes(playing, size):
    async with playing(size=(80, 24)) as game:
        await game.type("long")
        await game.until_text("Paragraph 0.")
        await game.type("x ledger")
        await game.until_text("│ tensor([[3, 1, 4],")
        await game.pilot.resize_terminal(*size)
        await game.until(lambda: game.app.screen.size == size)
        await game.pilot.pause()
        assert "› x ledger" in game.text
        assert "[1, 5, 9]," in game.text
