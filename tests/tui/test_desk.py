"""The spell desk: every key and word, at every size, with casts laid down beforehand."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.widgets import Input

from oz.crucible.model import Output
from oz.saves import SavesError
from oz.session.model import DraftChanged
from oz.tui.widgets.editor import CodeEditor
from oz.tui.widgets.output import OutputLog, folds
from tests.tui.conftest import SIZES
from tests.tui.fake import failing, flood, passing, raising, training

SPELL = "munchkins/first-stones"


def screen_name(game) -> str:
    return type(game.app.screen).__name__


def editor_of(game) -> CodeEditor:
    return game.app.screen.query_one("#editor", CodeEditor)


@pytest.mark.parametrize("size", SIZES)
async def test_everything_can_be_reached(playing, size):
    async with playing(size=size) as game:
        await game.open_desk()
        await game.until_text("Boq counts stones")
        assert "First stones" in game.text
        assert "cast · ✦ open · 0 of 3 hints" in game.text
        await game.pilot.press("f2")
        await game.until_text("What is asked")
        await game.until_text("stones is a row of seven numbers")
        await game.pilot.press("f3")
        await game.until_text("stones = torch.zeros(7)")
        assert editor_of(game).has_focus
        await game.pilot.press("f5")
        await game.until_text("✗ Not yet.")
        for text in (
            "1 of 3 checks",
            "✓  ok           stones has seven numbers",
            "✗  not yet      stones is the row 0 to 6",
            "·  not reached  lay(n) works for any length",
            "asked dtype int64, yours float32",
            "laying stones",
        ):
            assert text in game.text
        assert "◐ tried · 1 attempt" in game.text


@pytest.mark.parametrize("how", ["f5", "ctrl+j", "run", "cast"])
async def test_every_way_to_run(playing, how):
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        if how in {"f5", "ctrl+j"}:
            await game.pilot.press(how)
        else:
            await game.type(how)
        await game.until_text("✗ Not yet.")


async def test_what_is_written_is_saved_before_it_runs_and_after_a_moment(playing):
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        await game.pilot.press("f3", "x")
        await game.pilot.press("f5")
        await game.until_text("✗ Not yet.")
        assert game.session.drafts[SPELL].startswith("ximport torch")
        await game.pilot.press("y")
        await game.until(lambda: game.session.drafts[SPELL].startswith("xyimport"))


async def test_the_line_of_an_error_is_marked_and_gone_to(playing):
    async with playing(size=(120, 40)) as game:
        game.session.casts.append([raising(SPELL)])
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("The program stopped with an error.")
        for text in ("line 4", "^^^^", "mat1 and mat2 shapes", "a (2, 3) float32"):
            assert text in game.text
        editor = editor_of(game)
        assert editor.marked_line == 4
        assert [(span.start, span.end) for span in editor.get_line(3).spans] == [(9, 23)]
        await game.pilot.press("ctrl+g")
        await game.until(lambda: editor.cursor_location == (3, 0))
        await game.pilot.press("x")
        await game.until(lambda: editor.marked_line is None)
        await game.type("line 7")
        await game.until(lambda: editor.cursor_location == (6, 0))


async def test_a_pass_tells_the_story_here_and_there(playing):
    async with playing(size=(120, 40)) as game:
        game.session.casts.append([passing(SPELL)])
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("✓ The spell holds.")
        await game.until_text("The stones rise, one after the other")
        await game.until_text("✓  ok           lay(n) works for any length, 0 and 1 too")
        assert game.text.index("The stones rise") < game.text.index("✓  ok ")
        await game.until_text("stones  (7,) int64, 0 to 6")
        await game.pilot.press("f10")
        await game.until_text("what do you do?")
        assert "The stones rise, one after the other" in game.text
        assert game.session.open is None


async def test_a_flood_is_shown_as_it_is_and_does_not_hold_up_the_keys(playing):
    async with playing(size=(120, 40)) as game:
        game.session.casts.append([flood(20_000), failing(SPELL)])
        game.session.hold = asyncio.Event()
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("line 19999 [bold]not markup[/bold]")
        assert "Running." in game.text
        await game.pilot.press("f3", "z")
        assert editor_of(game).text.startswith("z")
        game.session.hold.set()
        await game.until_text("✗ Not yet.")


async def test_a_cast_that_waits_for_pytorch_says_so_until_it_runs(playing):
    async with playing(size=(120, 40)) as game:
        game.session.casts.append([[], flood(3), failing(SPELL)])
        game.session.hold = asyncio.Event()
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("PyTorch is being woken")
        game.session.hold.set()
        await game.until_text("✗ Not yet.")
        assert "being woken" not in game.text


async def test_a_run_can_be_stopped(playing):
    async with playing() as game:
        game.session.casts.append([flood(3), failing(SPELL)])
        game.session.hold = asyncio.Event()
        await game.open_desk()
        await game.type("run")
        await game.until_text("line 2")
        await game.pilot.press("f6")
        await game.until_text("Stopped.")
        await game.type("stop")
        await game.until_text("Nothing is running.")


async def test_a_training_is_drawn(playing):
    async with playing(size=(120, 40)) as game:
        events = training(SPELL)
        game.session.casts.append([events[:201], events[201:]])
        game.session.hold = asyncio.Event()
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until(lambda: bool(game.app.screen.query("#curve")), "the curve")
        await game.until_text("step 199 · loss")
        game.session.hold.set()
        await game.until_text("✗ Not yet.")


@pytest.mark.parametrize("how", ["f7", "hint"])
async def test_hints_come_in_layers(playing, how):
    async with playing() as game:
        await game.open_desk()
        for number, text in enumerate(
            ("How many numbers come out?", "arange counts for you.", "Write torch.arange(n)."), 1
        ):
            await (game.pilot.press(how) if how == "f7" else game.type(how))
            await game.until_text(f"Hint {number} of 3")
            await game.until_text(text)
        assert "3 of 3 hints" in game.text


async def test_the_solution_waits_for_the_last_hint_and_stands_beside(playing):
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        await game.pilot.press("f9")
        await game.until_text("The model answer can be seen")
        game.session.seen[SPELL] = 3
        await game.type("solution")
        await game.until_text("A model answer")
        assert "return torch.arange(n)" in game.text
        assert "stones = torch.zeros(7)" in game.text
        await game.pilot.press("escape")
        await game.until(lambda: screen_name(game) == "DeskScreen")


@pytest.mark.parametrize("spell", ["first-stones", "two-pebbles"])
async def test_at_80_columns_the_keys_are_for_what_is_in_sight(playing, spell):
    async with playing() as game:
        await game.open_desk(spell)
        await game.until(lambda: getattr(game.app.focused, "id", "") == "briefing")
        before = dict(game.session.drafts)
        await game.pilot.press(*"hint")
        await game.until_text("› hint")
        assert game.session.drafts == before
        await game.pilot.press("enter")
        await game.until_text("1 of 3 hints" if spell == "first-stones" else "hint")


async def test_the_next_command_can_be_typed_after_a_cast(playing):
    async with playing() as game:
        await game.open_desk("call-the-stork")
        await game.pilot.press("f3")
        await game.until_text("$ python")
        await game.pilot.press("enter")
        await game.until_text("✗ Not yet.")
        assert getattr(game.app.focused, "id", "") == "shell-input"


async def test_at_80_columns_the_two_answers_take_turns(playing):
    async with playing() as game:
        game.session.seen[SPELL] = 3
        await game.open_desk()
        await game.pilot.press("f9")
        await game.until_text("return torch.arange(n)")
        assert "torch.zeros(7)" not in game.text
        await game.pilot.press("f4")
        await game.until_text("torch.zeros(7)")
        await game.pilot.press("escape")
        await game.until(lambda: screen_name(game) == "DeskScreen")


async def test_reset_puts_the_starter_back_and_undo_ones_own(playing):
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        await game.pilot.press("f3", "q")
        await game.pilot.press("f8")
        await game.until(lambda: editor_of(game).text.startswith("import torch"))
        await game.type("undo")
        await game.until(lambda: editor_of(game).text.startswith("qimport"))
        await game.type("redo")
        await game.until(lambda: editor_of(game).text.startswith("import torch"))


@pytest.mark.parametrize("how", ["ctrl+underscore", "ctrl+slash", "ctrl+t", "comment"])
async def test_every_way_to_comment(playing, how):
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        await game.pilot.press("f3")
        await (game.type(how) if how == "comment" else game.pilot.press(how))
        await game.until(lambda: editor_of(game).text.startswith("# import torch"))


async def test_escape_goes_to_the_words_and_back(playing):
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        await game.pilot.press("f3", "escape")
        assert game.app.screen.query_one("#prompt").has_focus
        await game.pilot.press("escape")
        assert editor_of(game).has_focus


@pytest.mark.parametrize("how", ["f10", "ctrl+r", "leave", "back", "story"])
async def test_every_way_to_leave(playing, how):
    async with playing() as game:
        await game.open_desk()
        await (game.type(how) if len(how) > 3 and "+" not in how else game.pilot.press(how))
        await game.until(lambda: screen_name(game) == "StoryScreen")


async def test_what_is_no_word_of_the_desk_goes_to_the_story(playing):
    async with playing() as game:
        await game.open_desk()
        await game.type("fly")
        await game.until_text("That's not a verb I know: fly.")
        assert game.session.lines[-1] == "fly"
        await game.type("north")
        await game.until(lambda: screen_name(game) == "StoryScreen")
        assert "Kansas · The yard" in game.text


async def test_what_is_to_be_put_right_is_read_first(playing):
    async with playing() as game:
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("✗ Not yet.")
        text = game.text
        order = ("✗  not yet", "asked dtype int64", "✓  ok", "·  not reached")
        assert sorted(order, key=text.index) == list(order)


async def test_after_the_last_hint_it_is_said_that_it_was_the_last(playing):
    async with playing() as game:
        game.session.seen[SPELL] = 2
        await game.open_desk()
        await game.pilot.press("f7")
        await game.until_text("Hint 3 of 3")
        assert "That was the last hint" not in game.text
        await game.pilot.press("f7")
        await game.until_text("That was the last hint. F9 or 'solution' shows a model answer.")
        rows = [n for n, row in enumerate(game.text.split("\n")) if "the last hint" in row]
        assert max(rows) < 6, "a notice covers the lines that are read last"


async def test_the_footer_shows_how_to_stop_while_it_runs(playing):
    async with playing() as game:
        game.session.casts.append([flood(3), failing(SPELL)])
        game.session.hold = asyncio.Event()
        await game.open_desk()
        assert "F5 Run" in game.text
        await game.pilot.press("f5")
        await game.until_text("F6 Stop")
        assert "F5 Run" not in game.text
        game.session.hold.set()
        await game.until_text("F5 Run")


async def test_a_draft_changed_outside_is_taken_and_run(playing):
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        game.session.drafts[SPELL] = "stones = 1\n"
        game.session.changes.put_nowait(DraftChanged(SPELL, conflict=False))
        await game.until_text("✗ Not yet.")
        assert editor_of(game).text == "stones = 1\n"
        editor_of(game).undo()
        assert editor_of(game).text.startswith("import torch")


@pytest.mark.parametrize(("keys", "stays"), [(["enter"], "theirs"), (["down", "enter"], "mine")])
async def test_changed_on_both_sides_is_asked_about(playing, tmp_path, keys, stays):
    kept = tmp_path / "kept.py"
    kept.write_text("theirs", "utf-8")
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        editor_of(game).set_text("mine")
        await game.until(lambda: game.session.drafts[SPELL] == "mine")
        game.session.changes.put_nowait(DraftChanged(SPELL, conflict=True, theirs=kept))
        await game.until_text("Which shall stay?")
        await game.pilot.press(*keys)
        await game.until(lambda: screen_name(game) == "DeskScreen")
        await game.until(lambda: editor_of(game).text == stays)
        assert game.session.drafts[SPELL] == stays


async def test_what_is_unsaved_here_is_not_lost_to_a_change_outside(playing):
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        await game.pilot.press("f3", "m")
        game.session.changes.put_nowait(DraftChanged(SPELL, conflict=False))
        await game.until(lambda: game.session.drafts[SPELL].startswith("mimport"))
        assert editor_of(game).text.startswith("mimport")


async def test_a_draft_that_cannot_be_saved_is_said_and_not_given_up(playing, monkeypatch):
    def full(spell, source):
        raise SavesError("The disk is full: nothing more can be saved.")

    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        with monkeypatch.context() as patched:
            patched.setattr(game.session, "write_draft", full)
            await game.pilot.press("f3", "m")
            await game.until_text("The disk is full")
            assert "went wrong" not in game.text
            await game.pilot.press("f10")
            await game.until_text("The draft is not saved")
            assert screen_name(game) == "DeskScreen"
        await game.pilot.press("f10")
        await game.until(lambda: screen_name(game) == "StoryScreen")
        assert game.session.drafts[SPELL].startswith("mimport")


async def test_questions_are_answered_into_the_draft(playing):
    async with playing(size=(120, 40)) as game:
        await game.open_desk("two-pebbles")
        await game.until_text("print(x[2:4])")
        assert "1. What does line 4 print?" in game.text
        await game.pilot.press("f3", *"'hi'", "enter", *"(6,)")
        await game.until(
            lambda: game.session.drafts["munchkins/two-pebbles"] == "first = 'hi'\nsecond = (6,)\n"
        )
        await game.pilot.press("enter")
        await game.until_text("✗ Not yet.")


@pytest.mark.parametrize("size", SIZES)
async def test_questions_are_in_sight_at_every_size(playing, size):
    async with playing(size=size) as game:
        await game.open_desk("two-pebbles")
        await game.pilot.press("f3")
        await game.until_text("print(x[2:4])")
        assert "2. What is x.shape?" in game.text


async def test_f3_puts_the_cursor_into_the_first_open_question(playing):
    async with playing() as game:
        await game.open_desk("two-pebbles")
        await game.pilot.press("f3")
        await game.until(lambda: getattr(game.app.focused, "id", "") == "answer-first")
        await game.pilot.press(*"'hi'", "f2", "f3")
        await game.until(lambda: getattr(game.app.focused, "id", "") == "answer-second")


async def test_a_command_is_typed_as_in_a_shell(playing):
    async with playing() as game:
        await game.open_desk("call-the-stork")
        await game.pilot.press("f3")
        await game.until_text("$ python")
        assert "# Ask Python its version." in game.text
        game.app.screen.query_one("#shell-input", Input).cursor_position = 6
        await game.pilot.press("space", "minus", "V", "enter")
        await game.until_text("✗ Not yet.")
        draft = game.session.drafts["munchkins/call-the-stork"]
        assert draft == "# Ask Python its version.\npython -V\n"
        assert "$ python -V" in game.text


async def test_the_own_editor_is_opened_on_the_draft(playing, monkeypatch, tmp_path):
    async with playing() as game:
        await game.open_desk()
        await game.type("edit")
        await game.until_text("Set VISUAL or EDITOR")


def toasts(game) -> list[str]:
    return [toast.message for toast in game.app._notifications]


@pytest.mark.parametrize("size", SIZES)
async def test_a_run_that_is_asked_for_twice_is_shown(playing, size):
    async with playing(size=size) as game:
        game.session.casts.append([flood(3), failing(SPELL)])
        game.session.hold = asyncio.Event()
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("line 2")
        await game.pilot.press("f3", "f5")
        await game.until_text("Running. F6 or 'stop' ends it.")
        assert not toasts(game)
        game.session.hold.set()
        await game.until_text("✗ Not yet.")


async def test_what_another_program_saved_is_run_and_a_key_too_many_changes_nothing(playing):
    async with playing() as game:
        game.session.casts.append([flood(3), failing(SPELL)])
        game.session.hold = asyncio.Event()
        await game.open_desk()
        await game.pilot.press("f3")
        game.session.drafts[SPELL] = "stones = 7\n"
        game.session.changes.put_nowait(DraftChanged(SPELL, conflict=False))
        await game.until_text("line 2")
        await game.pilot.press("f5")
        await game.until_text("saved in another program. Running. F6 or 'stop' ends it.")
        assert "[F4 Result]" in game.text
        assert not toasts(game)
        game.session.hold.set()
        await game.until_text("✗ Not yet.")
        assert game.session.count[SPELL] == 1


async def test_what_is_said_in_passing_covers_no_tab(playing):
    async with playing() as game:
        await game.open_desk()
        await game.type("stop")
        await game.until_text("Nothing is running.")
        for tab in ("F2 Briefing", "F3 Code", "F4 Result"):
            assert tab in game.text


async def test_the_keys_say_that_more_stands_below_until_it_was_read(playing):
    async with playing(size=(80, 16)) as game:
        await game.open_desk()
        await game.until_text("PgDn More")
        assert "What is asked" not in game.text
        await game.pilot.press("pagedown")
        await game.until_text("What is asked")
        await game.pilot.press("end")
        await game.until(lambda: "PgDn" not in game.text, "the end")
        await game.pilot.press("pageup")
        await game.until_text("PgDn More")
        await game.type("more")
        await game.until_text("What is asked")


async def test_in_the_code_the_key_for_more_turns_the_pages_of_the_code(playing):
    async with playing() as game:
        game.session.drafts[SPELL] = "".join(f"x{n} = {n}\n" for n in range(40))
        await game.open_desk()
        await game.pilot.press("f3")
        await game.until_text("x0 = 0")
        await game.until_text("PgDn More")
        await game.pilot.press("pagedown", "pagedown", "pagedown")
        await game.until_text("x39 = 39")
        assert editor_of(game).cursor_location[0] > 30
        await game.until(lambda: "PgDn" not in game.text, "the end")


async def test_who_types_ahead_finds_every_answer_where_it_belongs(playing):
    async with playing() as game:
        await game.open_desk("two-pebbles")
        await game.type_ahead("f3", "0", ".", "2", "5", "enter", *"False", "enter")
        await game.until_text("✗ Not yet.")
        draft = game.session.drafts["munchkins/two-pebbles"]
        assert draft == "first = 0.25\nsecond = False\n"
        assert [made.code for made in game.session.made] == [draft]


async def test_who_types_ahead_over_the_briefing_has_the_whole_word(playing):
    async with playing() as game:
        await game.open_desk()
        await game.until(lambda: getattr(game.app.focused, "id", "") == "briefing")
        await game.type_ahead(*"hint", "enter")
        await game.until_text("Hint 1 of 3")


async def test_a_line_that_comes_at_once_over_what_is_read_keeps_its_blanks(playing):
    async with playing() as game:
        await game.open_desk()
        await game.until(lambda: getattr(game.app.focused, "id", "") == "briefing")
        read = game.app.focused
        for key in "hint then hint":
            name = "space" if key == " " else key
            read.post_message(events.Key(name, key))
        read.post_message(events.Key("enter", "\r"))
        await game.until_text("Hint 2 of 3")


async def test_who_types_ahead_after_a_key_for_the_words_or_the_code(playing):
    async with playing(size=(120, 40)) as game:
        await game.open_desk()
        await game.type_ahead("f3", "x", "y", "escape", *"hint", "enter")
        await game.until_text("Hint 1 of 3")
        assert editor_of(game).text.startswith("xyimport")


@pytest.mark.parametrize("size", SIZES)
async def test_wide_output_goes_on_below_and_is_whole_after_a_resize(playing, size):
    async with playing(size=size) as game:
        wide = "tensor(" + ", ".join(f"{n}." for n in range(150)) + ")\n"
        game.session.casts.append([[Output("a\n"), Output(wide), Output("b "), Output("c\n")]])
        await game.open_desk()
        await game.pilot.press("f5")
        log = game.app.screen.query_one("#output", OutputLog)
        for columns in (size[0], 64, 130):
            await game.pilot.resize_terminal(columns, size[1])
            await game.until(
                lambda: log.size.width > 0 and log.virtual_size.width <= log.size.width
            )
            rows = [row.removeprefix("↳ ") for row in log.lines]
            assert "".join(rows).replace(" ", "") == f"a{wide.strip()}bc".replace(" ", "")
            assert rows[0] == "a"
            assert rows[-1] == "b c"


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("abc", ["abc"]),
        ("abcdefgh", ["abcde", "↳ fgh"]),
        ("日本語日", ["日本", "↳ 語", "↳ 日"]),
        ("1.5, 2.5", ["1.5, ", "↳ 2.5"]),
        ("one two", ["one ", "↳ two"]),
        ("\tx", ["     ", "↳    ", "↳ x"]),
    ],
)
def test_a_line_of_output_in_rows(line, rows):
    assert folds(line, 5) == rows
    assert folds(line, 0) == [line]


async def test_a_draft_that_changes_as_its_desk_is_left_is_no_fault(playing):
    async with playing() as game:
        await game.open_desk()
        desk = game.app.screen
        await game.pilot.press("f10")
        await game.until_text("what do you do?")
        game.session.drafts[SPELL] = "stones = 7\n"
        await desk._changed_outside(DraftChanged(SPELL, conflict=False))
        assert not toasts(game)


async def test_a_word_to_the_desk_is_no_answer(playing):
    async with playing() as game:
        await game.open_desk("two-pebbles")
        draft = "munchkins/two-pebbles"
        await game.type_ahead("f3", "7", "enter", "8", "enter")
        await game.until_text("✗ Not yet.")
        await game.pilot.press("f3")
        await game.pilot.press("end", "ctrl+u", *"hint", "enter")
        await game.until_text("Hint 1 of 3")
        assert game.session.drafts[draft] == "first = 7\nsecond = 8\n"
        await game.pilot.press("f3")
        await game.pilot.press("end", "ctrl+u", *"leave", "enter")
        await game.until_text("what do you do?")
        assert game.session.drafts[draft] == "first = 7\nsecond = 8\n"
        assert game.session.count[draft] == 1


async def test_what_is_only_like_a_word_is_an_answer(playing):
    async with playing() as game:
        await game.open_desk("two-pebbles")
        await game.type_ahead("f3", *"line", "enter", *"hints", "enter")
        await game.until_text("✗ Not yet.")
        assert game.session.drafts["munchkins/two-pebbles"] == "first = line\nsecond = hints\n"
