"""The road, played on the screens by a pilot: the real session, the real crucible, real code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from oz.spells.model import Kind
from oz.tui.app import OzApp
from oz.tui.screens.desk import DeskScreen
from oz.tui.screens.story import StoryScreen
from oz.tui.widgets.editor import CodeEditor
from tests.tui.conftest import screen_text

KANSAS = """
cast scales
south
cast pump
east
cast hens
west
north
take ledger
south
west
give ledger to uncle henry
cast ledger
cast weathervane
east
north
take toto
cast any machine
"""
MUNCHKINS = """
north
cast stones
north
north
ask boq about ledger
cast fence
west
cast windows
east
east
cast jars
west
north
west
cast orchard
east
cast ribbons
east
cast harvest
east
"""


class Traveller:
    """Plays at the keys of the real game."""

    def __init__(self, app: OzApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    async def until(self, holds, what: str) -> None:
        """Let the game work; it has as long as a first import of torch may take."""
        for _ in range(2000):
            await self.pilot.pause(0.01)
            if holds():
                return
        raise AssertionError(f"never came: {what}\n{screen_text(self.app)}")

    async def say(self, line: str) -> None:
        """Type a line in the story and wait for its answer."""
        story = self.app.screen
        assert isinstance(story, StoryScreen), screen_text(self.app)
        prompt = story.query_one("#prompt", Input)
        prompt.focus()
        prompt.value = line
        await self.pilot.press("enter")
        await self.until(lambda: story.answered(line), f"the answer to {line!r}")

    async def cast(self, line: str, *, wrong_first: bool = False) -> None:
        """Go to a desk, cast the model answer, and leave; first something else, if wanted."""
        await self.say(line)
        await self.until(lambda: isinstance(self.app.screen, DeskScreen), f"the desk of {line!r}")
        desk = self.app.screen
        if wrong_first:
            for field in desk.query("#questions .answer").results(Input):
                field.value = "nobody knows"  # where nothing is answered nothing is cast
            await self.pilot.pause()
            await self.run(desk)
            assert "✗" in desk.result.verdict.text
        await self.write(desk, desk.spell.solution.read_text("utf-8"))
        await self.run(desk)
        assert "✓ The spell holds." in desk.result.verdict.text, desk.result.verdict.text
        await self.pilot.press("f10")
        await self.until(lambda: isinstance(self.app.screen, StoryScreen), "the story")

    async def write(self, desk: DeskScreen, solution: str) -> None:
        """Write the model answer at the desk, as its kind of spell asks for it."""
        if desk.spell.kind is Kind.PREDICT:
            answers = {
                node.targets[0].id: ast.get_source_segment(solution, node.value)
                for node in ast.parse(solution).body
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            }
            for question in desk.spell.questions:
                desk.query_one(f"#answer-{question.id}", Input).value = answers[question.id]
        elif desk.query("#shell-input"):
            lines = [line for line in solution.splitlines() if line and line[0] != "#"]
            desk.query_one("#shell-input", Input).value = lines[0]
        else:
            desk.query_one("#editor", CodeEditor).set_text(solution)
        await self.pilot.pause()

    async def run(self, desk: DeskScreen) -> None:
        """Run the draft and wait for the verdict."""
        before = self.app.session.desk(desk.spell.id).attempts
        await self.pilot.press("f5")
        await self.until(
            lambda: (
                self.app.session.desk(desk.spell.id).attempts > before
                and not self.app.session.running
                and not desk.query_one("#running").display
            ),
            "the verdict",
        )
        await self.pilot.pause()


async def travel(traveller: Traveller, road: str) -> None:
    wrong_first = True
    for line in road.split("\n"):
        if line.startswith("cast"):
            await traveller.cast(line, wrong_first=wrong_first)
            wrong_first = False
        elif line:
            await traveller.say(line)


@pytest.fixture
def opener(crucible):
    """The real session, with the crucible that is warm already."""

    class Lent:
        """The suite's crucible, which is not this session's to close."""

        def __getattr__(self, name: str):
            return getattr(crucible, name)

        async def start(self) -> None:
            return

        async def close(self) -> None:
            return

    async def open_session(folder: Path):
        from oz.session import Session

        return await Session.open(folder, crucible=Lent())

    return open_session


@pytest.mark.slow
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_from_the_cyclone_to_the_yellow_road(tmp_path, opener, size):
    root = tmp_path / "saves"
    app = OzApp(root / "dorothy", saves=root, open_session=opener)
    async with app.run_test(size=size) as pilot:
        traveller = Traveller(app, pilot)
        await traveller.until(lambda: app.story is not None, "the story")
        await traveller.until(lambda: "The kitchen" in app.story.prose.text, "the kitchen")
        await travel(traveller, KANSAS)
        await traveller.until(lambda: "clearing" in screen_text(app), "the clearing")
        passed = app.session.status.score
        assert passed > 0
    # Another process, as good as: the journey is opened anew where it was left.
    app = OzApp(root / "dorothy", saves=root, open_session=opener)
    async with app.run_test(size=size) as pilot:
        traveller = Traveller(app, pilot)
        await traveller.until(lambda: app.story is not None, "the story")
        await traveller.until(lambda: "clearing" in app.story.prose.text, "the clearing again")
        assert app.session.status.score == passed
        await travel(traveller, MUNCHKINS)
        await traveller.until(lambda: "The road of yellow brick" in screen_text(app), "the road")
        assert not any(toast for toast in app._notifications if toast.severity == "error")


@pytest.mark.asyncio(loop_scope="session")
async def test_the_first_spell_wrong_and_right(tmp_path, opener):
    root = tmp_path / "saves"
    app = OzApp(root / "dorothy", saves=root, open_session=opener)
    async with app.run_test(size=(80, 24)) as pilot:
        traveller = Traveller(app, pilot)
        await traveller.until(lambda: app.story is not None, "the story")
        await traveller.say("examine ledger")
        assert "│ shape (4, 3)" in app.story.prose.text
        await traveller.cast("cast scales", wrong_first=True)
        assert "points" in app.story.prose.text
