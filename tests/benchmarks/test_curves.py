"""What a long training costs the screen: hearing it, and drawing it again.

Told as ratios to a short one, in the same run; the milliseconds are printed.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult

from oz.crucible.model import Metric
from oz.crucible.training import Heard, sparkline
from oz.tui import gauges
from oz.tui.widgets.plot import TrainingPlot

LAYERS = 40


def metric(step: int) -> Metric:
    values = {"loss": 2.0 * math.exp(-step / 5000) + 0.1 * math.sin(step)}
    values |= {f"grad/layer{n}.weight": 0.1 for n in range(LAYERS if step % 100 == 0 else 0)}
    return Metric(step, values)


def heard(steps: int) -> Heard:
    known = Heard()
    for step in range(steps):
        known.take(metric(step), step / 20)
    return known


def median(work: Callable[[], object], times: int = 9) -> float:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


class Page(App[None]):
    def compose(self) -> ComposeResult:
        yield TrainingPlot(id="plot", clock=lambda: 0.0)


@pytest.mark.benchmark
async def test_a_curve_of_100_000_points_is_drawn_as_quickly_as_one_of_a_thousand() -> None:
    app = Page()
    costs = {}
    async with app.run_test(size=(120, 40)) as pilot:
        plot = app.query_one(TrainingPlot)
        for steps in (1_000, 100_000):
            plot.start()
            plot._heard = heard(steps)
            plot.display = True
            await plot._redraw()
            await pilot.pause()

            def draw() -> None:
                plot._paint(["loss"], 80)
                plot._plot.render()
                gauges.beside(plot._heard, 36, 12)
                sparkline(plot._heard.curves["loss"].values)

            costs[steps] = median(draw)
    few, many = costs.values()
    print(f"\na redraw: {few * 1e3:.1f} ms after 1,000 steps, {many * 1e3:.1f} ms after 100,000")
    assert many < 4 * few


@pytest.mark.benchmark
def test_a_step_costs_the_same_however_many_there_were() -> None:
    known = heard(1_000)
    few = median(lambda: [known.take(metric(s), 0.0) for s in range(1_000, 2_000)])
    known = heard(100_000)
    many = median(lambda: [known.take(metric(s), 0.0) for s in range(100_000, 101_000)])
    print(f"\na step heard: {few * 1e3:.1f} µs at first, {many * 1e3:.1f} µs after 100,000")
    assert many < 8 * few
