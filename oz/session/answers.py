"""Answers to the questions of a predict spell, as assignments in the player's draft.

Pure: text in, text out. Runs nothing of the draft.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from oz.spells.model import Question


def set_answer(source: str, question: str, text: str) -> str:
    """`source` with `text` as the answer to `question`.

    A Python literal stays one; anything else becomes a string, since a prediction is what Python
    would print. The assignment that is there is replaced, else one is added at the end.
    """
    line = f"{question} = {literal(text)}"
    place = _place(source, question)
    if place is not None:
        return source[: place.start] + line + source[place.stop :]
    body = source.rstrip("\n")
    return f"{body}\n{line}\n" if body else f"{line}\n"


def literal(text: str) -> str:
    """`text` as Python source for a value."""
    text = " ".join(text.split())
    if not text:
        return "None"  # an answer that was taken away, not one of no letters
    try:
        ast.literal_eval(text)
        return ast.unparse(ast.parse(text, mode="eval"))  # without a comment
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return repr(text)


def unanswered(source: str, starter: str, questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions whose answer in `source` is missing, or still what `starter` gives it."""
    given, first = _given(source), _given(starter)
    return tuple(q for q in questions if q.id not in given or given[q.id] == first.get(q.id))


def nothing_said(source: str, questions: Iterable[Question]) -> bool:
    """Whether the place of every answer is there and left open: a draft as it is handed out."""
    given = _given(source)
    return all(given.get(question.id) in {"None", "..."} for question in questions)


def _given(source: str) -> dict[str, str]:
    """Source of what is assigned, by name."""
    tree = _parse(source)
    if tree is None:
        return dict(re.findall(r"^(\w+)[ \t]*=(?!=)[ \t]*(.*?)[ \t]*$", source, re.MULTILINE))
    return {
        target.id: ast.unparse(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _place(source: str, question: str) -> slice | None:
    """Where in `source` the last assignment to `question` stands."""
    tree = _parse(source)
    if tree is None:
        found = list(re.finditer(rf"^{re.escape(question)}[ \t]*=(?!=).*$", source, re.MULTILINE))
        return slice(*found[-1].span()) if found else None
    for node in reversed(tree.body):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == question for target in targets):
                return slice(
                    _offset(source, node.lineno, node.col_offset),
                    _offset(source, node.end_lineno or 0, node.end_col_offset or 0),
                )
    return None


def _offset(source: str, line: int, column: int) -> int:
    """Index into `source` of a place in its syntax tree, where columns count UTF-8 bytes."""
    lines = source.split("\n")
    before = sum(len(text) + 1 for text in lines[: line - 1])
    return before + len(lines[line - 1].encode()[:column].decode())


def _parse(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
