"""Words at the desk: during a run, after one, and what of them is told in the story."""

from __future__ import annotations

import asyncio

import pytest

from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.output import OutputLog
from oz.tui.widgets.result import Result
from tests.tui.fake import failing, flood
from tests.tui.test_desk import SPELL, editor_of, screen_name


async def run_on(game, key: str = "f5") -> None:
    """Begin a run that goes on."""
    game.session.casts.append([flood(0), failing(SPELL)])
    game.session.hold = asyncio.Event()
    await game.pilot.press(key)
    await game.until_text("F6 Stop")


async def test_a_word_can_be_typed_at_once_while_a_silent_program_runs(playing):
    async with playing() as game:
        await game.open_desk()
        await game.pilot.press("f3")
        await run_on(game)
        await game.pilot.press(*"hint", "enter")
        await game.until_text("Hint 1 of 3")
        await game.pilot.press("f4", *"stop", "enter")
        await game.until_text("Stopped.")


async def test_a_word_entered_as_the_command_during_a_run_is_done(playing):
    async with playing() as game:
        await game.open_desk("call-the-stork")
        await game.pilot.press("f3")
        before = game.app.screen.query_one("#shell-input").value
        await run_on(game, "enter")
        await game.pilot.press("ctrl+u", *"stop", "enter")
        await game.until_text("Stopped.")
        assert game.app.screen.query_one("#shell-input").value == before
        assert game.session.drafts["munchkins/call-the-stork"].endswith(f"\n{before}\n")


async def test_what_cannot_be_done_during_a_run_says_so(playing):
    async with playing() as game:
        await game.open_desk()
        await run_on(game)
        await game.type("run")
        await game.until_text("F6 or 'stop' ends it.")
        await game.type("tensors")
        await game.until_text("when the run is over")
        await game.type("reference torch.arange")
        await asyncio.wait_for(game.until_notice("waits until this run is over"), 10)
        game.session.hold.set()


async def test_leaving_during_a_run_says_that_it_was_stopped(playing):
    async with playing() as game:
        await game.open_desk()
        await run_on(game)
        await game.pilot.press("f10")
        await game.until(lambda: screen_name(game) == "StoryScreen")
        await game.until_text("The run was stopped.")


async def test_the_footer_says_where_escape_goes(playing):
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        await game.until_text("Esc Words")
        await game.pilot.press("escape")
        await game.until_text("Esc Code")
        await game.pilot.press("escape")
        await game.until_text("Esc Words")
        assert not game.app.screen.query_one(KeyBar).has_class("-turned")


async def test_after_the_word_reset_more_words_can_be_typed(playing):
    async with playing() as game:
        await game.open_desk()
        await game.type("reset")
        await game.until_text("The starter is back.")
        await game.pilot.press(*"hint", "enter")
        await game.until_text("Hint 1 of 3")
        assert editor_of(game).text.startswith("import torch")


@pytest.mark.parametrize("line", ["help me", "help torch", "help"])
async def test_help_about_whatever_opens_the_help(playing, line):
    async with playing() as game:
        await game.open_desk()
        await game.type(line)
        await game.until(lambda: screen_name(game) == "HelpScreen")
        assert game.session.seen[SPELL] == 0


async def test_a_hint_asked_of_the_story_is_shown_where_its_text_is(playing):
    async with playing() as game:
        await game.open_desk()
        await game.type("stuck")
        await game.until_text("Hint 1 of 3")
        await game.until_text("How many numbers come out?")


async def test_the_verdict_comes_back_after_an_answer(playing):
    async with playing() as game:
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("✗ Not yet.")
        before = game.app.screen.query_one(Result).verdict.blocks
        await game.type("blah")
        await game.until_text("not a verb I know: blah")
        assert "✗ Not yet." not in game.text
        await game.type("bleh")
        await game.until_text("not a verb I know: bleh")
        await game.pilot.press("f4")
        await game.until_text("✗ Not yet.")
        assert game.app.screen.query_one(Result).verdict.blocks == before


async def test_the_story_is_told_what_was_typed_with_its_answer(playing):
    async with playing() as game:
        await game.open_desk()
        await game.type("blah")
        await game.until_text("not a verb I know: blah")
        await game.type("stuck")
        await game.until_text("Hint 1 of 3")
        await game.pilot.press("f10")
        await game.until(lambda: screen_name(game) == "StoryScreen")
        text = game.text
        assert text.index("› blah") < text.index("not a verb I know: blah")
        assert "› stuck" not in text


async def test_what_is_looked_up_at_the_desk_is_run_there(playing):
    async with playing() as game:
        await game.open_desk()
        await game.type("reference torch.arange")
        await game.until_text("tensor([0, 1, 2])")
        assert "Torch.arange" not in game.text


async def test_notices_go_with_escape_and_with_the_next_thing_done(playing):
    async with playing() as game:
        await game.open_desk()
        for key in ("escape", "f7"):
            await game.pilot.press("f9")
            await game.until_text("to go)")
            await game.pilot.press(key)
            await game.until(lambda: "to go)" not in game.text)


@pytest.mark.parametrize("lines", [30, 10_000])
async def test_all_of_a_long_output_can_be_read(playing, lines):
    async with playing() as game:
        batches = [flood(lines)[n : n + 700] for n in range(0, lines, 700)]
        game.session.casts.append([*batches, failing(SPELL)])
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("✗ Not yet.")
        output = game.app.screen.query_one(OutputLog)
        last = f"line {lines - 1} "
        await game.until_text(last)
        assert output.size.height >= 6
        await game.pilot.press("f4")
        await game.until(lambda: output.has_focus)
        await game.pilot.press("home")
        await game.until_text("line 0 ")
        await game.pilot.press("pagedown")
        await game.until(lambda: "line 0 " not in game.text)
        await game.pilot.press("end")
        await game.until_text(last)
        await game.pilot.press("pageup")
        await game.until(lambda: last not in game.text)
        await game.pilot.press("pagedown")
        await game.until_text(last)


@pytest.mark.parametrize("key", ["f2", "f5"])
async def test_words_typed_ahead_keep_their_spaces(playing, key):
    async with playing() as game:
        await game.open_desk()
        await game.type_ahead(key, *"reference", "space", *"full", "enter")
        await game.until(lambda: bool(game.session.lines), "the line")
        await game.until(lambda: game.session.lines[-1] == "reference full")


async def test_answers_typed_ahead_with_tab_between_go_where_they_belong(playing):
    async with playing() as game:
        await game.open_desk("two-pebbles")
        await game.pilot.press("f3")
        await game.type_ahead(*"False", "tab", "ctrl+u", *"True", "enter")
        await game.until(lambda: game.session.made)
        assert game.session.made[-1].code == "first = False\nsecond = True\n"


async def test_what_is_typed_after_a_line_was_cleared_is_not_cleared_with_it(playing):
    async with playing() as game:
        await game.open_desk("two-pebbles")
        await game.pilot.press("f3")
        await game.type_ahead(*"False", "ctrl+u", *"True", "left", "X")
        field = game.app.screen.query_one("#answer-first")
        await game.until(lambda: field.value == "TruXe")


async def test_leaving_with_nothing_solved_answers_the_line_that_led_to_the_desk(playing):
    async with playing() as game:
        await game.open_desk()
        await game.pilot.press("f10")
        await game.until(lambda: screen_name(game) == "StoryScreen")
        await game.until_text("You leave the desk. The draft stays on it.")
        assert game.text.index("› cast first-stones") < game.text.index("You leave the desk.")


async def test_a_desk_left_by_walking_away_is_not_told_of(playing):
    async with playing() as game:
        await game.open_desk()
        await game.type("north")
        await game.until(lambda: screen_name(game) == "StoryScreen")
        await game.until_text("The pump is rusty.")
        assert "You leave the desk" not in game.text
