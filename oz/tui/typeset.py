"""Markdown set as blocks of styled lines, for `oz.tui.widgets.prose.Prose`.

Takes the small Markdown that stories, briefings and messages use (paragraphs, emphasis, code,
lists, quotes, tables, fenced code) and gives `Block`s whose spans carry the names of *roles*
('strong', 'code', 'cue'); the widget gives each role its colours. Knows no widget, no width and no
theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content, Span

from oz.markdown import parser

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines that are set alike."""

    content: Content
    lead: str | Content = ""
    """Before the first line (a list's bullet); the others are indented by its width."""
    margin: str = ""
    """Before every line (a quotation's bar)."""
    margin_role: str = ""
    wrap: bool = True
    """False: lines are kept as they are, and folded only where they do not fit."""
    ground: str = ""
    """Role whose background fills the lines over the whole measure."""
    gap: int = 1
    """Blank lines before it, unless it comes first."""
    centred: bool = False
    draw: Callable[[int, Look], Content] | None = None
    """Makes the content anew for a width in cells, where it is a drawing; `content` says in words
    what it is of."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a drawing may use."""

    letters: bool = False
    """Letters alone: no colours, or nothing but ASCII."""
    dark: bool = True
    """Light letters on a dark ground."""


def plain(text: str, role: str = "") -> Content:
    """`text` exactly as it is, in one role. Never parsed."""
    return Content(text, [Span(0, len(text), role)] if role and text else None)


def code_block(text: str, *, language: str = "", title: str = "") -> list[Block]:
    """Code or output set apart: a tinted panel over the measure, with a title line if given."""
    body = _highlight(text) if language in {"python", "py"} else plain(text)
    top = [
        Block(plain(title, "code-title"), margin="│ ", margin_role="code-bar", ground="code-ground")
    ]
    code = Block(
        body,
        margin="│ ",
        margin_role="code-bar",
        wrap=False,
        ground="code-ground",
        gap=0 if title else 1,
    )
    return [*(top if title else []), code]


def typeset(text: str, role: str = "") -> list[Block]:
    """The blocks of Markdown `text`; words that nothing else sets get `role`."""
    return _Setter(role).blocks(parser().parse(text))


def with_margin(blocks: Iterable[Block], margin: str, role: str) -> list[Block]:
    """The blocks with a bar before every line (and through the gaps between them)."""
    return [
        replace(block, margin=margin + block.margin, margin_role=role)
        if not block.margin
        else block
        for block in blocks
    ]


class _Setter:
    """Walks Markdown tokens once; a method for each kind of token that matters."""

    def __init__(self, role: str) -> None:
        self._role = role
        self._made: list[Block] = []
        self._lists: list[int | None] = []
        """Open lists: the next number, or `None` for bullets."""
        self._lead = ""
        """The bullet or number that the next line of text begins with."""
        self._tight = False
        """The next line of text follows its neighbour in the list without a gap."""
        self._quotes = 0
        self._heading = False
        self._rows: list[list[Content]] | None = None
        """Rows of the table that is open."""

    def blocks(self, tokens: Sequence[Token]) -> list[Block]:
        """The blocks of all tokens."""
        for token in tokens:
            handle = getattr(self, f"_{token.type}", None)
            if handle is not None:
                handle(token)
        return self._made

    def _heading_open(self, _: Token) -> None:
        self._heading = True

    def _heading_close(self, _: Token) -> None:
        self._heading = False

    def _bullet_list_open(self, _: Token) -> None:
        self._lists.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        self._lists.append(int(token.attrGet("start") or 1))

    def _bullet_list_close(self, _: Token) -> None:
        self._lists.pop()
        self._tight = bool(self._lists)

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, _: Token) -> None:
        number = self._lists[-1]
        self._lead = "•  " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def _blockquote_open(self, _: Token) -> None:
        self._quotes += 1

    def _blockquote_close(self, _: Token) -> None:
        self._quotes -= 1

    def _inline(self, token: Token) -> None:
        if self._rows is not None:
            role = self._role if len(self._rows) > 1 else "strong"
            self._rows[-1].append(_inline(token, role))
            return
        lead = ""
        if self._lists:
            lead = "   " * (len(self._lists) - 1) + (self._lead or "   ")
        block = Block(
            _inline(token, "heading" if self._heading else self._role),
            lead=lead,
            gap=0 if self._lists and self._tight else 1,
            margin="│ " if self._quotes else "",
            margin_role="quote" if self._quotes else "",
        )
        self._made.append(block)
        self._tight = bool(self._lists)
        self._lead = ""

    def _fence(self, token: Token) -> None:
        language = token.info.strip()
        self._made += code_block(token.content.rstrip("\n"), language=language)
        self._tight = False

    _code_block = _fence

    def _hr(self, _: Token) -> None:
        self._made.append(Block(plain("*", "rule"), centred=True))

    def _table_open(self, _: Token) -> None:
        self._rows = []

    def _tr_open(self, _: Token) -> None:
        if self._rows is not None:
            self._rows.append([])

    def _table_close(self, _: Token) -> None:
        rows, self._rows = self._rows or [], None
        widths = [max(cell.cell_length for cell in column) for column in zip(*rows, strict=True)]
        lines = [
            Content("  ").join(
                cell.pad_right(width - cell.cell_length)
                for cell, width in zip(row, widths, strict=True)
            )
            for row in rows
        ]
        self._made.append(Block(Content("\n").join(lines), wrap=False))


def _inline(token: Token, role: str) -> Content:
    text = ""
    spans: list[Span] = []
    opened: list[tuple[str, int]] = []
    for child in token.children or ():
        match child.type:
            case "softbreak":
                text += " "
            case "hardbreak":
                text += "\n"
            case "code_inline":
                spans.append(Span(len(text), len(text) + len(child.content), "code"))
                text += child.content
            case "em_open":
                opened.append(("em", len(text)))
            case "strong_open":
                opened.append(("strong", len(text)))
            case "em_close" | "strong_close":
                name, start = opened.pop()
                spans.append(Span(start, len(text), name))
            case _:
                text += child.content
    if role:
        spans.insert(0, Span(0, len(text), role))
    return Content(text, [span for span in spans if span.end > span.start])


def _highlight(code: str) -> Content:
    # Late: pygments is needed only where a text quotes Python.
    from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]
    from pygments.token import (  # type: ignore[import-untyped]
        Comment,
        Keyword,
        Name,
        Number,
        String,
    )

    roles = (
        (Comment, "py-comment"),
        (String, "py-string"),
        (Number, "py-number"),
        (Keyword, "py-keyword"),
        (Name.Function, "py-name"),
        (Name.Class, "py-name"),
    )
    text = ""
    spans: list[Span] = []
    for kind, token in PythonLexer(stripnl=False, ensurenl=False).get_tokens(code):
        role = next((role for family, role in roles if kind in family), "")
        if role and token:
            spans.append(Span(len(text), len(text) + len(token), role))
        text += token
    return Content(text.rstrip("\n"), spans)
