"""What is put by of a cast for later: its curves, thinned, and its pictures.

Filled with the events of the run as they come; knows no file.
"""

from __future__ import annotations

from collections.abc import Iterable

from oz.crucible.model import Event, Metric, Picture
from oz.crucible.training import Heard, thin
from oz.saves.keepsakes import Keepsake, KeptCurve, KeptPicture

CURVES, PICTURES = 4, 6
"""Of one cast, at most."""
_POINTS = 160
"""Of one curve."""
_PIXELS = 1 << 16
"""Bytes of one picture; a larger one is only shown."""
_ASIDE = ("steps_per_second", "examples_per_second", "memory", "gpu_memory")
"""How fast and how large it was: of the machine, not of what was learned."""


class Keeping:
    """What one cast leaves."""

    def __init__(self) -> None:
        self._heard = Heard()
        self._pictures: dict[str, Picture] = {}

    def take(self, events: Iterable[Event]) -> None:
        """Hear some events of the run."""
        for event in events:
            if isinstance(event, Metric):
                self._heard.take(event, 0.0)
            elif isinstance(event, Picture) and len(event.pixels) <= _PIXELS:
                self._pictures[event.name] = event

    def kept(self) -> tuple[Keepsake, ...]:
        """What is worth keeping: the first curves that are not level, losses before all others, and
        the pictures."""
        curves = {
            name: curve
            for name, curve in self._heard.curves.items()
            if name not in _ASIDE and (curve.broken or curve.lowest[1] < curve.highest[1])
        }
        names = sorted(curves, key=lambda name: not name.startswith("loss"))[:CURVES]
        found: list[Keepsake] = [
            KeptCurve(
                name,
                tuple(thin(curves[name].points, _POINTS)),
                tuple(dict.fromkeys(step for step, _ in curves[name].broken[:_POINTS])),
            )
            for name in names
        ]
        found += [
            KeptPicture(name, p.width, p.height, p.channels, p.pixels)
            for name, p in list(self._pictures.items())[:PICTURES]
        ]
        return tuple(found)
