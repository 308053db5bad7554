"""The story screen: typing, reading, the panel, at every size."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from oz.tui.widgets.prose import MEASURE
from tests.tui.conftest import SIZES
from tests.tui.fake import FakeSession


@pytest.mark.parametrize("size", SIZES)
async def test_the_opening_is_told_and_fits(playing, size):
    async with playing(size=size) as game:
        await game.until_text("does not look up")
        assert "Kansas · The kitchen" in game.text
        assert "7 of 120 points" in game.text
        assert "what do you do?" in game.text
        assert "F1 Help" in game.text
        for line in game.app.screen.prose.text.split("\n"):
            assert len(line.strip()) <= MEASURE


@pytest.mark.parametrize("size", SIZES)
async def test_a_typed_line_is_answered_and_the_header_follows(playing, size):
    async with playing(size=size) as game:
        await game.type("north")
        await game.until_text("Hens, in rows.")
        assert "› north" in game.text
        assert "+2 points for going out" in game.text
        assert "Kansas · The yard" in game.text
        assert "1 turn" in game.text


async def test_real_output_stands_apart_and_who_speaks_is_named(playing):
    async with playing(size=(120, 40)) as game:
        await game.type("x ledger")
        await game.until_text("│ tensor([[3, 1, 4],")
        assert "│ The ledger" in game.text
        assert "│         [1, 5, 9]," in game.text
        await game.type("talk to em")
        await game.until_text('▎ "There is weather coming,"')
        assert "▎ Aunt Em" in game.text


async def test_what_the_story_says_is_never_markup(playing):
    async with playing() as game:
        await game.type("markup")
        await game.until_text("[bold]not bold[/bold] and [/nothing]")


async def test_lines_typed_quickly_are_answered_in_their_order(playing):
    async with playing() as game:
        prompt = game.app.screen.query_one("#prompt", Input)
        for line in ("north", "fly", "talk to em"):
            prompt.value = line
            prompt.post_message(Input.Submitted(prompt, line))
            await game.pilot.pause()
        await game.until_text("You could ask about")
        assert game.session.lines == ["north", "fly", "talk to em"]


async def test_history_is_walked_with_the_arrows(playing):
    async with playing() as game:
        prompt = game.app.screen.query_one("#prompt", Input)
        await game.pilot.press("a", "up")
        assert prompt.value == "x ledger"
        await game.pilot.press("up", "up")
        assert prompt.value == "look"
        await game.pilot.press("down", "down")
        assert prompt.value == "a"


async def test_the_ghost_is_taken_with_tab_and_right(playing):
    async with playing() as game:
        prompt = game.app.screen.query_one("#prompt", Input)
        await game.pilot.press("n", "o")
        await game.until_text("north")
        await game.pilot.press("right")
        assert prompt.value == "north"
        prompt.value = ""
        await game.pilot.press("e", "tab")
        assert prompt.value == "examine ledger"
        await game.pilot.press("tab")
        assert prompt.value == "examine Toto"
        await game.pilot.press("tab")
        assert prompt.value == "examine ledger"


async def test_the_panel_is_beside_the_story_where_there_is_room(playing):
    async with playing(size=(120, 40)) as game:
        await game.until_text("Find out what the ledger")
        for text in ("Map", "◉┄┄┄┄┄✦", "Goals", "Carrying", "a basket", "First stones"):
            assert text in game.text
        await game.pilot.press("f2")
        await game.until(lambda: "Carrying" not in game.text)
        await game.pilot.press("f2")
        await game.until_text("Carrying")


@pytest.mark.parametrize(
    ("word", "shown"), [("map", "◉┄┄┄┄┄✦"), ("goals", "Find out"), ("inventory", "a basket")]
)
async def test_at_80_columns_a_word_opens_the_panel(playing, word, shown):
    async with playing(size=(80, 24)) as game:
        assert "Carrying" not in game.text
        await game.type(word)
        await game.until_text(shown)
        assert game.session.lines == []
        # The picture is there now: said again, the word is answered in words.
        await game.type(word)
        await game.until(lambda: game.session.lines == [word])
        await game.type("panel")
        await game.until(lambda: not game.app.screen.panel_in_sight)


async def test_a_long_answer_is_read_from_its_beginning(playing):
    async with playing() as game:
        await game.type("long")
        await game.until(lambda: "Paragraph 59" in game.app.screen.prose.text)
        await game.until_text("› long")
        assert "Paragraph 0." in game.text
        await game.pilot.press("pagedown")
        await game.until(lambda: "› long" not in game.text)
        await game.pilot.press("pageup")
        await game.until_text("› long")


async def test_the_window_can_be_resized_at_any_moment(playing):
    async with playing() as game:
        await game.type("x ledger")
        for size in ((200, 60), (61, 17), (100, 30), (60, 16), (80, 24)):
            await game.pilot.resize_terminal(*size)
            await game.pilot.pause()
            await game.type("talk to em")
            await game.until_text("You could ask about")
            assert "F1 Help" in game.text
            assert "what do you do?" in game.text


@pytest.mark.parametrize("size", [(59, 24), (80, 15), (20, 5)])
async def test_a_terminal_that_is_too_small_gets_a_sentence(playing, size):
    async with playing() as game:
        await game.pilot.resize_terminal(*size)
        await game.until_text("Oz needs")
        await game.pilot.resize_terminal(80, 24)
        await game.until_text("what do you do?")
        assert "Oz needs" not in game.text


async def test_an_error_of_our_own_is_noted_and_the_game_goes_on(playing, own_home):
    async with playing() as game:
        await game.type("boom")
        await game.until_text("Something in the game")
        log = own_home / "state" / "oz" / "log" / "errors.log"
        assert "a fault of the session's" in log.read_text("utf-8")
        await game.type("north")
        await game.until_text("Hens, in rows.")


async def test_leaving_closes_the_journey(playing):
    async with playing() as game:
        await game.type("leave the game")
        await game.until(lambda: game.app.return_value == 0)
    assert game.session.closed
    assert game.app.return_code == 0


async def test_the_desk_key_goes_to_the_spell_that_waits(playing):
    async with playing() as game:
        await game.pilot.press("f3")
        await game.until(lambda: type(game.app.screen).__name__ == "DeskScreen")
        await game.pilot.press("f10")
        await game.until(lambda: type(game.app.screen).__name__ == "StoryScreen")


async def test_run_goes_to_the_desk_and_runs(playing):
    async with playing() as game:
        await game.type("run")
        await game.until_text("✗ Not yet.")


async def test_the_title_can_be_gone_back_to(playing):
    async with playing() as game:
        await game.type("title")
        await game.until_text("The road opens when it works")
        assert game.session.closed


async def test_a_long_transcript_stays_bounded(playing):
    async with playing() as game:
        prose = game.app.screen.prose
        for _ in range(40):
            await game.type("long")
        await game.until(lambda: len(game.session.lines) == 40)
        assert len(prose.blocks) <= prose.KEEP


async def test_prose_arrives_line_by_line_and_any_key_shows_the_rest(playing):
    async with playing() as game:
        game.app.animation_level = "full"
        game.app.choose("pace", "reading")
        prose = game.app.story.prose
        await game.type("talk to em")
        await game.until(lambda: prose.arriving, "prose that is on its way")
        assert "You could ask about" in prose.text  # laid out: nothing will jump
        assert "You could ask about" not in game.text
        await game.pilot.press("space")
        await game.until_text("You could ask about")
        assert not prose.arriving


async def test_line_after_line_arrives_until_all_is_there(playing):
    async with playing() as game:
        game.app.animation_level = "full"
        game.app.choose("pace", "reading")
        prose = game.app.story.prose
        await game.type("talk to em")
        await game.until(lambda: prose.arriving, "prose that is on its way")
        for _ in range(20):
            if prose.arriving:
                prose.arrive()
        assert not prose.arriving
        await game.until_text("You could ask about")


async def test_nobody_waits_where_nothing_moves_or_all_is_to_come_at_once(playing):
    async with playing() as game:
        await game.type("talk to em")
        await game.until_text("You could ask about")
        assert not game.app.story.prose.arriving
        game.app.animation_level = "full"
        game.app.choose("pace", "at once")
        await game.type("x ledger")
        await game.until_text("tensor([[3, 1, 4],")
        assert not game.app.story.prose.arriving


async def test_a_head_without_room_for_both_names_the_place(playing, tmp_path):
    session = FakeSession(tmp_path / "spells")
    long = "Glinda, the silver shoes, Kansas"
    session.more = {"stage_title": long, "room_name": "The red country", "score": 194,
                    "max_score": 1101, "turns": 17}  # fmt: skip
    score = "194 of 1101 points · 17 turns"
    async with playing(session=session) as game:
        head = game.text.split("\n")[0]
        assert head == f"  The red country{score:>61}"
        await game.pilot.resize_terminal(120, 40)
        await game.until(lambda: game.text.startswith(f"  {long} · The red country "), "all of it")
        assert game.text.split("\n")[0].endswith(score)
        await game.pilot.resize_terminal(80, 24)
        await game.until(lambda: game.text.split("\n")[0] == head, "the place alone")
