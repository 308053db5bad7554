"""Markdown as plain words: what a screen reader is to read, wrapped to a width.

Emphasis becomes `*x*`, code keeps its backticks, lists begin with `-` or a number, code blocks are
set in by four columns and never wrapped. Knows no page.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_JOINT = "\ue000"
"""Stands for a blank inside of code while lines are wrapped, so that short code stays whole."""
_BREAK = "\ue001"
"""Stands for a line end that is meant."""
_STRONG = "\ue002"
"""Stands on both sides of what is strongly emphasised."""
_WHOLE = 60
"""Characters of code that are kept on one line."""


@cache
def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["html_block", "html_inline", "image", "autolink"])
    )


def render(text: str, width: int, *, strong: str = "") -> str:
    """`text` as words, in lines of at most `width` columns; paragraphs a blank line apart.

    `strong` is put around what is strongly emphasised: in a cue that is what can be typed.
    """
    clean = text.replace(_JOINT, "").replace(_BREAK, "").replace(_STRONG, "")
    words = "\n".join(_blocks(SyntaxTreeNode(_parser().parse(clean)), width)).strip("\n")
    return words.replace(_STRONG, strong)


def _blocks(node: SyntaxTreeNode, width: int, *, tight: bool = False) -> Iterator[str]:
    """The lines of a node's children."""
    for number, child in enumerate(node.children):
        if number and not tight:
            yield ""
        yield from _block(child, width)


def _block(node: SyntaxTreeNode, width: int) -> Iterator[str]:
    match node.type:
        case "paragraph" | "heading":
            yield from _wrapped(_inline(node.children[0]), width)
        case "fence" | "code_block":
            for line in node.content.rstrip("\n").split("\n"):
                yield f"    {line}".rstrip()
        case "bullet_list" | "ordered_list":
            yield from _list(node, width)
        case "blockquote":
            for line in _blocks(node, width - 2):
                yield f"  {line}".rstrip()
        case "hr":
            yield "* * *"
        case "table":
            yield from _table(node)
        case _:
            yield from _blocks(node, width)


def _list(node: SyntaxTreeNode, width: int) -> Iterator[str]:
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
        for line in _blocks(item, width - len(lead), tight=tight):
            yield f"{lead}{line}".rstrip()
            lead = " " * len(lead)


def _table(node: SyntaxTreeNode) -> Iterator[str]:
    rows = [
        [_inline(cell.children[0]) if cell.children else "" for cell in row.children]
        for part in node.children
        for row in part.children
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(size) for cell, size in zip(row, widths, strict=True))
        yield "  ".join(cells).replace(_JOINT, " ").rstrip()


def _inline(node: SyntaxTreeNode) -> str:
    """The words of a line of Markdown, with the marks that are kept."""
    return "".join(map(_words, node.children))


def _words(node: SyntaxTreeNode) -> str:
    match node.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return _BREAK
        case "code_inline":
            code = node.content
            return f"`{code.replace(' ', _JOINT) if len(code) <= _WHOLE else code}`"
        case "em":
            return f"*{_inline(node)}*"
        case "strong":
            return f"{_STRONG}{_inline(node)}{_STRONG}"
        case "link":
            return _inline(node)
        case _:
            return node.content


def _wrapped(text: str, width: int) -> Iterator[str]:
    for line in text.split(_BREAK):
        made = textwrap.wrap(line, max(width, 10), break_long_words=False, break_on_hyphens=False)
        for piece in made or [""]:
            yield piece.replace(_JOINT, " ")
