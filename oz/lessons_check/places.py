"""Where the nodes of a syntax tree stand in the text, and the text with a piece replaced. Pure.

Positions are offsets in bytes of the UTF-8 text, as `ast` counts columns.
"""

from __future__ import annotations

import ast
import io
import tokenize
from itertools import accumulate

Span = tuple[int, int]
"""First byte, and the one after the last."""


class Places:
    """A program's text, to be asked by node and by span."""

    def __init__(self, source: str) -> None:
        self.text = source.encode()
        lines = source.split("\n")
        sizes = [len(line.encode()) + 1 for line in lines]
        self._starts = [0, *accumulate(sizes)]
        self._tokens = [
            (self._at(lines, *token.start), self._at(lines, *token.end), token.type, token.string)
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type in (tokenize.OP, tokenize.NAME, tokenize.COMMENT)
        ]

    def _at(self, lines: list[str], line: int, column: int) -> int:
        return self._starts[line - 1] + len(lines[line - 1][:column].encode())

    def span(self, node: ast.AST) -> Span:
        """Where `node` stands: a statement, an expression, or a keyword argument."""
        assert isinstance(node, (ast.stmt, ast.expr, ast.keyword))
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self._starts[node.lineno - 1] + node.col_offset,
            self._starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def between(self, left: ast.AST, right: ast.AST, operator: str) -> Span:
        """Where `operator` (one token or two) stands between two nodes."""
        words = operator.split()
        lower, upper = self.span(left)[1], self.span(right)[0]
        inside = [token for token in self._tokens if lower <= token[0] and token[1] <= upper]
        start = next(token[0] for token in inside if token[3] == words[0])
        end = next(token[1] for token in inside if token[3] == words[-1] and token[0] >= start)
        return start, end

    def replaced(self, span: Span, by: str) -> str:
        """The whole text with what stands in `span` replaced."""
        return (self.text[: span[0]] + by.encode() + self.text[span[1] :]).decode()

    def line(self, offset: int) -> int:
        """The line of a position, 1-based."""
        return self.text.count(b"\n", 0, offset) + 1

    def first_line(self, span: Span) -> str:
        """The line where `span` begins, from there on, without its comment."""
        return self._bare(span[0], self._ends(span[0]))

    def around(self, span: Span) -> str:
        """The lines that `span` touches, joined, without comments and indent."""
        return self._bare(self.text.rfind(b"\n", 0, span[0]) + 1, self._ends(span[1]))

    def _ends(self, offset: int) -> int:
        end = self.text.find(b"\n", offset)
        return end if end >= 0 else len(self.text)

    def _bare(self, start: int, end: int) -> str:
        """The text between two positions on one line, without its comments."""
        kept, at = b"", start
        for first, last, kind, _ in self._tokens:
            if kind == tokenize.COMMENT and start <= first < end:
                kept += self.text[at:first]
                at = last
        return " ".join((kept + self.text[at:end]).decode().split())
