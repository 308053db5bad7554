"""A tensor to be looked at: its values as a heat-map, its shape, strides and storage in words.

Pure: what was seen of it and a `Look` go in, `Content` comes out. A value's sign is a sign in its
cell, and its size a shade, or a digit where there are no colours.
"""

from __future__ import annotations

import math

from textual.color import Color
from textual.content import Content, Span
from textual.style import Style

from oz.crucible.model import TensorSeen
from oz.crucible.trees import shape
from oz.tongue import _
from oz.tui.typeset import Block, Look, plain, typeset

_POSITIVE, _NEGATIVE = Color(224, 150, 40), Color(60, 140, 210)
_GROUNDS = {True: Color(28, 32, 36), False: Color(244, 240, 230)}
_INKS = {True: Color(255, 255, 255), False: Color(0, 0, 0)}
_STORED = 8
"""Rows and columns of a matrix whose places in its storage are listed."""


def tensor_blocks(seen: TensorSeen) -> list[Block]:
    """Everything that is known of a tensor: words, heat-map, the order in its storage."""
    blocks = typeset("\n".join(f"- {line}" for line in facts(seen)))
    if seen.preview:
        said = "\n".join(" ".join(f"{v:.3g}" for v in row) for row in seen.preview)
        blocks.append(
            Block(plain(said), wrap=False, draw=lambda width, look: heat_map(seen, width, look))
        )
    stored = storage(seen)
    if stored:
        blocks.append(Block(plain(_("Where each value lies in its storage:"), "cue")))
        blocks.append(Block(plain("\n".join(stored)), wrap=False, gap=0))
    return blocks


def facts(seen: TensorSeen) -> list[str]:
    """Shape, strides, values and kinship, a line each (Markdown)."""
    told = [
        _("shape `{shape}`").format(shape=shape(seen.shape))
        if seen.shape
        else _("a single number, shape `()`")
    ]
    told[0] += f", `{seen.dtype.removeprefix('torch.')}`"
    if seen.device not in {"", "cpu"}:
        told[0] += _(", on `{device}`").format(device=seen.device)
    if seen.strides and seen.shape:
        told.append(
            _("strides `{shape}`: {in_words}").format(
                shape=shape(seen.strides), in_words=_in_words(seen)
            )
        )
    if seen.minimum is not None and seen.maximum is not None:
        mean = _(", mean {mean:.4g}").format(mean=seen.mean) if seen.mean is not None else ""
        told.append(
            _("values {minimum:.4g} to {maximum:.4g}{mean}").format(
                minimum=seen.minimum, maximum=seen.maximum, mean=mean
            )
        )
    if seen.nonfinite or seen.nans:
        bad = max(seen.nonfinite, seen.nans)
        told.append(_("‼ {bad} not finite, {nans} of them NaN").format(bad=bad, nans=seen.nans))
    if seen.requires_grad:
        made = (
            _(", made by `{grad_fn}`").format(grad_fn=seen.grad_fn)
            if seen.grad_fn
            else _(", a leaf")
        )
        told.append(_("requires a gradient{made}").format(made=made))
    if seen.shares_with:
        names = ", ".join(f"`{name}`" for name in seen.shares_with)
        told.append(_("the same storage as {names}").format(names=names))
    return told


def _in_words(seen: TensorSeen) -> str:
    expected = 1
    in_order = True
    for size, stride in zip(reversed(seen.shape), reversed(seen.strides), strict=False):
        in_order = in_order and (size <= 1 or stride == expected)
        expected *= size
    if in_order:
        return _("in order, row by row")
    if 0 in seen.strides:
        axis = seen.strides.index(0)
        return _("expanded, axis {axis} repeats the same values").format(axis=axis)
    return _("not contiguous")


def storage(seen: TensorSeen) -> list[str]:
    """The place in its storage of each value of a small matrix that does not lie in order; empty
    for others."""
    if len(seen.shape) != 2 or len(seen.strides) != 2 or max(seen.shape) > _STORED:
        return []
    (rows, columns), (down, along) = seen.shape, seen.strides
    if not rows or not columns or (along == 1 and down == columns):
        return []
    places = [[row * down + column * along for column in range(columns)] for row in range(rows)]
    wide = len(str(max(max(row) for row in places)))
    return [" ".join(f"{place:>{wide}}" for place in row) for row in places]


def heat_map(seen: TensorSeen, width: int, look: Look) -> Content:
    """Two cells for each value, a sign in the first of them; as many columns as there is room
    for."""
    rows = [row[: max(1, width // 2)] for row in seen.preview]
    most = max((abs(v) for row in rows for v in row if math.isfinite(v)), default=0.0)
    lines = [_line(row, most, look) for row in rows]
    key = (
        _("+ and - with a digit up to 9 for {most:.3g}").format(most=most)
        if look.letters
        else _("up to ±{most:.3g}").format(most=most)
    )
    shown = math.prod(seen.shape)
    here = sum(len(row) for row in rows)
    part = (
        _(" · the first {here:,} of {shown:,} values").format(here=here, shown=shown)
        if here < shown
        else ""
    )
    return Content("\n").join([*lines, Content.styled(key + part, "cue")])


def _line(row: tuple[float, ...], most: float, look: Look) -> Content:
    text = ""
    spans: list[Span] = []
    for value in row:
        start = len(text)
        text += _cell(value, most, look)
        if not look.letters:
            spans.append(Span(start, len(text), _shade(value, most, dark=look.dark)))
    return Content(text, spans)


def _cell(value: float, most: float, look: Look) -> str:
    if not math.isfinite(value):
        return "‼ " if not look.letters else "! "
    sign = " " if value == 0 else "+" if value > 0 else "-"
    if not look.letters:
        return f"{sign} "
    return f"{sign}{round(9 * abs(value) / most) if most else 0}"


def _shade(value: float, most: float, *, dark: bool) -> Style:
    ground, ink = _GROUNDS[dark], _INKS[dark]
    if not math.isfinite(value):
        return Style(Color(200, 40, 40), Color(255, 255, 255), bold=True)
    share = abs(value) / most if most else 0.0
    hue = _POSITIVE if value > 0 else _NEGATIVE
    return Style(ground.blend(hue, share), ground.blend(ink, 0.35 + 0.3 * share))
