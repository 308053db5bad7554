"""Pictures in cells: half blocks in colour, or a ramp of letters where there is none.

A cell holds two pixels, one over the other, which makes a pixel about square. Pure: pictures, a
width and a `Look` go in, `Content` comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from textual.color import Color
from textual.content import Content, Span
from textual.style import Style

from oz.crucible.model import Picture
from oz.tui.typeset import Block, Look, plain

ROWS = 20
"""Rows of cells that a picture may take."""
SMALL = 24
"""A picture is enlarged, in whole steps, until its longer side has so many pixels."""
_BETWEEN = 2
"""Columns between two pictures side by side."""
_SAMPLES = 3
"""Pixels across and down that are looked at for one that stands for many."""
RAMP = " .:-=+*#%@"

Pixel = tuple[int, int, int]


def picture_blocks(
    pictures: Sequence[Picture], *, rows: int = ROWS, small: int = SMALL
) -> list[Block]:
    """The pictures side by side, as many as there is room for, and the others under them; each in
    at most so many `rows`, and enlarged while it is smaller than `small`."""
    if not pictures:
        return []
    words = ", ".join(caption(picture) for picture in pictures)
    return [Block(plain(words), wrap=False, draw=partial(laid, tuple(pictures), rows, small=small))]


def caption(picture: Picture) -> str:
    """The picture's name and size."""
    return f"{picture.name or 'picture'} {picture.width}×{picture.height}"


def laid(
    pictures: Sequence[Picture], rows: int, width: int, look: Look, *, small: int = SMALL
) -> Content:
    """The pictures in rows, each with its caption under it."""
    shelves: list[list[Picture]] = []
    used = width
    for picture in pictures:
        columns, _ = _size(picture, width, rows, small)
        needed = max(columns, min(len(caption(picture)), width)) + _BETWEEN
        if used + needed - _BETWEEN > width:
            shelves.append([])
            used = 0
        shelves[-1].append(picture)
        used += needed
    lines: list[Content] = []
    for shelf in shelves:
        lines += [Content("")] if lines else []
        lines += _side_by_side(
            [_framed(picture, width, _size(picture, width, rows, small), look) for picture in shelf]
        )
    return Content("\n").join(lines)


def _framed(picture: Picture, width: int, size: tuple[int, int], look: Look) -> list[Content]:
    drawn = cells(picture, *size, look)
    return [*drawn, Content.styled(caption(picture)[:width], "cue")]


def _side_by_side(parts: Sequence[list[Content]]) -> list[Content]:
    """Columns of lines beside one another, their feet on one line."""
    height = max(len(part) for part in parts)
    widths = [max(line.cell_length for line in part) + _BETWEEN for part in parts]
    columns = [[Content("")] * (height - len(part)) + part for part in parts]
    lines = []
    for row in zip(*columns, strict=True):
        padded = [
            line.pad_right(size - line.cell_length) for line, size in zip(row, widths, strict=True)
        ]
        lines.append(Content("").join(padded).rstrip())
    return lines


def _size(picture: Picture, width: int, rows: int, small: int) -> tuple[int, int]:
    """Columns, and pixels down, of the drawing."""
    longest = max(picture.width, picture.height)
    room = min(width / picture.width, 2 * rows / picture.height)
    if room >= 1:
        times = max(1, min(int(room), small // longest))
        return picture.width * times, picture.height * times
    return max(1, int(picture.width * room)), max(1, int(picture.height * room))


@lru_cache(maxsize=64)
def cells(picture: Picture, columns: int, down: int, look: Look) -> list[Content]:
    """The picture in `columns` cells across and `down` pixels, two of them to a line."""
    pixels = _scaled(picture, columns, down)
    if look.letters:
        return [_letters(pixels[row], pixels[row + 1 : row + 2], look) for row in range(0, down, 2)]
    return [_half_blocks(pixels[row], pixels[row + 1 : row + 2]) for row in range(0, down, 2)]


def _half_blocks(upper: list[Pixel], lower: Sequence[list[Pixel]]) -> Content:
    spans: list[Span] = []
    for at, pixel in enumerate(upper):
        ground = Color(*lower[0][at]) if lower else None
        style = Style(foreground=Color(*pixel)) if ground is None else Style(ground, Color(*pixel))
        if spans and spans[-1].style == style:
            spans[-1] = Span(spans[-1].start, at + 1, style)
        else:
            spans.append(Span(at, at + 1, style))
    return Content("▀" * len(upper), spans)


def _letters(upper: list[Pixel], lower: Sequence[list[Pixel]], look: Look) -> Content:
    ramp = RAMP if look.dark else RAMP[::-1]
    text = ""
    for at, pixel in enumerate(upper):
        here = [pixel, lower[0][at]] if lower else [pixel]
        light = sum(map(_light, here)) / len(here)
        text += ramp[round(light / 255 * (len(ramp) - 1))]
    return Content(text)


def _light(pixel: Pixel) -> float:
    red, green, blue = pixel
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _scaled(picture: Picture, columns: int, down: int) -> list[list[Pixel]]:
    """Pixels of the drawing, row by row: the nearest one, or the mean of some where it stands for
    many."""
    across = [_looked_at(at, columns, picture.width) for at in range(columns)]
    return [
        [_mean(picture, ys, xs) for xs in across]
        for ys in (_looked_at(at, down, picture.height) for at in range(down))
    ]


def _looked_at(at: int, of: int, source: int) -> range:
    first, last = at * source // of, max(at * source // of + 1, (at + 1) * source // of)
    return range(first, last, max(1, -(-(last - first) // _SAMPLES)))


def _mean(picture: Picture, ys: Iterable[int], xs: Sequence[int]) -> Pixel:
    found = [
        picture.pixels[place : place + picture.channels]
        for y in ys
        for place in ((y * picture.width + x) * picture.channels for x in xs)
    ]
    sums = [sum(values) // len(found) for values in zip(*found, strict=True)]
    return (sums[0], sums[1], sums[2]) if len(sums) == 3 else (sums[0],) * 3
