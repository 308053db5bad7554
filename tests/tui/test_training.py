"""A training at the desk: its curve, its gradients, how far it is; and what is left of it after."""

from __future__ import annotations

import asyncio
import math
from itertools import pairwise

import pytest
from textual.widgets import Static

from oz.crucible.model import Metric, Progress, Started
from oz.crucible.training import Heard
from oz.session.model import SessionEvent
from oz.story.events import Said
from oz.tui import gauges
from oz.tui.widgets import plot
from oz.tui.widgets.plot import TrainingPlot
from tests.tui.conftest import SIZES
from tests.tui.fake import failing, flood, passing

SPELL = "munchkins/first-stones"
LAYERS = ("0.weight", "0.bias", "encoder.layers.0.weight", "out.weight", "out.bias")


def fitting(
    steps: int = 120, *, explodes: bool = False, breaks: bool = False
) -> list[SessionEvent]:
    """What a training tells: losses, gradients of each layer, an accuracy, a bar."""
    told: list[SessionEvent] = [Started(1)]
    for step in range(steps):
        late = step >= steps - 10
        values = {
            "loss": 2.3 * math.exp(-step / 40) + 0.1,
            "grad_norm": 0.5,
            "lr": 0.01,
            "steps_per_second": 340.0,
            "accuracy": step / steps,
        }
        values |= {f"grad/{name}": 10.0 ** -(at + 1) for at, name in enumerate(LAYERS)}
        if explodes and late:
            values["grad/0.bias"] = 1e5
        bad = ("loss",) if breaks and late else ()
        if bad:
            values["loss"] = math.nan
        first = bad if step == steps - 10 else ()
        told.append(Metric(step, values, bad, step / steps, first=first))
    told.append(Progress("epochs", 3, 12))
    return told


async def run_and_hold(game, *casts: list[SessionEvent]) -> TrainingPlot:
    """Run the first of `casts` at the desk, and hold it before its verdict."""
    game.session.casts += [[cast, failing(SPELL)[1:]] for cast in casts]
    game.session.hold = asyncio.Event()
    await game.open_desk()
    training = game.app.screen.query_one(TrainingPlot)
    training._clock = lambda: 0.0
    await game.pilot.press("f5")
    await game.until(lambda: bool(game.app.screen.query("#curve")), "the curve")
    return training


@pytest.mark.parametrize("size", SIZES)
async def test_curve_gradients_and_progress_are_in_sight(playing, size):
    async with playing(size=size) as game:
        await run_and_hold(game, fitting())
        for text in ("25% · epochs 3 of 12", "gradients, 1e-7 to 1e3", "0.weight", "accuracy",
                     "step 119 · loss 0.2174", "learning rate 0.01", "steps/s"):  # fmt: skip
            await game.until_text(text)
        game.session.hold.set()
        await game.until_text("✗ Not yet.")
        await game.until_text("The loss began at 2.4 and ended at 0.2174")


async def test_exploding_gradients_and_the_first_nan_are_said_in_signs_and_words(playing):
    async with playing(size=(80, 24)) as game:
        await run_and_hold(game, fitting(explodes=True, breaks=True))
        for text in (
            "▲ exploding: 0.bias",
            "1.0e+05 ▲",
            "NaN",
            "not a finite number from step 110",
        ):
            await game.until_text(text)
        game.session.hold.set()
        await game.until_text("▲ gradients exploding: 0.bias.")


async def test_the_attempt_before_lies_under_the_present_one(playing):
    async with playing(size=(80, 24)) as game:
        await run_and_hold(game, fitting(), fitting(60))
        assert "the attempt before" not in game.text
        game.session.hold.set()
        await game.until_text("✗ Not yet.")
        game.session.hold = asyncio.Event()
        await game.pilot.press("f5")
        await game.until_text("(·· the attempt before)")
        game.session.hold.set()
        await game.until_text("✗ Not yet.")


async def test_curve_gives_the_training_all_the_room_and_takes_it_back(playing):
    async with playing(size=(80, 24)) as game:
        await game.open_desk()
        await game.type("curve")
        await game.until_text("Nothing was trained in the last run.")
        game.session.casts.append([fitting(), failing(SPELL)[1:]])
        await game.pilot.press("f5")
        await game.until_text("'curve' draws it.")
        assert "✗ Not yet." in game.text
        await game.type("curve")
        await game.until_text("gradients, 1e-7 to 1e3")
        assert "✗ Not yet." not in game.text
        await game.type("curve")
        await game.until_text("✗ Not yet.")


@pytest.mark.parametrize("size", SIZES)
async def test_the_story_and_the_curve_after_it_stand_apart(playing, size):
    async with playing(size=size) as game:
        game.session.casts.append([fitting(), passing(SPELL)[1:]])
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("The loss began")
        curve = game.app.screen.query_one(TrainingPlot)
        verdict = game.app.screen.query_one("#verdict")
        await game.until(lambda: curve.region.y > verdict.region.bottom, "a line between them")


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_printed_has_room_under_the_story_and_the_curve(playing, size):
    async with playing(size=size) as game:
        long = [Said("A sentence of the story, and one more for good measure. " * 20)]
        game.session.casts.append([flood(9), fitting(), [*passing(SPELL)[1:], *long]])
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("The loss began")
        log = game.app.screen.query_one("#output")
        await game.until(lambda: log.region.height >= 2, "room for the output")
        await game.until_text("line 8")


async def test_at_a_wide_desk_it_stands_in_place_of_the_code(playing):
    async with playing(size=(120, 40)) as game:
        game.session.casts.append([fitting(), failing(SPELL)[1:]])
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("'curve' draws it.")
        await game.type("curve")
        await game.until(lambda: not game.app.screen.query_one("#code").display)
        await game.type("fly")  # what the story answers takes the room back
        await game.until_text("That's not a verb I know")
        assert game.app.screen.query_one("#code").display


async def test_it_is_drawn_five_times_a_second_at_most(playing, monkeypatch):
    drawn = []
    real = TrainingPlot._redraw

    async def counted(self):
        drawn.append(self._clock())
        await real(self)

    monkeypatch.setattr(TrainingPlot, "_redraw", counted)
    async with playing(size=(80, 24)) as game:
        batches = [fitting(40)[n : n + 1] for n in range(41)]
        game.session.casts.append([*batches, failing(SPELL)[1:]])
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("'curve' draws it.")
    assert all(later - earlier >= plot.SECONDS * 0.9 for earlier, later in pairwise(drawn))


async def test_a_bar_alone_is_shown_and_gone_when_it_is_over(playing):
    async with playing(size=(80, 24)) as game:
        game.session.casts.append([[Progress("rows", 30, 120)], failing(SPELL)])
        game.session.hold = asyncio.Event()
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("25% · rows 30 of 120")
        game.session.hold.set()
        await game.until_text("✗ Not yet.")
        assert "rows 30" not in game.text


# --- the lines themselves -----------------------------------------------------------------------


def heard(**norms: float) -> Heard:
    known = Heard()
    for _ in range(3):
        known.take(Metric(1, {"loss": 1.0, **{f"grad/{k}": 0.1 for k in norms}}), 0.0)
    known.take(Metric(2, {"loss": 1.0, **{f"grad/{k}": v for k, v in norms.items()}}), 0.0)
    return known


@pytest.mark.parametrize(
    ("norm", "head", "sign"),
    [
        (0.2, "gradients, 1e-7 to 1e3, log scale", ""),
        (50.0, "▲ exploding: a", "▲"),
        (1e-9, "▼ vanishing: a", "▼"),
        (0.0, "○ no gradient: a", "○"),
        (math.nan, "‼ not finite: a", "‼"),
    ],
)
def test_what_is_wrong_with_a_gradient_is_said(norm, head, sign):
    told = gauges.beside(heard(a=norm, b=0.1), 36, 8)
    assert told is not None
    lines = told.plain.split("\n")
    assert lines[0] == head
    assert lines[1].endswith(sign)
    assert all(len(line) <= 36 for line in lines)


def losses(**norms: tuple[float, ...]) -> Heard:
    """A training in which the gradients of these parameters had these norms, in order."""
    known = Heard()
    for step, values in enumerate(zip(*norms.values(), strict=True)):
        told = {f"grad/{name}": value for name, value in zip(norms, values, strict=True)}
        known.take(Metric(step, {"loss": 1.0, **told}), 0.0)
    return known


@pytest.mark.parametrize("bias", [(1e-9,) * 3, (0.0,) * 3, (1e-9, 1e-9, 5e-7)])
def test_a_bias_that_a_batch_norm_takes_away_is_no_alarm(bias):
    known = losses(**{"0.weight": (0.1,) * 3, "0.bias": bias})
    assert not known.alarms
    told = gauges.beside(known, 36, 8)
    assert told is not None
    assert told.plain.split("\n")[0] == "gradients, 1e-7 to 1e3, log scale"
    assert not any(sign in told.plain for sign in gauges.SIGNS.values())


def test_a_layer_of_which_nothing_is_left_is_one():
    known = losses(**{"0.weight": (0.1, 0.1, 1e-9), "0.bias": (0.1, 0.1, 1e-9)})
    assert known.alarms == {"vanishing": ["0.weight", "0.bias"]}
    assert losses(bias=(0.0, 0.0)).alarms == {"none": ["bias"]}
    broke = losses(**{"0.weight": (0.1, 0.1), "0.bias": (0.1, math.nan)})
    assert broke.alarms == {"not finite": ["0.bias"]}


@pytest.mark.parametrize("height", range(3, 9))
def test_as_many_layers_as_have_room_the_alarming_ones_among_them(height):
    known = heard(**{f"l{n}": 50.0 if n == 9 else 0.1 for n in range(10)})
    told = gauges.beside(known, 36, height)
    assert told is not None
    lines = told.plain.split("\n")
    assert len(lines) <= height
    assert "l9" in lines[0]


def test_the_bar_of_progress_fits_and_tells_the_time():
    known = Heard()
    known.take(Progress("epochs", 0, 10), 0.0)
    known.take(Progress("epochs", 5, 10), 30.0)
    told = gauges.progress(known, 60, 30.0, "").plain
    assert told.endswith(" 50% · epochs 5 of 10 · about 30 s left")
    assert len(told) <= 60
    assert gauges.progress(Heard(), 60, 0.0, "running for 3 s").plain == "running for 3 s"


def test_several_losses_are_all_told():
    known = Heard()
    known.take(Metric(3, {"loss/opt_d": 0.5, "loss/opt_g": 2.0}), 0.0)
    assert gauges.numbers(known) == "step 3 · loss of opt_d 0.5 · loss of opt_g 2"


async def test_nothing_of_it_needs_a_plot(playing):
    """A spell that trains nothing never pays for the library that draws."""
    async with playing(size=(80, 24)) as game:
        await game.open_desk()
        await game.pilot.press("f5")
        await game.until_text("✗ Not yet.")
        assert not game.app.screen.query("#curve")
        assert not game.app.screen.query_one("#numbers", Static).content
