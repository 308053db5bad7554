"""Pinned screens: their text, and the colours and attributes of every run of it.

``pytest tests/tui --update-snapshots`` writes them anew; look at the difference before keeping it.
Textual is pinned exactly, the cursor does not blink, nothing moves, and no clock is shown.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from tests.tui.fake import passing, raising
from tests.tui.test_books import opened
from tests.tui.test_looking import run_and_look
from tests.tui.test_settings import open_settings
from tests.tui.test_training import fitting, run_and_hold

FOLDER = Path(__file__).parent / "snapshots"
SPELL = "munchkins/first-stones"


def rendered(app) -> str:
    """The screen in front: its lines, then the styles of each line, run by run."""
    strips = app.screen._compositor.render_strips()
    text = "\n".join(strip.text.rstrip() for strip in strips)
    styles = []
    for row, strip in enumerate(strips):
        runs: list[list[object]] = []
        for segment in strip:
            look = appearance(segment.style)
            if runs and runs[-1][1] == look:
                runs[-1][0] += segment.cell_length  # type: ignore[operator]
            else:
                runs.append([segment.cell_length, look])
        styles.append(f"{row:>2}: " + " ".join(f"{length}×{look}" for length, look in runs))
    return text + "\n--- styles\n" + "\n".join(styles) + "\n"


def appearance(style) -> str:
    """Colours and attributes of a style in a few letters."""
    if style is None:
        return "-"
    fore, back = (
        color.get_truecolor().hex if color is not None else "-"
        for color in (style.color, style.bgcolor)
    )
    flags = "".join(
        letter
        for letter, on in (("b", style.bold), ("i", style.italic), ("u", style.underline))
        if on
    )
    return f"{fore}/{back}{flags}"


async def still(game) -> None:
    """No blinking cursor, nothing under way."""
    for field in game.app.screen.query("Input, TextArea"):
        if isinstance(field, Input | TextArea):
            field.cursor_blink = False
            field.notify_style_update()  # a line may be kept as it was without its cursor
            field.refresh()
    for toast in game.app.screen.query("Toast"):
        await toast.remove()
    await game.until(lambda: not getattr(game.app.screen, "_looking", False), "the keys")
    await game.pilot.pause()


async def story(game) -> None:
    await game.type("x ledger")
    await game.type("talk to em")
    await game.until_text("You could ask")


async def desk(game) -> None:
    await game.open_desk()
    await game.until_text("Boq counts stones")


async def failed(game) -> None:
    await desk(game)
    await game.pilot.press("f5")
    await game.until_text("✗ Not yet.")
    await game.until_text("1 attempt ·")


async def raised(game) -> None:
    game.session.casts.append([raising(SPELL)])
    await desk(game)
    await game.pilot.press("f5")
    await game.until_text("stopped with an error")
    await game.until_text("1 attempt ·")


async def passed(game) -> None:
    game.session.casts.append([passing(SPELL)])
    await desk(game)
    await game.pilot.press("f5")
    await game.until_text("✓ passed")


async def predict(game) -> None:
    await game.open_desk("two-pebbles")
    await game.pilot.press("f3")
    await game.until_text("What is x.shape?")


async def trained(game) -> None:
    await run_and_hold(game, fitting(explodes=True, breaks=True))
    await game.until_text("not a finite number")


async def looked(game) -> None:
    await run_and_look(game, "tensors")
    await game.until_text("in order, row by row")


async def pictured(game) -> None:
    await run_and_look(game, "pictures")
    await game.until_text("filters 11×3")


async def graphed(game) -> None:
    await run_and_look(game, "graph")
    await game.pilot.press("f6")
    await game.until_text("model.2.0.bias  leaf (10,)")


async def compared(game) -> None:
    game.session.drafts[SPELL] = "import torch\n\nstones = torch.arange(7)\n"
    await desk(game)
    await game.type("diff")
    await game.until_text("- stones = torch.zeros(7)")


async def settings(game) -> None:
    await open_settings(game)


async def help_page(game) -> None:
    await game.pilot.press("f1")
    await game.until_text("How to play")


async def journal(game) -> None:
    await opened(game, "journal first-stones", "JournalScreen")
    await game.until_text("First passed on 2026-03-14")


async def code(game) -> None:
    await journal(game)
    await game.pilot.press("f2", "pagedown", "pagedown")
    await game.until_text("# Counted from the wrong bank")


async def spellbook(game) -> None:
    await opened(game, "spellbook arange", "SpellbookScreen")
    await game.until_text("It prints")
    await game.until_text("your line 4")


async def figures(game) -> None:
    await opened(game, "statistics", "StatisticsScreen")
    await game.until_text("What took most:")


async def nothing(game) -> None:
    await game.pilot.pause()


PINNED = [
    ("title-80x24-dark", (80, 24), "dark", nothing),
    ("story-80x24-dark", (80, 24), "dark", story),
    ("story-120x40-light", (120, 40), "light", story),
    ("desk-80x24-dark", (80, 24), "dark", desk),
    ("predict-80x24-dark", (80, 24), "dark", predict),
    ("failed-80x24-dark", (80, 24), "dark", failed),
    ("failed-120x40-light", (120, 40), "light", failed),
    ("raised-120x40-dark", (120, 40), "dark", raised),
    ("passed-200x60-contrast", (200, 60), "contrast", passed),
    ("training-80x24-dark", (80, 24), "dark", trained),
    ("training-120x40-light", (120, 40), "light", trained),
    ("graph-120x40-contrast", (120, 40), "contrast", graphed),
    ("compared-80x24-dark", (80, 24), "dark", compared),
    ("tensors-80x24-light", (80, 24), "light", looked),
    ("pictures-80x24-dark", (80, 24), "dark", pictured),
    ("settings-80x24-dark", (80, 24), "dark", settings),
    ("help-80x24-contrast", (80, 24), "contrast", help_page),
    ("journal-80x24-dark", (80, 24), "dark", journal),
    ("journal-code-80x24-dark", (80, 24), "dark", code),
    ("journal-120x40-light", (120, 40), "light", journal),
    ("spellbook-80x24-dark", (80, 24), "dark", spellbook),
    ("spellbook-120x40-contrast", (120, 40), "contrast", spellbook),
    ("statistics-80x24-dark", (80, 24), "dark", figures),
]


@pytest.mark.parametrize(("name", "size", "theme", "act"), PINNED, ids=[p[0] for p in PINNED])
async def test_the_screen_is_as_it_was(playing, request, name, size, theme, act):
    async with playing(size=size, title=name.startswith("title")) as game:
        game.app.theme = theme
        await act(game)
        await still(game)
        now = rendered(game.app)
    path = FOLDER / f"{name}.txt"
    if request.config.getoption("--update-snapshots"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(now, "utf-8")
        return
    was = path.read_text("utf-8")
    difference = "\n".join(difflib.unified_diff(was.split("\n"), now.split("\n"), lineterm=""))
    assert now == was, f"{name} looks different:\n{difference}"
