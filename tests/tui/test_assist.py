"""What the code could become: the process that knows, and the line and the ghost at the desk."""

from __future__ import annotations

import asyncio
import os
import sys

import pytest

from oz.tui.completion.client import COMMAND, Completer, Suggestion
from oz.tui.widgets.assist import told
from tests.tui.test_desk import editor_of

ECHO = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    row = asked["source"].split("\\n")[asked["line"] - 1][: asked["column"]]
    print(json.dumps({"names": ["arange", "arccos"] if row.endswith("torch.ar") else [],
                      "rest": "ange" if row.endswith("torch.ar") else "",
                      "signature": "arange(end, step=1)" if row.endswith("(") else "",
                      "argument": "end"}), flush=True)
"""
DIES = "import sys; sys.stdin.readline()"


@pytest.fixture
async def echo():
    completer = Completer((sys.executable, "-c", ECHO))
    yield completer
    await completer.close()


async def test_what_is_begun_is_completed_by_tab(playing, echo):
    async with playing(size=(120, 40), completer=echo) as game:
        await game.open_desk()
        editor = editor_of(game)
        await game.pilot.press("f3")
        editor.move_cursor(editor.document.end)
        await game.pilot.press(*"torch.ar")
        await game.until(lambda: editor.suggestion == "ange", "the ghost")
        await game.until_text("Tab arange  arccos")
        await game.pilot.press("tab")
        assert editor.text.endswith("torch.arange")
        await game.pilot.press("left_parenthesis")
        await game.until_text("arange(end, step=1)")
        assert editor.suggestion == ""


async def test_a_tab_where_nothing_is_suggested_indents(playing, echo):
    async with playing(size=(120, 40), completer=echo) as game:
        await game.open_desk()
        await game.pilot.press("f3", "tab", "x")
        assert editor_of(game).text.startswith("    ximport")


async def test_a_process_that_dies_leaves_the_desk_as_it_was(playing):
    completer = Completer((sys.executable, "-c", DIES))
    async with playing(size=(120, 40), completer=completer) as game:
        await game.open_desk()
        await game.pilot.press("f3", *"abc")
        await game.until(lambda: completer._dead, "its end")
        await game.pilot.press("d")
        assert editor_of(game).text.startswith("abcd")


async def test_the_process_ends_with_the_game(playing, echo):
    async with playing(size=(120, 40), completer=echo) as game:
        await game.open_desk()
        await game.pilot.press("f3", "x")
        await game.until(lambda: echo._process is not None, "its beginning")
        pid = echo._process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_only_the_newest_question_is_answered(echo):
    answers = await asyncio.gather(
        *(echo.ask("torch.ar", 1, 8) for _ in range(5)), echo.ask("x(", 1, 2)
    )
    assert answers[:5] == [None] * 5
    assert answers[5] == Suggestion((), "", "arange(end, step=1)", "end")


async def test_one_that_cannot_be_started_says_nothing():
    assert await Completer(("/nowhere/at/all",)).ask("x", 1, 1) is None


async def test_python_itself_is_known():
    """The real engine, over names that need no torch to be read first."""
    completer = Completer(COMMAND)
    try:
        source = "import math\nmath.sq"
        assert await completer.ask(source, 2, 7) == Suggestion(("sqrt",), "rt")
        found = await completer.ask("def lay(n, step=2): ...\nlay(", 2, 4)
        assert found == Suggestion((), "", "lay(n, step=2)", "n")
        assert await completer.ask("def f(:\n", 99, 99) is None
        assert (await completer.ask("x = [1]\nx.app", 2, 5) or Suggestion()).names == ("append",)
    finally:
        await completer.close()


@pytest.mark.parametrize(
    ("found", "width", "text"),
    [
        (Suggestion(("arange",), "ange"), 40, "Tab arange"),
        (Suggestion(("arange", "arccos"), "ange"), 12, "Tab arange  "),
        (Suggestion((), "", "f(a, b)", "b"), 40, "f(a, b)"),
        (Suggestion((), "", "f(" + "a, " * 30 + "end, c)", "end"), 20, "a, a, a, a, a, end,…"),
        (Suggestion(), 40, ""),
    ],
)
def test_the_line_fits(found, width, text):
    assert told(found, width).plain == text
