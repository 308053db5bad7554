"""Curves as SVG and pictures as PNG, both as text that stands in the page itself."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterable, Sequence
from html import escape

from oz.crucible.training import course, spoken
from oz.saves.keepsakes import KeptCurve, KeptPicture
from oz.tongue import _

WIDTH, HEIGHT = 520, 180
_LEFT, _TOP, _RIGHT, _BOTTOM = 56, 10, 10, 24
_TIMES = 50.0
"""A curve that spans more than this is drawn on a logarithmic scale."""
_LARGE = 96
"""Pixels that the longer side of a picture has at least when it is shown."""


def in_words(curve: KeptCurve) -> str:
    """The curve as a sentence, for those who do not see it."""
    told = ""
    if curve.points:
        lowest = min(curve.points, key=lambda point: point[1])
        told = course(curve.name, curve.points, lowest)
    if curve.broken:
        told += _(" From step {broken} on it was not finite.").format(broken=curve.broken[0])
    return told.strip()


def svg(curve: KeptCurve, before: Sequence[KeptCurve] = ()) -> str:
    """The curve drawn over those of earlier casts; empty where there is nothing to draw."""
    drawn = [one for one in (*before, curve) if len(one.points) > 1]
    if not drawn or curve not in drawn:
        return ""
    scale = _Scale([point for one in drawn for point in one.points])
    lines = [
        f'<polyline class="{"now" if one is curve else "before"}" points="{scale.line(one)}"/>'
        for one in drawn
    ]
    broken = [
        f'<line class="broken" x1="{x}" x2="{x}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"/>'
        for x in (scale.x(step) for step in curve.broken[:1])
    ]
    return (
        f'<svg class="curve" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'aria-label="{escape(in_words(curve))}"><title>{escape(spoken(curve.name))}</title>'
        f"{''.join(scale.axes())}{''.join(lines)}{''.join(broken)}</svg>"
    )


class _Scale:
    """From steps and values to places in the drawing."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        values = [value for _, value in points]
        self._first, self._last = min(s for s, _ in points), max(s for s, _ in points)
        self._log = min(values) > 0 and max(values) / min(values) > _TIMES
        self._low, self._high = self._of(min(values)), self._of(max(values))

    def _of(self, value: float) -> float:
        return math.log10(max(value, 1e-300)) if self._log else value

    def x(self, step: float) -> str:
        share = (step - self._first) / ((self._last - self._first) or 1.0)
        return f"{_LEFT + min(1.0, max(0.0, share)) * (WIDTH - _LEFT - _RIGHT):.1f}"

    def y(self, value: float) -> str:
        span = self._high - self._low
        # of two floats of either end of the range, the difference may be no number
        share = (self._of(value) - self._low) / span if span and math.isfinite(span) else 0.5
        return f"{_TOP + (1 - share) * (HEIGHT - _TOP - _BOTTOM):.1f}"

    def line(self, curve: KeptCurve) -> str:
        return " ".join(f"{self.x(step)},{self.y(value)}" for step, value in curve.points)

    def axes(self) -> Iterable[str]:
        foot = HEIGHT - _BOTTOM
        yield f'<path class="axis" d="M{_LEFT} {_TOP}V{foot}H{WIDTH - _RIGHT}"/>'
        for place in (self._low, self._high):
            value = 10**place if self._log else place
            y = float(self.y(value))
            yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:.3g}</text>'
        for step, anchor in ((self._first, "start"), (self._last, "end")):
            yield (
                f'<text x="{self.x(step)}" y="{foot + 16}" text-anchor="{anchor}">{step:.0f}</text>'
            )


def img(picture: KeptPicture) -> str:
    """The picture as an ``img`` that carries its own PNG."""
    from PIL import Image  # late: a report is made once in a long while

    mode = "L" if picture.channels == 1 else "RGB"
    made = io.BytesIO()
    Image.frombytes(mode, (picture.width, picture.height), picture.pixels).save(made, "PNG")
    data = base64.b64encode(made.getvalue()).decode("ascii")
    times = max(1, math.ceil(_LARGE / max(picture.width, picture.height)))
    name = escape(picture.name, quote=True)
    return (
        f'<figure><img alt="{name}, {picture.width} by {picture.height}" '
        f'width="{picture.width * times}" height="{picture.height * times}" '
        f'src="data:image/png;base64,{data}"/><figcaption>{name}</figcaption></figure>'
    )
