"""A picture in words: how large it is, where it is dark and where it is bright.

What is told of itself is a line. `described` says more to somebody who asks: a sentence for each
third of the picture from the top, and then the picture itself in letters, small enough for a
braille display to be read line by line. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from oz.crucible.model import Picture
from oz.tongue import _

ROWS, COLUMNS = 16, 32
"""Lines, and letters of a line, of a picture in letters."""
_RAMP = " .:-=+*#%@"
_HIGH = (_("the top is {shades}"), _("the middle is {shades}"), _("the bottom is {shades}"))
_WIDE = (_("on the left"), _("in the middle"), _("on the right"))
_SHADES = (_("black"), _("dark"), _("grey"), _("bright"), _("white"))


def summary(picture: Picture) -> str:
    """The picture in a line."""
    kind = _("in colour") if picture.channels == 3 else _("grey")
    light = _lightness(picture, range(picture.height), range(picture.width))
    dark, bright = min(light), max(light)
    mean = sum(light) / len(light)
    told = _("{width} by {height}, {kind}").format(
        width=picture.width, height=picture.height, kind=kind
    )
    if dark == bright:
        return _("{told}, all of it {shade}").format(told=told, shade=_shade(mean))
    return _("{told}, darkest {dark:.0f}, brightest {bright:.0f} of 255, mostly {shade}").format(
        told=told, dark=dark, bright=bright, shade=_shade(mean)
    )


def described(picture: Picture) -> str:
    """The picture in some sentences and in letters (Markdown)."""
    name = picture.name or _("The picture")
    lines = [f"*{name}*: {summary(picture)}."]
    if picture.width >= 3 and picture.height >= 3:
        lines.append(_thirds(picture))
    drawn = "\n".join(letters(picture))
    lines.append(
        _("From black, a blank, to white, an `@`:\n\n```\n{drawn}\n```").format(drawn=drawn)
    )
    return "\n\n".join(lines)


def letters(picture: Picture) -> list[str]:
    """The picture in letters: at most `ROWS` lines of at most `COLUMNS`. A letter is twice as high
    as it is wide, so where it must be made smaller it keeps its form."""
    scale = min(1.0, COLUMNS / picture.width, 2 * ROWS / picture.height)
    columns = max(1, int(picture.width * scale))
    small = picture.height <= ROWS and scale == 1.0
    rows = picture.height if small else max(1, int(picture.height * scale / 2))
    return [
        "".join(
            _RAMP[round(_mean(picture, ys, xs) / 255 * (len(_RAMP) - 1))]
            for xs in _parts(picture.width, columns)
        )
        for ys in _parts(picture.height, rows)
    ]


def _thirds(picture: Picture) -> str:
    rows = []
    for high, ys in zip(_HIGH, _parts(picture.height, 3), strict=True):
        shades = [_shade(_mean(picture, ys, xs)) for xs in _parts(picture.width, 3)]
        if len(set(shades)) == 1:
            rows.append(high.format(shades=shades[0]))
        else:
            parts = ", ".join(
                f"{shade} {where}" for shade, where in zip(shades, _WIDE, strict=True)
            )
            rows.append(high.format(shades=parts))
    told = "; ".join(rows)
    return told[:1].upper() + told[1:] + "."


def _parts(length: int, of: int) -> list[range]:
    return [
        range(n * length // of, max(n * length // of + 1, (n + 1) * length // of))
        for n in range(of)
    ]


def _mean(picture: Picture, ys: Sequence[int], xs: Sequence[int]) -> float:
    light = _lightness(picture, ys, xs)
    return sum(light) / len(light)


def _lightness(picture: Picture, ys: Sequence[int], xs: Sequence[int]) -> list[float]:
    found: list[float] = []
    for y in ys:
        start = (y * picture.width + xs[0]) * picture.channels
        row = picture.pixels[start : start + len(xs) * picture.channels]
        if picture.channels == 1:
            found += row
        else:
            found += [
                0.299 * red + 0.587 * green + 0.114 * blue
                for red, green, blue in zip(row[::3], row[1::3], row[2::3], strict=True)
            ]
    return found


def _shade(light: float) -> str:
    return _SHADES[min(len(_SHADES) - 1, int(light / 256 * len(_SHADES)))]
