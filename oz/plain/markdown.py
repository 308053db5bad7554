"""Markdown as plain words: what a screen reader is to read, wrapped to a width.

Emphasis becomes `*x*`, code keeps its backticks, lists begin with `-` or a number, code blocks are
set in by four columns and never wrapped. Knows no page.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from markdown_it.tree import SyntaxTreeNode

from oz.markdown import parser

_JOINT = "\ue000"
"""Stands for a blank inside of code while lines are wrapped, so that short code stays whole."""
_BREAK = "\ue001"
"""Stands for a line end that is meant."""
_WHOLE = 62
"""Characters of code that are kept on one line at most."""
_SHORT = 12
"""Characters of emphasis that are kept on one line at most."""


def render(text: str, width: int, *, strong: str = "") -> str:
    """`text` as words, in lines of at most `width` columns; paragraphs a blank line apart.

    `strong` is put around what is strongly emphasised: in a cue that is what can be typed.
    """
    clean = text.replace(_JOINT, "").replace(_BREAK, "")
    tree = SyntaxTreeNode(parser().parse(clean))
    return "\n".join(_Setter(strong).blocks(tree, width)).strip("\n")


class _Setter:
    """Gives the lines of each kind of node."""

    def __init__(self, strong: str) -> None:
        self._strong = strong

    def blocks(self, node: SyntaxTreeNode, width: int, *, tight: bool = False) -> Iterator[str]:
        """The lines of a node's children."""
        for number, child in enumerate(node.children):
            if number and not tight:
                yield ""
            yield from self._block(child, width)

    def _block(self, node: SyntaxTreeNode, width: int) -> Iterator[str]:
        match node.type:
            case "paragraph" | "heading":
                yield from _wrapped(self._inline(node.children[0]), width)
            case "fence" | "code_block":
                for line in node.content.rstrip("\n").split("\n"):
                    yield f"    {line}".rstrip()
            case "bullet_list" | "ordered_list":
                yield from self._list(node, width)
            case "blockquote":
                for line in self.blocks(node, width - 2):
                    yield f"  {line}".rstrip()
            case "hr":
                yield "* * *"
            case "table":
                yield from self._table(node)
            case _:
                yield from self.blocks(node, width)

    def _list(self, node: SyntaxTreeNode, width: int) -> Iterator[str]:
        start = int(node.attrs.get("start", 1))
        tight = not any(
            child.type == "paragraph" and not child.hidden
            for item in node.children
            for child in item.children
        )
        for number, item in enumerate(node.children):
            if number and not tight:
                yield ""
            lead = "- " if node.type == "bullet_list" else f"{start + number}. "
            for line in self.blocks(item, width - len(lead), tight=tight):
                yield f"{lead}{line}".rstrip()
                lead = " " * len(lead)

    def _table(self, node: SyntaxTreeNode) -> Iterator[str]:
        rows = [
            [self._inline(cell.children[0]) if cell.children else "" for cell in row.children]
            for part in node.children
            for row in part.children
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(size) for cell, size in zip(row, widths, strict=True))
            yield "  ".join(cells).replace(_JOINT, " ").rstrip()

    def _inline(self, node: SyntaxTreeNode) -> str:
        """The words of a line of Markdown, with the marks that are kept."""
        return "".join(map(self._words, node.children))

    def _words(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "softbreak":
                return " "
            case "hardbreak":
                return _BREAK
            case "code_inline":
                return _whole(f"`{node.content}`", _WHOLE)
            case "em":
                return _whole(f"*{self._inline(node)}*", _SHORT)
            case "strong":
                words = f"{self._strong}{self._inline(node)}{self._strong}"
                return _whole(words, _WHOLE) if self._strong else words
            case "link":
                return self._inline(node)
            case _:
                return node.content


def _whole(text: str, longest: int) -> str:
    """`text` so that it stays on one line, unless it is longer than `longest`."""
    return text.replace(" ", _JOINT) if len(text) <= longest else text


def _wrapped(text: str, width: int) -> Iterator[str]:
    for line in text.split(_BREAK):
        made = textwrap.wrap(line, max(width, 10), break_long_words=False, break_on_hyphens=False)
        for piece in made or [""]:
            yield piece.replace(_JOINT, " ")
