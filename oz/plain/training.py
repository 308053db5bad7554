"""A training told in words: a line now and then while it runs, and a few sentences at its end.

On a terminal the lines tell how far it is and how long it will take. What is read from a pipe later
shall be the same however quick the machine was, so there only what is certain is told: where it
became no number, where it began and where it ended. Pure: events and the time in, text out.
"""

from __future__ import annotations

import math

from oz.crucible.model import Metric, Progress
from oz.crucible.training import (
    ASCII_BLOCKS,
    BLOCKS,
    Heard,
    broken,
    closing,
    duration,
    sparkline,
    spoken,
)
from oz.tongue import _

EVERY = 2.0
"""Seconds between two lines at least."""
_SHOWN = ("loss", "grad_norm", "lr", "accuracy", "steps_per_second")


class Training:
    """What is heard of one run's numbers. `live`: it is told while it goes on, to somebody who
    waits; else only what does not depend on the machine is said."""

    def __init__(self, *, live: bool = True, ascii_only: bool = False) -> None:
        self._live = live
        self._blocks = ASCII_BLOCKS if ascii_only else BLOCKS
        self._heard = Heard()
        self._told_at = -math.inf

    def take(self, event: Metric | Progress, now: float) -> str:
        """What to say of `event` at time `now` (seconds); mostly nothing."""
        before = len(self._heard.broke)
        alarmed = set(self._heard.alarms.get("exploding", ()))
        self._heard.take(event, now)
        news = [broken(step, names) for step, names in self._heard.broke[before:]]
        if not self._live:
            return self._certain(event)
        exploding = set(self._heard.alarms.get("exploding", ())) - alarmed
        if exploding and not alarmed:
            news.append(_("the gradient of {min} is exploding").format(min=min(exploding)))
        if not news and now - self._told_at < EVERY:
            return ""
        self._told_at = now
        return self._line(event, now, news)

    def _certain(self, event: Metric | Progress) -> str:
        """The step at which the loss itself became no number: every loss is looked at."""
        if isinstance(event, Metric) and not event.rank and "loss" in event.first:
            return _("step {step}: the loss is not a finite number").format(step=event.step)
        return ""

    def _line(self, event: Metric | Progress, now: float, news: list[str]) -> str:
        latest = self._heard.latest
        told = [_number(key, latest[key]) for key in self._keys()]
        share, left = self._heard.share, self._heard.left(now)
        if share is not None:
            told.append(
                _("{share:.0%} done").format(share=share)
                + (_(", about {duration} left").format(duration=duration(left)) if left else "")
            )
        elif isinstance(event, Progress):
            told.append(f"{event.label or 'rounds'} {event.done}")
        head = _("step {step}: ").format(step=self._heard.step) if latest else ""
        return f"{head}{', '.join(told)}" + "".join(f"; {what}" for what in news)

    def _keys(self) -> list[str]:
        latest, main = self._heard.latest, self._heard.main
        known = [key for key in _SHOWN if key in latest]
        own = [key for key in latest if key not in _SHOWN and ("/" not in key or key in main)]
        own = [key for key in own if "memory" not in key and key != "examples_per_second"]
        return [*known, *own][:5]

    def end(self) -> str:
        """The training in sentences, once it is over; empty where there was none."""
        return self.described() if self._live else self._plainly()

    def described(self) -> str:
        """The training as it was heard, for somebody who asks; empty where there was none."""
        told = closing(self._heard)
        if not told:
            return ""
        drawn = sparkline(self._heard.curves[self._heard.main[0]].values, blocks=self._blocks)
        return f"{told}\n\n`{drawn}`"

    def _plainly(self) -> str:
        """Start and end alone: which steps were heard between them is chance."""
        told = []
        for name in self._heard.main:
            points = self._heard.curves[name].points
            if len(points) > 1:
                told.append(
                    _(
                        "The {spoken} began at {about} and ended at {about2} "
                        "after step {points:.0f}."
                    ).format(
                        spoken=spoken(name),
                        about=_about(points[0][1]),
                        about2=_about(points[-1][1]),
                        points=points[-1][0],
                    )
                )
        return " ".join(told)


def _number(name: str, value: float) -> str:
    if name == "steps_per_second":
        return f"{value:.3g} {name.replace('_per_', ' a ')}"
    return f"{spoken(name)} {value:.4g}"


def _about(value: float) -> str:
    """Two figures of a number, which is as many as are the same on every machine."""
    return f"{float(f'{value:.2g}'):g}"
