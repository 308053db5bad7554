"""A training as it was heard: its curves, its gradients, how far it is and how long it will take.

Both front ends fill a `Heard` with the events of a run and show what is in it; the words and the
small drawings that they share (a trend, a row of blocks, a time) are made here too. Pure: times are
given, nothing is asked of a clock.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from oz.crucible.model import Metric, Progress
from oz.tongue import _

MOST = 4096
"""Points that a curve keeps; beyond it neighbours are thinned, extremes and the newest kept."""
CURVES = 3
"""Curves of one kind that are drawn over one another (losses of several optimizers)."""
_SECONDS = 1.0
"""Seconds of progress before a guess at the time left is worth anything."""
_USUAL = 20
"""First norms of a layer, whose median is what is usual for it."""
_EXPLODES, _LARGE, _VANISHES = 100.0, 1e4, 1e-7
"""Times the usual norm; a norm that is too large whatever was usual; one that moves nothing."""
_ROUNDING = 1e-4
"""Share of its weight's below which the norm of a bias may be what rounding left of nought."""
BLOCKS, ASCII_BLOCKS = "▁▂▃▄▅▆▇█", "_.-=+*%#"

Point = tuple[float, float]


@dataclass(slots=True)
class Curve:
    """One number over the steps. What is not finite is in `broken`, not among the points."""

    points: list[Point] = field(default_factory=list)
    broken: list[tuple[int, float]] = field(default_factory=list)
    lowest: Point = (0.0, math.inf)
    highest: Point = (0.0, -math.inf)

    def add(self, step: int, value: float) -> None:
        """One more number."""
        if not math.isfinite(value):
            if len(self.broken) < MOST:
                self.broken.append((step, value))
            return
        self.points.append((step, value))
        if value < self.lowest[1]:
            self.lowest = (step, value)
        if value > self.highest[1]:
            self.highest = (step, value)
        if len(self.points) > MOST:
            self.points = thin(self.points, MOST // 2)

    @property
    def values(self) -> list[float]:
        """The finite numbers, in order."""
        return [value for _, value in self.points]


@dataclass(slots=True)
class Norm:
    """The norm of one layer's gradient."""

    latest: float = 0.0
    first: list[float] = field(default_factory=list)

    def add(self, value: float) -> None:
        """One more norm."""
        self.latest = value
        if len(self.first) < _USUAL and math.isfinite(value):
            self.first.append(value)

    @property
    def alarm(self) -> str:
        """``not finite``, ``exploding``, ``vanishing`` or ``none``; empty where all is well."""
        if not math.isfinite(self.latest):
            return "not finite"
        if self.latest == 0.0:
            return "none"
        usual = statistics.median(self.first) if self.first else self.latest
        if self.latest > _LARGE or (usual > 0 and self.latest > _EXPLODES * usual):
            return "exploding"
        return "vanishing" if self.latest < _VANISHES else ""


@dataclass(slots=True)
class Bar:
    """One progress bar."""

    state: Progress
    since: float
    """When it was first seen."""
    share: float
    """How far it was then."""


class Heard:
    """What is known of one training, from its events in the order in which they came."""

    def __init__(self) -> None:
        self.curves: dict[str, Curve] = {}
        """By name; gradient norms of single layers are in `norms`."""
        self.norms: dict[str, Norm] = {}
        """By parameter, in the order of the model."""
        self.latest: dict[str, float] = {}
        self.step = 0
        self.broke: list[tuple[int, tuple[str, ...]]] = []
        """Steps at which something was not finite for the first time, and what."""
        self._ever: set[str] = set()
        self._bars: dict[int, Bar] = {}
        self._share: tuple[float, float, float] | None = None
        """Share that is done, as metrics tell it: at first, when, and now."""

    def take(self, event: Metric | Progress, now: float) -> None:
        """Hear one event at time `now` (seconds). Ranks but the first are not heard."""
        if isinstance(event, Progress):
            self._bar(event, now)
        elif not event.rank:
            self._metric(event, now)

    def _metric(self, metric: Metric, now: float) -> None:
        if not metric.source:
            self.step = metric.step
        for name, value in metric.values.items():
            if name.startswith("grad/"):
                self.norms.setdefault(name.removeprefix("grad/"), Norm()).add(value)
            else:
                self.latest[name] = value
                self.curves.setdefault(name, Curve()).add(metric.step, value)
        new = tuple(n for n in dict.fromkeys(metric.nonfinite) if n not in self._ever)
        if new:
            self._ever |= set(new)
            self.broke.append((metric.step, new))
        if metric.progress is not None:
            first = self._share if self._share and self._share[2] <= metric.progress else None
            start, when = first[:2] if first else (metric.progress, now)
            self._share = (start, when, metric.progress)

    def _bar(self, state: Progress, now: float) -> None:
        for level in [level for level in self._bars if level > state.level]:
            if (state.share or 0.0) >= 1.0 or state.done != self._bars[state.level].state.done:
                del self._bars[level]  # what was nested in the last round
        known = self._bars.get(state.level)
        again = known is None or state.label != known.state.label or state.done < known.state.done
        if known is None or again:
            self._bars[state.level] = Bar(state, now, state.share or 0.0)
        else:
            known.state = state

    # --- what there is to show ------------------------------------------------------------------

    @property
    def anything(self) -> bool:
        """Whether something was trained, or counted."""
        return bool(self.curves or self._bars)

    @property
    def main(self) -> list[str]:
        """Names of the curves that matter most: the losses, else the first that came."""
        losses = [name for name in self.curves if name == "loss" or name.startswith("loss/")]
        if not losses:
            losses = [name for name in self.curves if "loss" in name.lower()]
        return losses[:CURVES] or list(self.curves)[:1]

    @property
    def others(self) -> list[str]:
        """Names of further curves of the player's own, such as an accuracy."""
        known = {"grad_norm", "memory", "gpu_memory", "steps_per_second", "examples_per_second"}
        main = self.main
        return [
            name
            for name in self.curves
            if name not in main
            and name.partition("/")[0] not in known
            and not (name.partition("/")[0] == "lr" and len(set(self.curves[name].values)) < 2)
        ]

    @property
    def bars(self) -> list[Progress]:
        """The progress bars under way, the outermost first."""
        return [self._bars[level].state for level in sorted(self._bars)]

    @property
    def alarms(self) -> dict[str, list[str]]:
        """Layers by what is wrong with their gradients."""
        found: dict[str, list[str]] = {}
        for name in self.norms:
            if alarm := self.alarm(name):
                found.setdefault(alarm, []).append(name)
        return found

    def alarm(self, name: str) -> str:
        """What is wrong with the gradient of the parameter `name`, as `Norm.alarm`.

        Nothing, where a bias has none to speak of while its weight has: a layer that takes the
        mean away (`BatchNorm`) or cares for differences alone (`softmax`) takes a bias before it
        away too, and what is left of its gradient is rounding.
        """
        norm = self.norms[name]
        weight = self.norms.get(f"{name[:-4]}weight") if name.endswith("bias") else None
        if weight is None or weight.alarm:
            return norm.alarm
        nought = norm.alarm in {"vanishing", "none"} or norm.latest < _ROUNDING * weight.latest
        return "" if nought else norm.alarm

    @property
    def share(self) -> float | None:
        """Share of the training that is done, 0 to 1, where anybody knows."""
        if 0 not in self._bars:
            return self._share[2] if self._share else None
        outer = self._bars[0].state
        if outer.share is None or not outer.total:
            return None
        inner = self._bars[1].state.share if 1 in self._bars else None
        return min(1.0, outer.share + (inner or 0.0) / outer.total)

    def left(self, now: float) -> float | None:
        """Seconds that are left if it goes on as it has; `None` where nobody can say."""
        share = self.share
        if share is None or share >= 1.0:
            return None
        bar = self._bars.get(0)
        if bar is not None:
            start, since = bar.share, bar.since
        elif self._share is not None:
            start, since, _was = self._share
        else:
            return None
        if share <= start or now - since < _SECONDS:
            return None
        return (1.0 - share) / (share - start) * (now - since)


# --- fewer points -------------------------------------------------------------------------------


def thin(points: Sequence[Point], most: int) -> list[Point]:
    """At most `most` points: of each run of neighbours its lowest and its highest, in order. The
    first and the newest are always there, and no spike is lost."""
    if len(points) <= max(4, most):
        return list(points)
    runs = max(1, most // 2 - 1)
    inner = points[1:-1]
    kept = [points[0]]
    for number in range(runs):
        run = inner[number * len(inner) // runs : (number + 1) * len(inner) // runs]
        low, high = min(run, key=_value), max(run, key=_value)
        kept += [low] if low == high else sorted((low, high))
    return [*kept, points[-1]]


def _value(point: Point) -> float:
    return point[1]


def _mean(values: Sequence[float]) -> float:
    # Not `statistics.fmean`, which raises where losses near the largest float add up.
    return sum(values) / len(values)


# --- in words and small drawings ----------------------------------------------------------------


def sparkline(values: Sequence[float], width: int = 24, *, blocks: str = BLOCKS) -> str:
    """`values` as a row of blocks, each the mean of its run; one that is level lies at the foot."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return ""
    runs = min(width, len(finite))
    means = [
        _mean(finite[n * len(finite) // runs : (n + 1) * len(finite) // runs]) for n in range(runs)
    ]
    low, span = min(means), max(means) - min(means)
    if not span or not math.isfinite(span):
        return blocks[0] * runs
    top = len(blocks) - 1
    return "".join(blocks[round((mean - low) / span * top)] for mean in means)


def trend(values: Sequence[float]) -> str:
    """How the last quarter compares with the one before it."""
    quarter = max(1, len(values) // 4)
    before = values[-2 * quarter : -quarter]
    if not before:
        return ""
    change = _mean(values[-quarter:]) - _mean(before)
    if abs(change) <= 0.01 * (max(values) - min(values)):
        return _("At the end it was level.")
    return _("At the end it was still falling.") if change < 0 else _("At the end it was rising.")


def closing(heard: Heard) -> str:
    """The training in a few sentences, once it is over; empty where there was none."""
    told = []
    for name in heard.main:
        curve = heard.curves[name]
        if len(curve.points) < 2:
            continue
        told.append(course(name, curve.points, curve.lowest))
    return " ".join(told)


def course(name: str, points: Sequence[Point], lowest: Point) -> str:
    """How the curve `name` went, for those who do not see it; `lowest` of all its points, of which
    `points` may be a few."""
    (_first, start), (step, end) = points[0], points[-1]
    at, low = lowest
    told = _(
        "The {spoken} began at {start:.4g} and ended at {end:.4g} after step "
        "{step:.0f}; the lowest was {low:.4g}, at step {at:.0f}. {trend}"
    )
    return told.format(
        spoken=spoken(name),
        start=start,
        end=end,
        step=step,
        low=low,
        at=at,
        trend=trend([value for _step, value in points]),
    ).strip()


def broken(step: int, names: Iterable[str]) -> str:
    """What was not finite, and since when."""
    listed = [spoken(name) for name in names]
    more = _(" and {count} more").format(count=len(listed) - 3) if len(listed) > 3 else ""
    return _("not a finite number from step {step} on: {listed}{more}").format(
        step=step, listed=", ".join(listed[:3]), more=more
    )


_WORDS = {
    "grad_norm": _("gradient norm"),
    "lr": _("learning rate"),
    "steps_per_second": _("steps a second"),
    "examples_per_second": _("examples a second"),
}


def spoken(name: str) -> str:
    """What a number is called in a sentence."""
    if name.startswith("grad/"):
        return _("gradient of {name}").format(name=name.removeprefix("grad/"))
    head, slash, rest = name.partition("/")
    word = _WORDS.get(head, head.replace("_", " "))
    return (
        _("{word} of {rest}").format(word=word, rest=rest)
        if slash and head in {*_WORDS, "loss"}
        else f"{word}{slash}{rest}"
    )


def duration(seconds: float) -> str:
    """A time in words: ``12 s``, ``3 min 20 s``, ``2 h 5 min``."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
