"""A training told in words: a line now and then while it runs, and one sentence at its end.

Pure: numbers and the time in, text out.
"""

from __future__ import annotations

import math

from oz.crucible.model import Metric

EVERY = 2.0
"""Seconds between two lines at least."""
_SHOWN = ("loss", "grad_norm", "lr", "accuracy", "steps_per_second")
_WORDS = {"grad_norm": "gradient norm", "lr": "learning rate", "steps_per_second": "steps a second"}


class Training:
    """What is heard of one run's numbers."""

    def __init__(self) -> None:
        self._told_at = -math.inf
        self._curve: list[tuple[int, float]] = []
        self._nonfinite: set[str] = set()
        self._last_step = 0

    def take(self, metric: Metric, now: float) -> str:
        """What to say of `metric` at time `now` (seconds); mostly nothing."""
        self._last_step = metric.step
        told = self._nonfinite_told(metric)
        if "loss" in metric.values:
            self._curve.append((metric.step, metric.values["loss"]))
        if not told and now - self._told_at < EVERY:
            return ""
        self._told_at = now
        values = [f"{_name(key)} {metric.values[key]:.4g}" for key in _keys(metric)]
        progress = [] if metric.progress is None else [f"{metric.progress:.0%} done"]
        return f"step {metric.step}: {', '.join([*values, *progress])}{told}"

    def end(self) -> str:
        """The training as a sentence, once it is over; empty where there was none."""
        finite = [value for _, value in self._curve if math.isfinite(value)]
        if len(finite) < 2:
            return ""
        low = min(finite)
        at = next(step for step, value in self._curve if value == low)
        return (
            f"The loss began at {finite[0]:.4g} and ended at {finite[-1]:.4g} after step "
            f"{self._last_step}; the lowest was {low:.4g}, at step {at}. {_trend(finite)}"
        )

    def _nonfinite_told(self, metric: Metric) -> str:
        new = set(metric.nonfinite) - self._nonfinite
        self._nonfinite |= new
        return f"; not a finite number: {', '.join(sorted(new))}" if new else ""


def _keys(metric: Metric) -> list[str]:
    known = [key for key in _SHOWN if key in metric.values]
    own = [key for key in metric.values if key not in _SHOWN and "/" not in key]
    return [*known, *own][:5]


def _name(key: str) -> str:
    return _WORDS.get(key, key.replace("_", " "))


def _trend(values: list[float]) -> str:
    """How the last quarter compares with the one before it."""
    quarter = max(1, len(values) // 4)
    last = sum(values[-quarter:]) / quarter
    before = values[-2 * quarter : -quarter]
    change = last - sum(before) / len(before)
    if abs(change) <= 0.01 * (max(values) - min(values)):
        return "At the end it was level."
    return "At the end it was still falling." if change < 0 else "At the end it was rising."
