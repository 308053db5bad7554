"""Makes the pictures of the README from the real game: `python -m tests.tui.pictures.make`.

A real session on the real lessons, with the real crucible, is played by a pilot; what is on the
screen is written beside this file as SVG. Nothing is drawn by hand.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from oz.tui.app import OzApp

HERE = Path(__file__).parent
SIZE = (100, 32)
TRAINED = "glade/court"
NEARLY = """import torch


def lay(n):
    \"\"\"The numbers of n stones: 0, 1, ... n - 1.\"\"\"
    return torch.arange(1, n)


def places(width, n):
    return torch.linspace(0, width, n)


def rails(n, height):
    return torch.full((2, n), height, dtype=torch.float32)


def moss(stones):
    return torch.zeros_like(stones)
"""


async def until(pilot: Pilot[int], text: str) -> None:
    """Let the game go on until `text` is on the screen."""
    for _ in range(2000):
        await pilot.pause(0.01)
        shown = "\n".join(s.text for s in pilot.app.screen._compositor.render_strips())
        if text in shown:
            return
    raise AssertionError(f"{text!r} never came:\n{shown}")


async def type_in(pilot: Pilot[int], line: str) -> None:
    """Type a line at the prompt of the screen in front."""
    prompt = pilot.app.screen.query_one("#prompt", Input)
    prompt.focus()
    prompt.value = line
    await pilot.press("enter")


def write(app: OzApp, name: str, title: str) -> None:
    """The screen in front as an SVG that asks nobody for its font."""
    svg = app.export_screenshot(title=title, simplify=True)
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: ?Fira Code", "font-family: 'Fira Code', Menlo, Consolas", svg)
    (HERE / f"{name}.svg").write_text(svg, "utf-8")


async def train(app: OzApp, pilot: Pilot[int]) -> None:
    """A training, and what it left behind."""
    session = app.session
    assert session is not None
    await until(pilot, "what do you do?")
    answer = session.desk(TRAINED).spell.solution.read_text("utf-8")
    session.write_draft(TRAINED, answer)
    await app.show_desk(TRAINED)
    await until(pilot, session.desk(TRAINED).spell.title)
    await pilot.press("f5")
    await until(pilot, "The spell holds")
    await until(pilot, "'curve'")
    await type_in(pilot, "curve")
    await until(pilot, "gradients, ")
    await pilot.pause(0.5)
    write(app, "training", "oz: a training")
    await type_in(pilot, "pictures")
    await until(pilot, "F5 Pictures")
    await pilot.pause(0.5)
    write(app, "pictures", "oz: what it left behind")


async def main() -> None:
    """Play, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        saves = Path(folder) / "saves"
        app = OzApp(saves / "dorothy", saves=saves)
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, "cast scales")
            await type_in(pilot, "examine scales")
            await until(pilot, "tensor(0.1000)")
            await type_in(pilot, "ask aunt em about the scales")
            await until(pilot, "weigh to eight")
            write(app, "story", "oz")
            session = app.session
            assert session is not None
            session.write_draft("munchkins/first-stones", NEARLY)
            await app.show_desk("munchkins/first-stones")
            await until(pilot, "linspace")
            await pilot.press("f5")
            await until(pilot, "Not yet")
            write(app, "desk", "oz: the spell desk")
            await pilot.press("f10")
            await train(app, pilot)


if __name__ == "__main__":
    asyncio.run(main())
