"""How shapes broadcast, drawn in text: right-aligned, dimension under dimension, then in squares.

The rule is PyTorch's (and NumPy's): shapes are laid under one another from the right; where sizes
differ one of them must be 1 and is repeated, without being copied. Pure; knows no torch.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from oz.tongue import _, ngettext

Shape = tuple[int, ...]
MOST_DIMS = 8
_ROWS, _COLUMNS = 6, 10
"""A result of two dimensions up to this size is drawn in squares."""
THERE, AGAIN = "#", "."
"""A value that lies in memory; one that is read again."""
_SIZES = re.compile(r"[\[(]?\s*((?:\d+\s*[,x×]?\s*)*)[\])]?")


def result(shapes: Sequence[Shape]) -> Shape | str:
    """The shape that comes of `shapes` together, or a sentence that says why none does."""
    wide = max((len(shape) for shape in shapes), default=0)
    found: list[int] = []
    for place in range(wide, 0, -1):
        sizes = [shape[-place] for shape in shapes if len(shape) >= place]
        others = sorted({size for size in sizes if size != 1})
        if len(others) > 1:
            met = _(" and ").join(map(str, others))
            return _(
                "They do not broadcast: counted from the right, at dimension {it}, {met} meet, "
                "and none of them is 1."
            ).format(it=-place, met=met)
        found.append(others[0] if others else 1)
    return tuple(found)


def drawn(shapes: Mapping[str, Shape]) -> list[str]:
    """The shapes by their names, under one another from the right, and what comes of them."""
    together = result(list(shapes.values()))
    rows = dict(shapes)
    if not isinstance(together, str):
        rows[_("together")] = together
    names = max(map(len, rows))
    wide = max(len(shape) for shape in rows.values())
    cells = max((len(str(size)) for shape in rows.values() for size in shape), default=1)
    cell = max(cells, len(str(-wide))) + 2
    heads = "".join(f"{-place:>{cell}}" for place in range(wide, 0, -1))
    lines = [f"{'dim':<{names}}{heads}"] if wide else []
    for name, shape in rows.items():
        sizes = "".join(f"{size:>{cell}}" for size in shape)
        lines.append(f"{name:<{names}}{sizes:>{cell * wide}}".rstrip())
    return lines


def squares(shapes: Mapping[str, Shape]) -> list[str]:
    """Each of `shapes` as it is read where all have the shape of the result; none where that has
    more than two dimensions, or is too large to be drawn."""
    together = result(list(shapes.values()))
    if isinstance(together, str) or not 1 <= len(together) <= 2:
        return []
    rows, columns = (1, *together)[-2:]
    if not (1 <= rows <= _ROWS and 1 <= columns <= _COLUMNS):
        return []
    blocks = []
    for name, shape in shapes.items():
        high, broad = (1, 1, *shape)[-2:]
        lines = [
            " ".join(THERE if row < high and at < broad else AGAIN for at in range(columns))
            for row in range(rows)
        ]
        blocks.append([f"{name} {said(shape)}", *lines])
    width = [max(map(len, block)) for block in blocks]
    return [
        "    ".join(f"{block[line]:<{wide}}" for block, wide in zip(blocks, width, strict=True))
        .rstrip()
        for line in range(rows + 1)
    ]  # fmt: skip


def in_words(shapes: Mapping[str, Shape]) -> str:
    """What happens to each of `shapes`, as sentences."""
    together = result(list(shapes.values()))
    if isinstance(together, str):
        return together
    told = [_("Together they have the shape {said}.").format(said=said(together))]
    for name, shape in shapes.items():
        front = len(together) - len(shape)
        again = [
            _("{place} ({together} times)").format(
                place=place - len(together), together=together[place]
            )
            for place in range(len(together))
            if (1 if place < front else shape[place - front]) != together[place]
        ]
        new = (
            ngettext(
                "gets {front} new dimension in front", "gets {front} new dimensions in front", front
            ).format(front=front)
            if front
            else ""
        )
        repeated = (
            _("is repeated along {listed}").format(listed=_(" and ").join(again)) if again else ""
        )
        happens = _(" and ").join(filter(None, (new, repeated))) or _("stays as it is")
        told.append(f"{name} {said(shape)} {happens}.")
    return " ".join(told)


def said(shape: Shape) -> str:
    """A shape as Python writes it."""
    return str(shape)


def shape_of(text: str) -> Shape | None:
    """The shape that `text` writes: ``(3, 1)``, ``[3,1]``, ``3x1``, ``3``, ``()``; else `None`."""
    met = _SIZES.fullmatch(text.strip())
    if met is None or not text.strip():
        return None
    sizes = [int(size) for size in re.findall(r"\d+", met[1])]
    return tuple(sizes) if len(sizes) <= MOST_DIMS and all(size < 10**9 for size in sizes) else None
