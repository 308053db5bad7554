"""The editor: indentation that follows Python, pairs, comments, the mark, undo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets.text_area import Selection

from oz.tui.themes import THEMES
from oz.tui.widgets.editor import CodeEditor


class EditorApp(App[None]):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"

    def compose(self) -> ComposeResult:
        yield CodeEditor(self._text)


@asynccontextmanager
async def editing(text: str = "") -> AsyncIterator[tuple[CodeEditor, Pilot[None]]]:
    app = EditorApp(text)
    async with app.run_test(size=(80, 24)) as pilot:
        editor = app.query_one(CodeEditor)
        editor.focus()
        editor.move_cursor(editor.document.end)
        await pilot.pause()
        yield editor, pilot


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("def f():", ["enter", "x"], "def f():\n    x"),
        ("    x = 1", ["enter", "y"], "    x = 1\n    y"),
        ("    return x", ["enter", "y"], "    return x\ny"),
        ("x = [", ["enter", "1"], "x = [\n    1"),
        ("for x in y:  # all", ["enter", "z"], "for x in y:  # all\n    z"),
        ("", ["(", "enter", "1"], "(\n    1\n)"),
        ("f", ["(", "x", ")"], "f(x)"),
        ("f", ["("], "f()"),
        ("f", ["(", "backspace"], "f"),
        ("x = ", ['"', "a", '"'], 'x = "a"'),
        ("don", ["'", "t"], "don't"),
        ("x = f", ['"', "a", '"'], 'x = f"a"'),
        ('""', ['"'], '"""'),
        ("        ", ["backspace"], "    "),
        ("      ", ["backspace"], "    "),
        ("   x", ["backspace"], "   "),
        ("    x", ["shift+tab"], "x"),
        ("x", ["tab", "y"], "x   y"),
        ("a\nb", ["alt+up"], "b\na"),
        ("    x = 1", ["ctrl+z"], "    x = 1"),
    ],
)
async def test_keys(before: str, keys: list[str], after: str):
    async with editing(before) as (editor, pilot):
        await pilot.press(*keys)
        assert editor.text == after


async def test_tab_and_shift_tab_move_all_lines_of_a_selection():
    async with editing("a\n  b\n\nc") as (editor, pilot):
        editor.selection = Selection((0, 0), (1, 2))
        await pilot.press("tab")
        assert editor.text == "    a\n      b\n\nc"
        await pilot.press("shift+tab")
        assert editor.text == "a\n  b\n\nc"


async def test_a_bracket_goes_around_a_selection():
    async with editing("abc") as (editor, pilot):
        editor.selection = Selection((0, 0), (0, 3))
        await pilot.press("(")
        assert editor.text == "(abc)"


async def test_comments_go_in_and_out_again():
    text = "def f():\n    x = 1\n\n    y = 2"
    async with editing(text) as (editor, _):
        editor.selection = Selection((1, 0), (3, 5))
        editor.action_comment()
        assert editor.text == "def f():\n    # x = 1\n\n    # y = 2"
        editor.action_comment()
        assert editor.text == text


async def test_undo_survives_a_text_put_in_its_place():
    async with editing("mine") as (editor, pilot):
        await pilot.press("!")
        editor.set_text("theirs\n")
        assert editor.text == "theirs\n"
        editor.undo()
        assert editor.text == "mine!"
        editor.undo()
        assert editor.text == "mine"
        editor.redo()
        editor.redo()
        assert editor.text == "theirs\n"


async def test_the_mark_underlines_its_columns():
    async with editing("a = 1\n    b = c") as (editor, _):
        editor.mark(2, 8, 9)
        line = editor.get_line(1)
        assert [(span.start, span.end) for span in line.spans] == [(8, 9)]
        assert editor.marked_line == 2
        editor.mark(99)
        assert editor.marked_line == 2
        editor.unmark()
        assert editor.marked_line is None
        assert not editor.get_line(1).spans


async def test_python_is_highlighted_and_the_colours_follow_the_theme():
    async with editing("import torch") as (editor, pilot):
        assert editor.is_syntax_aware
        assert editor.theme == "oz-dark"
        pilot.app.theme = "light"
        await pilot.pause()
        assert editor.theme == "oz-light"


async def test_escape_is_left_to_the_screen_and_types_nothing():
    async with editing("a") as (editor, pilot):
        await pilot.press("escape")
        assert editor.has_focus
        assert editor.text == "a"


async def test_what_goes_on_below_is_told_from_lines_of_its_own():
    async with editing('"""' + "word " * 40 + '"""\nx = 1\n') as (editor, pilot):
        editor.soft_wrap = True
        await pilot.pause()
        shown = [editor.render_line(y).text for y in range(5)]
        assert shown[0].startswith('1  """word')
        assert shown[1].startswith("↳  word word")
        assert shown[2].startswith("↳  word word")
        assert shown[3].startswith("2  x = 1")
        assert all(len(line) == len(shown[3]) for line in shown)
        editor.soft_wrap = False
        await pilot.pause()
        assert editor.render_line(1).text.startswith("2  x = 1")
