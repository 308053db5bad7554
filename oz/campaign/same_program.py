"""Whether two programs do the same, line by line, but for their comments and docstrings. Pure.

A predict spell shows its program in the player's language, and the trial runs the English one:
what is shown must be what runs. Everything else, strings too, may reach what is printed, and is
compared.
"""

from __future__ import annotations

import ast


def difference(program: str, other: str) -> tuple[int, str] | None:
    """The line of `other` where it first does something else, or the same elsewhere, and what;
    `None`: nowhere. Both are Python; raises `SyntaxError` where one is not."""
    ours, theirs = _Doing(ast.parse(program)), _Doing(ast.parse(other))
    for (line, does), (at, other_does) in zip(ours.steps, theirs.steps, strict=False):
        if does != other_does:
            return at, f"the program that runs has another line {line} here"
        if line != at:
            return at, f"the program that runs has this in line {line}"
    if len(ours.steps) > len(theirs.steps):
        return other.count(
            "\n"
        ) + 1, f"the program that runs goes on, in line {_next(ours, theirs)}"
    if len(ours.steps) < len(theirs.steps):
        return _next(theirs, ours), "the program that runs has ended here"
    return None


class _Doing:
    """What a program does: each node of its tree but docstrings, with its line, in order."""

    def __init__(self, tree: ast.Module) -> None:
        shown = any(_says_its_docstring(node) for node in ast.walk(tree))
        self.steps: list[tuple[int, str]] = []
        self._take(tree, 0, shown=shown)

    def _take(self, node: ast.AST, line: int, *, shown: bool) -> None:
        line = getattr(node, "lineno", line)
        plain = [f"{name}={value!r}" for name, value in ast.iter_fields(node) if _plain(value)]
        self.steps.append((line, f"{type(node).__name__} {' '.join(plain)}"))
        for child in ast.iter_child_nodes(node):
            if shown or not _is_docstring(node, child):
                self._take(child, line, shown=shown)


def _next(longer: _Doing, shorter: _Doing) -> int:
    return longer.steps[len(shorter.steps)][0]


def _plain(value: object) -> bool:
    """Whether a field holds no further nodes."""
    items = value if isinstance(value, list) else [value]
    return not any(isinstance(item, ast.AST) for item in items)


def _is_docstring(node: ast.AST, child: ast.AST) -> bool:
    if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    return bool(node.body) and child is node.body[0] and ast.get_docstring(node) is not None


def _says_its_docstring(node: ast.AST) -> bool:
    named = isinstance(node, ast.Attribute) and node.attr == "__doc__"
    return named or (isinstance(node, ast.Name) and node.id in {"__doc__", "help", "inspect"})
