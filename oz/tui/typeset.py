"""Markdown set as blocks of styled lines, for `oz.tui.widgets.prose.Prose`.

Takes the small Markdown that stories, briefings and messages use (paragraphs, emphasis, code, lists,
quotes, tables, fenced code) and gives `Block`s whose spans carry the names of *roles* ('strong',
'code', 'speech'); the widget gives each role its colours. Knows no widget, no width and no theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from textual.content import Content, Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines that are set alike."""

    content: Content
    lead: str = ""
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


@cache
def _parser() -> MarkdownIt:
    # Late: the parser is wanted a moment after the first paint, not before it.
    from markdown_it import MarkdownIt

    return (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["html_block", "html_inline", "image", "autolink"])
    )


def plain(text: str, role: str = "") -> Content:
    """`text` exactly as it is, in one role. Never parsed."""
    return Content(text, [Span(0, len(text), role)] if role and text else None)


def code_block(text: str, *, language: str = "", title: str = "") -> list[Block]:
    """Code or output set apart: a tinted panel over the measure, with a title line if given."""
    body = _highlight(text, language) if language in {"python", "py"} else plain(text)
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
    return _Setter(role).blocks(_parser().parse(text))


def with_margin(blocks: Iterable[Block], margin: str, role: str) -> list[Block]:
    """The blocks with a bar before every line (and through the gaps between them)."""
    return [
        replace(block, margin=margin + block.margin, margin_role=role)
        if not block.margin
        else block
        for block in blocks
    ]


class _Setter:
    """Walks Markdown tokens once and gives blocks."""

    def __init__(self, role: str) -> None:
        self._role = role

    def blocks(self, tokens: Sequence[Token]) -> list[Block]:
        made: list[Block] = []
        lists: list[int | None] = []
        """Open lists: the next number, or `None` for bullets."""
        lead = ""
        tight_next = False
        quotes = 0
        at = 0
        while at < len(tokens):
            token = tokens[at]
            match token.type:
                case "bullet_list_open":
                    lists.append(None)
                case "ordered_list_open":
                    lists.append(int(token.attrGet("start") or 1))
                case "bullet_list_close" | "ordered_list_close":
                    lists.pop()
                    tight_next = False
                case "list_item_open":
                    number = lists[-1]
                    lead = "•  " if number is None else f"{number}. "
                    if number is not None:
                        lists[-1] = number + 1
                case "blockquote_open":
                    quotes += 1
                case "blockquote_close":
                    quotes -= 1
                case "inline":
                    block = self._inline(token, tokens[at - 1].type)
                    indent = "   " * max(0, len(lists) - 1) if lists else ""
                    made.append(
                        replace(
                            block,
                            lead=indent + (lead or "   ") if lists else "",
                            gap=0 if lists and tight_next else 1,
                            margin="│ " if quotes else "",
                            margin_role="quote" if quotes else "",
                        )
                    )
                    tight_next = bool(lists)
                    lead = ""
                case "fence" | "code_block":
                    made += code_block(token.content.rstrip("\n"), language=token.info.strip())
                    tight_next = False
                case "hr":
                    made.append(Block(plain("*", "rule"), centred=True))
                case "table_open":
                    end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                    made.append(self._table(tokens[at:end]))
                    at = end
                case _:
                    pass
            at += 1
        return made

    def _inline(self, token: Token, opened_by: str) -> Block:
        role = "heading" if opened_by == "heading_open" else self._role
        return Block(_inline(token, role))

    def _table(self, tokens: Sequence[Token]) -> Block:
        rows: list[list[Content]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_inline(token, self._role if len(rows) > 1 else "strong"))
        widths = [max(cell.cell_length for cell in column) for column in zip(*rows, strict=True)]
        lines = [
            Content("  ").join(
                cell.pad_right(width - cell.cell_length)
                for cell, width in zip(row, widths, strict=True)
            )
            for row in rows
        ]
        return Block(Content("\n").join(lines), wrap=False)


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


def _highlight(code: str, language: str) -> Content:
    # Late: pygments is needed only where a text quotes Python.
    from pygments.lexers.python import PythonLexer
    from pygments.token import Comment, Keyword, Name, Number, String

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
