"""Which Markdown the game is written in: one parser for all who set it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables, and nothing that reaches beyond the text."""
    # Late: it is wanted a moment after the first paint, not before it.
    from markdown_it import MarkdownIt

    return (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["html_block", "html_inline", "image", "autolink"])
    )
