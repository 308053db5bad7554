"""The journal, the spellbook and the statistics on screen, at every size and by every key."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from oz.campaign import load
from oz.crucible import Crucible
from oz.session import Session
from oz.tui.screens.statistics import table
from oz.tui.screens.volume import Row, narrowed
from oz.tui.typeset import Look
from tests.session.finished import OWN, walk
from tests.tui.books import CODE, FakeShelf, report, stage
from tests.tui.conftest import SIZES
from tests.tui.fake import FakeSession


async def opened(game, line: str, name: str) -> None:
    """Type `line` and wait for the screen called `name`."""
    await game.type(line)
    await game.until(lambda: type(game.app.screen).__name__ == name, name)
    await game.pilot.pause()


# --- the journal --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_journal_has_a_list_and_a_page_of_ones_own_code(playing, size):
    async with playing(size=size) as game:
        await game.pilot.press("f4")
        await game.until_text("2 spells in your own code")
        assert "A ledger is a tensor" in game.text
        await game.pilot.press("down")
        await game.until_text("arange stops before its end.")
        await game.pilot.press("down")
        await game.until_text("First passed on 2026-03-14; 3 casts, 1 hint.")
        await game.pilot.press("pagedown")
        await game.until_text("# Counted from the wrong bank")
        for key in ("Esc Back", "Tab Page", "F2 Wide", "F1 Help"):
            assert key in game.text
        await game.pilot.press("pageup", "escape")
        await game.until_text("does not look up")


@pytest.mark.parametrize(
    ("line", "shows"),
    [
        ("journal", "A ledger is a tensor"),
        ("diary", "A ledger is a tensor"),
        ("journal munchkins", "Counting. 2 of 3 spells passed."),
        ("journal first stones", "What was wanted:"),
    ],
)
async def test_the_journal_is_opened_by_its_words(playing, line, shows):
    async with playing() as game:
        await opened(game, line, "JournalScreen")
        await game.until_text(shows)


async def test_what_is_not_in_the_journal_is_said(playing):
    async with playing() as game:
        await game.type("journal nowhere")
        await game.until_text("The journal has nothing on 'nowhere'.")


async def test_the_page_of_a_prediction_has_the_program_and_the_answers(playing):
    async with playing(size=(120, 60)) as game:
        await opened(game, "journal two-pebbles", "JournalScreen")
        await game.until_text("print(x[2:4])")
        assert "first = [2, 3]" in game.text


async def test_every_key_and_word_of_the_journal(playing):
    async with playing() as game:
        await opened(game, "journal munchkins", "JournalScreen")
        screen = game.app.screen
        await game.pilot.press("f2")
        await game.until(lambda: not screen.query_one("#rows").display, "the page alone")
        await game.pilot.press("f2")
        await game.until(lambda: screen.query_one("#rows").display, "the list again")
        await game.pilot.press("tab")
        assert screen.focused.id == "page"
        await game.pilot.press("down", "up", "tab")
        assert screen.focused.id == "rows"
        await game.type("wide")
        await game.until(lambda: screen.has_class("-alone"), "wide")
        await game.type("page")
        await game.until(lambda: screen.focused.id == "page", "the page")
        await game.type("list")
        await game.until(lambda: screen.focused.id == "rows", "the list")
        assert not screen.has_class("-alone")
        await game.type("back")
        await game.until_text("what do you do?")


async def test_the_list_is_narrowed_down_as_one_types(playing):
    async with playing() as game:
        await opened(game, "journal", "JournalScreen")
        await game.pilot.press("p", "e", "b")
        rows = game.app.screen.query_one("#rows", OptionList)
        await game.until(lambda: rows.option_count == 2, "the stage and its spell")
        assert rows.highlighted == 1
        await game.until_text("Two pebbles")
        await game.pilot.press("enter")
        await game.until(lambda: rows.option_count == 4, "all again")
        await game.until(lambda: rows.highlighted == 3, "still the spell that was found")
        await game.pilot.press("x", "y", "z", "enter")
        await game.until_text("Nothing here has 'xyz'.")


async def test_the_arrows_move_in_the_list_from_the_line(playing):
    async with playing() as game:
        await opened(game, "journal", "JournalScreen")
        rows = game.app.screen.query_one("#rows", OptionList)
        game.app.screen.query_one("#prompt", Input).focus()
        await game.pilot.press("down", "down", "up")
        assert rows.highlighted == 1


async def test_an_empty_journal_and_an_empty_spellbook_say_so(playing):
    async with playing() as game:
        game.session.shelf.pages = ()
        game.session.shelf.chapters = ()
        await opened(game, "journal", "JournalScreen")
        await game.until_text("The journal is empty yet.")
        await game.pilot.press("enter", "down", "f2", "escape")
        await opened(game, "spellbook", "SpellbookScreen")
        await game.until_text("Your spellbook is empty yet.")
        await game.pilot.press("f5")
        await game.until_text("There is no example on this page.")


# --- the spellbook ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_page_of_the_spellbook_and_its_example(playing, size):
    async with playing(size=size) as game:
        await game.pilot.press("f5")
        await game.until_text("3 names met")
        await game.pilot.press("down")
        await game.until_text("F5 or run runs it.")
        await game.until_text("your line 4")
        await game.pilot.press("f5")
        await game.until_text("tensor([0, 1, 2])")
        assert "It prints" in game.text
        for key in ("Esc Back", "F5 Run", "Tab Page", "F2 Wide", "F1 Help"):
            assert key in game.text
        await game.pilot.press("escape")
        await game.until_text("does not look up")


async def test_a_name_that_is_asked_for_is_opened_and_run(playing):
    async with playing() as game:
        await opened(game, "spellbook arange", "SpellbookScreen")
        await game.until_text("tensor([0, 1, 2])")
        assert game.session.shelf.ran == ["torch.arange"]


async def test_a_stage_shows_what_was_met_and_what_is_left(playing):
    async with playing() as game:
        await opened(game, "spellbook munchkins", "SpellbookScreen")
        await game.until_text("2 more names are to be met here.")
        assert game.session.shelf.ran == []


async def test_what_was_not_met_is_said(playing):
    async with playing() as game:
        await game.type("spellbook torch.compile")
        await game.until_text("Your spellbook has nothing on 'torch.compile'.")


async def test_an_example_that_fails_and_a_page_without_one(playing):
    async with playing() as game:
        await opened(game, "spellbook zeros", "SpellbookScreen")
        await game.until_text("It did not work")
        assert "no noughts today" in game.text
        await game.pilot.press("down")
        await game.until_text("Tensor.view")
        await game.type("run")
        await game.until_text("There is no example on this page.")
        await game.until_text("No spell you have opened uses it so far.")


async def test_nothing_waits_while_an_example_runs(playing):
    async with playing() as game:
        hold = game.session.shelf.hold = asyncio.Event()
        await opened(game, "spellbook", "SpellbookScreen")
        await game.pilot.press("down", "enter")
        await game.until_text("It is being run …")
        await game.pilot.press("f5")
        await game.until_text("One example is being run already.")
        await game.pilot.press("down", "down")
        await game.until_text("A tensor of noughts.")
        hold.set()
        await game.pilot.press("up", "up")
        await game.until_text("tensor([0, 1, 2])")
        assert game.session.shelf.ran == ["torch.arange"]


async def test_leaving_in_the_middle_of_an_example_is_no_trouble(playing):
    async with playing() as game:
        game.session.shelf.hold = asyncio.Event()
        await opened(game, "spellbook arange", "SpellbookScreen")
        await game.pilot.press("escape")
        await game.type("north")
        await game.until_text("Hens, in rows.")


async def test_typing_a_word_leaves_the_page_that_was_in_front(playing):
    async with playing() as game:
        await opened(game, "spellbook", "SpellbookScreen")
        await game.pilot.press("down", "r", "u", "n", "enter")
        await game.until_text("tensor([0, 1, 2])")
        assert game.session.shelf.ran == ["torch.arange"]


# --- statistics ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_figures_fit(playing, size):
    async with playing(size=size) as game:
        await game.pilot.press("f6")
        await game.until_text("7 of 9 spells in 1 hour and 7 minutes of playing")
        for told in (
            "the last 2 in a row; the most in a row was 3",
            "Kansas                    ━━━━━━━━",
            "42 min",
            "12 casts that did not hold, and not yet, 3 hints. softmax was applied twice.",
        ):
            assert told in game.text or told in " ".join(game.text.split()), told
        await game.pilot.press("pagedown", "pageup", "escape")
        await game.until_text("does not look up")


async def test_the_words_of_the_figures(playing):
    async with playing() as game:
        await opened(game, "stats", "StatisticsScreen")
        await game.pilot.press("q")
        await game.until_text("what do you do?")


def test_the_table_in_letters_and_where_it_is_narrow():
    stages = FakeShelf.statistics(None).stages
    wide = table(stages, 76, Look(letters=True)).plain.split("\n")
    assert wide[1].startswith("Kansas                    ######## ")
    assert wide[2].startswith("Glinda, the silver shoe…  ###----- ")
    assert wide[0].endswith("hints")
    assert max(map(len, wide)) <= 76
    narrow = table(stages, 50, Look()).plain.split("\n")
    assert max(map(len, narrow)) <= 50
    assert narrow[0].endswith("spells")


# --- from the desk, and for real ------------------------------------------------------------------


@pytest.mark.parametrize("word", ["journal", "spellbook", "statistics"])
async def test_the_books_are_opened_from_a_desk_too(playing, word):
    async with playing() as game:
        await game.open_desk()
        await opened(game, word, f"{word.capitalize()}Screen")
        await game.pilot.press("escape")
        await game.until(lambda: type(game.app.screen).__name__ == "DeskScreen", "the desk")


async def read_to_the_end(game) -> None:
    """Wait for what a page has run and read in the background; a page that is shown anew begins
    that anew, and cancels what was under way."""
    while under_way := [
        one
        for one in game.app.workers
        if one.group in {"example", "places"} and not one.is_finished
    ]:
        await asyncio.gather(*(one.wait() for one in under_way), return_exceptions=True)


async def test_the_books_of_a_real_journey(playing, crucible: Crucible, tmp_path: Path):
    folder = tmp_path / "saves" / "dorothy"
    walk(folder, load(None), "kansas", "munchkins")
    async with (
        await Session.open(folder, crucible=crucible) as session,
        playing(size=(120, 50), session=session) as game,
    ):
        await opened(game, "journal scales", "JournalScreen")
        await game.until_text(OWN.strip())
        await game.pilot.press("escape")
        await opened(game, "spellbook arange", "SpellbookScreen")
        await asyncio.wait_for(read_to_the_end(game), 60)
        await game.until_text("tensor([0, 1, 2, 3, 4]) tensor([2, 5, 8])")
        await game.until_text("your line")


# --- narrowing down -----------------------------------------------------------------------------

ROWS = (
    Row("a", "Kansas", heading=True),
    Row("a/1", "arange", words="torch.arange(start, end)"),
    Row("b", "Munchkin country", heading=True),
    Row("b/1", "zeros"),
    Row("b/2", "full"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["a", "a/1", "b", "b/1", "b/2"]),
        ("  ", ["a", "a/1", "b", "b/1", "b/2"]),
        ("ZER", ["b", "b/1"]),
        ("torch end", ["a", "a/1"]),
        ("munch", ["b"]),
        ("nothing", []),
    ],
)
def test_narrowing(typed: str, found: list[str]):
    assert [row.id for row in narrowed(ROWS, typed)] == found


async def test_one_spell_of_ones_own_is_one(playing, tmp_path):
    session = FakeSession(tmp_path / "spells")
    first = next(iter(session.spells.values()))
    session.shelf.pages = (stage("munchkins", "Munchkin country", (report(first, CODE),)),)
    async with playing(session=session) as game:
        await opened(game, "journal", "JournalScreen")
        await game.until_text("1 spell in your own code")


async def test_the_statistics_say_whether_more_stands_below(playing):
    async with playing(size=(80, 16)) as game:
        await opened(game, "statistics", "StatisticsScreen")
        await game.until_text("PgDn More")
        await game.pilot.press("end")
        await game.until(lambda: "PgDn" not in game.text, "the end")


# --- several commands on a line -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("journal then look", "JournalScreen"),
        ("journal munchkins then look", "JournalScreen"),
        ("spellbook, then look", "SpellbookScreen"),
        ("statistics then look", "StatisticsScreen"),
        ("settings then look", "SettingsScreen"),
    ],
)
async def test_what_follows_on_the_line_is_done_too(playing, line, name):
    async with playing() as game:
        await opened(game, line, name)
        await game.until(lambda: game.session.lines == ["look"], "the second command")
        assert not game.app._notifications


async def test_at_the_desk_too(playing):
    async with playing() as game:
        await game.open_desk()
        await game.type("hint then journal")
        await game.until(lambda: type(game.app.screen).__name__ == "JournalScreen", "the journal")
        assert set(game.session.seen.values()) == {0, 1}


async def test_what_is_sought_may_have_any_words(playing):
    async with playing() as game:
        await game.type("search story hens then")
        await game.until_text("The story on this page has no 'hens then'.")


async def test_what_is_chosen_stays_in_sight_when_the_window_shrinks(playing, tmp_path):
    session = FakeSession(tmp_path / "spells")
    session.shelf.pages = tuple(stage(f"s{n}", f"The {n}th stage", ()) for n in range(25))
    async with playing(size=(120, 40), session=session) as game:
        await opened(game, "journal s22", "JournalScreen")
        await game.until_text("The 22th stage  ")
        await game.pilot.resize_terminal(80, 16)
        await game.until_text("The 22th stage  ")
