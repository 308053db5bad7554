"""The loss of a training under way, as a small curve.

Redraws at most four times a second and never draws more points than it has columns, since a redraw
costs by the point.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from oz.crucible.model import Metric

if TYPE_CHECKING:
    from textual.timer import Timer

SECONDS = 0.25


def thin(points: Sequence[tuple[float, float]], columns: int) -> list[tuple[float, float]]:
    """At most `columns` points, of each run of them the last: the newest is always there."""
    if len(points) <= columns:
        return list(points)
    size = len(points) / columns
    return [points[math.ceil((number + 1) * size) - 1] for number in range(columns)]


class TrainingPlot(Vertical):
    """A curve of `loss` (or of the first number that comes) and a line of the latest numbers."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._points: list[tuple[float, float]] = []
        self._name = ""
        self._latest: Metric | None = None
        self._bad: tuple[int, tuple[str, ...]] | None = None
        self._timer: Timer | None = None
        self._plot: Any = None

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="numbers")

    def start(self) -> None:
        """Forget the last training."""
        self._points = []
        self._name = ""
        self._latest = None
        self._bad = None
        self.display = False

    def take(self, metrics: Iterable[Metric]) -> None:
        """Add numbers; the redraw follows on its own."""
        came = False
        for metric in metrics:
            if metric.rank:
                continue  # one curve, that of the first rank
            came = True
            self._latest = metric
            self._name = self._name or _main(metric)
            value = metric.values.get(self._name)
            if metric.nonfinite and self._bad is None:
                self._bad = (metric.step, metric.nonfinite)
            if value is not None and math.isfinite(value):
                self._points.append((metric.step, value))
        if came and self._timer is None:
            self.display = True
            self._timer = self.set_timer(SECONDS, self._redraw)

    @property
    def sentence(self) -> str:
        """The latest numbers in a line."""
        if self._latest is None:
            return ""
        metric = self._latest
        told = [f"step {metric.step}"]
        told += [
            f"{name.replace('_', ' ')} {metric.values[name]:.4g}"
            for name in ("loss", "grad_norm", "lr", "steps_per_second")
            if name in metric.values
        ]
        if metric.progress is not None:
            told.append(f"{metric.progress:.0%}")
        if self._bad is not None:
            step, names = self._bad
            told.append(f"not finite since step {step}: {', '.join(names)}")
        return " · ".join(told)

    async def _redraw(self) -> None:
        self._timer = None
        if not self.is_mounted:
            return
        self.query_one("#numbers", Static).update(self.sentence)
        if len(self._points) < 2:
            return
        if self._plot is None:
            # Late: most spells train nothing.
            from textual_plotext import PlotextPlot

            self._plot = PlotextPlot(id="curve")
            await self.mount(self._plot, before=0)
        points = thin(self._points, max(20, self.size.width))
        plt = self._plot.plt
        plt.clear_data()
        plt.plot([x for x, _ in points], [y for _, y in points], marker="braille")
        plt.xlabel("step")
        plt.title(self._name)
        self._plot.refresh()


def _main(metric: Metric) -> str:
    return "loss" if "loss" in metric.values else next(iter(metric.values), "")
