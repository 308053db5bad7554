"""The answer to 'broadcast (3, 1) and (4,)', or to the names of two tensors that a run left."""

from __future__ import annotations

import re

from oz.crucible import broadcasting
from oz.crucible.model import Namespace
from oz.session.words import fenced
from oz.tongue import _

HOW = _(
    "Which shapes? `broadcast (3, 1) and (4,)` draws how they meet; after a run "
    "the names of tensors will do, too: `broadcast x and w`."
)
_PIECE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\d+(?:\s*[,x×]\s*\d+)*|[^\W\d][\w.]*")
_BETWEEN = frozenset(
    {"and", "with", "to", "onto", "by", "over", "the", "und", "mit", "auf", "über"}
)
_MOST = 4


def answer(typed: str, left: Namespace | None) -> tuple[bool, str]:
    """Whether it could be drawn, and what to show, Markdown. `left`: what the last run left."""
    pieces = [piece for piece in _PIECE.findall(typed) if piece.lower() not in _BETWEEN]
    if not 2 <= len(pieces) <= _MOST:
        return False, HOW
    known = {seen.name: seen.shape for seen in left.seen if seen.kind != "module"} if left else {}
    shapes: dict[str, broadcasting.Shape] = {}
    for number, piece in enumerate(pieces):
        shape = known.get(piece, broadcasting.shape_of(piece))
        if shape is None:
            tensors = ", ".join(f"`{name}`" for name in list(known)[:8])
            there = _(" The last run left {tensors}.").format(tensors=tensors) if tensors else ""
            return False, _(
                "`{piece}` is no shape, and no tensor that is left.{there} {HOW}"
            ).format(piece=piece, there=there, HOW=HOW)
        name = piece if piece in known else "abcd"[number]
        while name in shapes:
            name += "'"
        shapes[name] = shape
    drawn = "\n".join(broadcasting.drawn(shapes))
    squares = "\n".join(broadcasting.squares(shapes))
    text = f"{broadcasting.in_words(shapes)}\n\n{fenced(drawn)}"
    if squares:
        there, again = broadcasting.THERE, broadcasting.AGAIN
        text += _(
            "\n\nAs they are read (`{there}` lies in memory, `{again}` is read again):\n\n{fenced}"
        ).format(there=there, again=again, fenced=fenced(squares))
    return True, text
