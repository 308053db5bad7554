"""A training under way: its curve, over that of the attempt before; gradients; progress.

Redraws at most five times a second and never draws more points than it has columns, since a redraw
costs by the point. What it shows beside the curve is made by `oz.tui.gauges`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from oz.crucible.model import Metric, Progress
from oz.crucible.training import Heard, Point, broken, closing, duration, sparkline, thin
from oz.tongue import _
from oz.tui import gauges

if TYPE_CHECKING:
    from textual.timer import Timer

SECONDS = 0.2
"""Between two redraws."""
_TICK = 1.0
"""Between two redraws where nothing was heard: the time goes on."""
_BESIDE = 36
"""Columns of what stands beside the curve."""
_DECADES = 1000
"""A curve whose highest point is this many times its lowest is drawn on a log scale."""
_MARKERS = ("braille", "x", "o")
"""Of the curves that are drawn over one another: told apart without colour."""


class TrainingPlot(Vertical):
    """The curve of `loss` (or of the first number that comes), and what is known besides.

    `clock` gives seconds.
    """

    def __init__(
        self, *, id: str | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(id=id)
        self._clock = clock
        self._heard = Heard()
        self._before: Heard | None = None
        self._limit = 0.0
        self._began = 0.0
        self._over = False
        self._timer: Timer | None = None
        self._idle = False
        """The timer is that of a redraw for the sake of the time alone."""
        self._plot: Any = None
        self.can_focus = False

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="progress")
        with Horizontal(id="graphs"):
            yield Static("", markup=False, id="beside")
        yield Static("", markup=False, id="numbers")

    @property
    def heard(self) -> Heard:
        """The training that is shown."""
        return self._heard

    def start(self, before: Heard | None = None, *, limit: float = 0.0) -> None:
        """Forget the last training. `before`: the one whose curve is laid under the next;
        `limit`: seconds that the run may take."""
        self._heard = Heard()
        self._before = before
        self._limit = limit
        self._began = self._clock()
        self._over = False
        self.display = False
        self.remove_class("-over")
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def take(self, events: Iterable[Metric | Progress]) -> None:
        """Hear of the training; the redraw follows on its own."""
        now = self._clock()
        for event in events:
            self._heard.take(event, now)
        if self._heard.anything:
            self.display = True
            self._redraw_soon()

    def end(self) -> None:
        """The run is over: the last state stays, and is told in a sentence."""
        if self._heard.anything and not self._over:
            self._over = True
            self.add_class("-over")
            self.display = bool(self._heard.curves)  # a bar alone has nothing left to tell
            self._redraw_soon()

    def on_resize(self) -> None:
        if self._heard.anything:
            self._redraw_soon()

    def _redraw_soon(self, seconds: float = SECONDS) -> None:
        if self._timer is not None and seconds > SECONDS:
            return
        if self._timer is not None:
            if not self._idle:
                return
            self._timer.stop()
        self._idle = seconds > SECONDS
        self._timer = self.set_timer(seconds, self._redraw)

    @property
    def sentence(self) -> str:
        """The latest numbers in a line; after the end, the training in a sentence."""
        if not self._over:
            return gauges.numbers(self._heard) if self._heard.curves else ""
        told = closing(self._heard)
        if not told:
            return gauges.numbers(self._heard) if self._heard.curves else ""
        drawn = sparkline(self._heard.curves[self._heard.main[0]].values)
        alarms = [
            _("{SIGNS} gradients {kind}: {listed}.").format(
                SIGNS=gauges.SIGNS[kind], kind=gauges.KINDS[kind], listed=", ".join(names[:3])
            )
            for kind, names in self._heard.alarms.items()
            if kind in {"exploding", "vanishing"}
        ]
        broke = [f"‼ {broken(*self._heard.broke[0])}." if self._heard.broke else ""]
        where = _("'curve' draws it.")
        return " ".join(part for part in (drawn, told, *alarms, *broke, where) if part)

    # --- drawing ------------------------------------------------------------------------------

    async def _redraw(self) -> None:
        self._timer = None
        if not self.is_mounted:
            return
        now = self._clock()
        width = self.content_size.width or self.app.size.width
        running = _("running for {duration}").format(duration=duration(now - self._began))
        if self._limit:
            running += _(" of {duration} at most").format(duration=duration(self._limit))
        line = gauges.progress(self._heard, width - 4, now, running)
        self.query_one("#progress", Static).update(Content("") if self._over else line)
        self.query_one("#progress").display = not self._over
        self.query_one("#numbers", Static).update(self.sentence)
        self._draw_beside(width)
        await self._draw_curve(width)
        if not self._over:
            self._redraw_soon(_TICK)

    def _draw_beside(self, width: int) -> None:
        side = self.query_one("#beside", Static)
        height = max(3, side.parent.size.height if isinstance(side.parent, Horizontal) else 3)
        columns = min(_BESIDE, max(26, width // 2 - 2))
        told = gauges.beside(
            self._heard, columns, height, ascii_only=getattr(self.app, "letters", False)
        )
        side.display = told is not None
        side.styles.width = columns + 2
        if told is not None:
            side.update(told)

    async def _draw_curve(self, width: int) -> None:
        heard = self._heard
        drawn = [name for name in heard.main if len(heard.curves[name].points) > 1]
        graphs = self.query_one("#graphs", Horizontal)
        graphs.set_class(not (drawn or heard.norms), "-empty")
        if not drawn:
            if self._plot is not None:
                self._plot.display = False
            return
        if self._plot is None:
            # Late: most spells train nothing.
            from textual_plotext import PlotextPlot

            self._plot = PlotextPlot(id="curve")
            await graphs.mount(self._plot, before=0)
        self._plot.display = True
        columns = max(20, self._plot.size.width or width - _BESIDE)
        self._paint(drawn, columns)
        self._plot.refresh()

    def _paint(self, names: list[str], columns: int) -> None:
        heard, plt = self._heard, self._plot.plt
        colours = [self._rgb(name) for name in ("primary", "accent", "secondary")]
        layers = [(thin(heard.curves[name].points, columns), name) for name in names]
        under = self._under(names[0], columns)
        everything = [point for points, _ in layers for point in points] + under
        low = min(value for _, value in everything)
        high = max(value for _, value in everything)
        logs = low > 0 and high > _DECADES * low
        plt.clear_figure()
        if under:
            plt.plot(*_axes(under), marker="·", color=self._rgb("muted"))
        for number, (points, _name) in enumerate(layers):
            plt.plot(*_axes(points), marker=_MARKERS[number], color=colours[number])
        if logs:
            plt.yscale("log")
        first, last = min(x for x, _ in everything), max(x for x, _ in everything)
        for step, value in heard.curves[names[0]].broken[:1]:
            last = max(last, step)
            self._mark(step, high, value, to_the_left=step > (first + last) / 2)
        ticks = sorted({round(first + part * (last - first) / 3) for part in range(4)})
        plt.xticks(ticks, [f"{tick:,}" for tick in ticks])
        plt.title(self._title(names, logs=logs, under=bool(under)))

    def _mark(self, step: int, high: float, value: float, *, to_the_left: bool) -> None:
        """A line where the curve became no number, with what it became beside it."""
        error, plt = self._rgb("error"), self._plot.plt
        plt.vertical_line(step, color=error)
        plt.text(
            " NaN " if math.isnan(value) else " inf ",
            step,
            high,
            color=error,
            background=self._rgb("surface"),
            alignment="right" if to_the_left else "left",
        )

    def _title(self, names: list[str], *, logs: bool, under: bool) -> str:
        signs = ("⠒", "x", "o")
        several = len(names) > 1
        told = ", ".join(
            f"{signs[number]} {name}" if several else name for number, name in enumerate(names)
        )
        return told + (_(", log scale") if logs else "") + (_("  (·· the attempt before)") * under)

    def _under(self, name: str, columns: int) -> list[Point]:
        """The curve of the attempt before."""
        if self._before is None or name not in self._before.curves:
            return []
        points = self._before.curves[name].points
        return thin(points, columns) if len(points) > 1 else []

    def _rgb(self, variable: str) -> tuple[int, int, int]:
        from textual.color import Color

        variables = self.app.theme_variables
        return Color.parse(variables.get(variable, variables["foreground"])).rgb


def _axes(points: list[Point]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]
