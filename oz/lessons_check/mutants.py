"""A program with one small thing wrong, in every way that is worth trying. Pure.

The changes are found in the syntax tree and made in the text, so that all else stays as it was
written, comments too. They come in the order of the text, and the same program always gives the
same ones. What a program only shows (prints, docstrings, the demonstration below its functions)
is left alone: no trial is asked to see it. Knows no spell and runs nothing; which statements are
for show is for `oz.lessons_check.shown` to say.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from oz.lessons_check import shown
from oz.lessons_check.places import Places, Span


@dataclass(frozen=True, slots=True)
class Mutant:
    """A program that differs from the model answer in one place."""

    line: int
    """Where it differs, 1-based."""
    change: str
    """The kind of change, in a word or two."""
    before: str
    """The line before, without indent and comment; several are joined by a blank."""
    after: str
    """The line after; ``pass`` for a statement that was left out."""
    source: str
    """The whole program."""


@dataclass(frozen=True, slots=True)
class _Edit:
    span: Span
    text: str
    change: str


def mutants(
    source: str, trial: str = "", *, values: bool = False, given: Collection[str] = ()
) -> list[Mutant]:
    """Every single change of `source`, in the order of the text, no two with one result.

    `trial`: the text of its trial, which says what else than functions is looked at.
    `values`: the program is a list of answers, so the elements of lists and the names of
    exceptions are changed, too. `given`: files that lie beside the program. Raises `SyntaxError`
    when `source` cannot be read.
    """
    tree = ast.parse(source)
    places = Places(source)
    original = ast.dump(tree)
    left_out = shown.only_shown(tree, ast.parse(trial), given)
    if not values:
        left_out |= {node for node in ast.walk(tree) if _is_data(node)}
    makers = (*_EVERYWHERE, *(_OF_VALUES if values else ()))
    edits = {
        edit: None
        for node in _walk(tree, left_out)
        for maker in makers
        for edit in maker(places, node)
    }
    found: dict[str, Mutant] = {}
    for edit in sorted(edits, key=lambda edit: edit.span):
        changed = places.replaced(edit.span, edit.text)
        if changed in found or not _differs(changed, original):
            continue
        line = places.line(edit.span[0])
        before, after = _lines(places, edit, changed)
        found[changed] = Mutant(line, edit.change, before, after, changed)
    return list(found.values())


def evenly(found: Sequence[Mutant], most: int) -> list[Mutant]:
    """At most `most` of `found`, spread evenly over it, in order."""
    if len(found) <= most:
        return list(found)
    return [found[index * len(found) // most] for index in range(most)]


def _differs(changed: str, original: str) -> bool:
    """Whether `changed` is a program at all, and another one."""
    try:
        return ast.dump(ast.parse(changed)) != original
    except SyntaxError:
        return False


def _lines(places: Places, edit: _Edit, changed: str) -> tuple[str, str]:
    if edit.change == _DROPPED:
        return places.first_line(edit.span), "pass"
    start = edit.span[0]
    there = start, start + len(edit.text.encode())
    return places.around(edit.span), Places(changed).around(there)


def _walk(node: ast.AST, left_out: frozenset[ast.AST]) -> Iterator[ast.AST]:
    """What may be changed: no annotation, nothing inside an f-string, no words of an error, nothing
    for show."""
    yield node
    if isinstance(node, (ast.JoinedStr, ast.Raise)) or _negative(node) is not None:
        return  # Python 3.11 does not say where the parts of an f-string stand
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "ctx"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and child not in left_out:
                yield from _walk(child, left_out)


def _is_data(node: ast.AST) -> bool:
    """A table of numbers: what a program is given, rather than something that it says."""
    return (
        isinstance(node, ast.List)
        and len(node.elts) >= _TABLE
        and all(_number(item) is not None or _negative(item) is not None for item in node.elts)
    )


def _negative(node: ast.AST) -> int | float | None:
    """The value of a number with a minus before it."""
    if not isinstance(node, ast.UnaryOp) or not isinstance(node.op, ast.USub):
        return None
    number = _number(node.operand)
    return None if number is None else -number


def _number(node: ast.AST) -> int | float | None:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value  # type: ignore[return-value]
    return None


# --- what is changed ------------------------------------------------------------------------------

_DROPPED = "statement dropped"

_TABLE = 8
"""So many numbers in a list are data."""

_SIGNS = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"),
    ast.MatMult: ("@", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
}

_COMPARED = {
    ast.Lt: ("<", ("<=", ">=")),
    ast.LtE: ("<=", ("<", ">")),
    ast.Gt: (">", (">=", "<=")),
    ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}

_DTYPES = {
    "float32": "float64",
    "float64": "float32",
    "float16": "float32",
    "bfloat16": "float32",
    "int64": "int32",
    "int32": "int64",
    "int16": "int32",
    "int8": "uint8",
    "uint8": "int8",
    "bool": "uint8",
    "long": "int",
    "float": "double",
    "double": "float",
    "half": "float",
}

_AXES = {"dim", "axis", "dim0", "dim1", "start_dim", "end_dim"}

Maker = Callable[[Places, ast.AST], Iterator[_Edit]]


def _signs(places: Places, node: ast.AST) -> Iterator[_Edit]:
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in _SIGNS:
        old, new = _SIGNS[type(node.op)]
        pair = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.target, node.value)
        end = "=" if isinstance(node, ast.AugAssign) else ""
        span = places.between(*pair, old + end)
        yield _Edit(span, new + end, "operator")
    elif isinstance(node, ast.BoolOp):
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        # One `and` among several of a chain would need brackets; all of a chain are one operator.
        if len(node.values) == 2:
            yield _Edit(places.between(node.values[0], node.values[1], old), new, "operator")
    elif isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.UAdd):
        start = places.span(node)[0]
        sign = "not" if isinstance(node.op, ast.Not) else "-"
        yield _Edit((start, start + len(sign)), "", "sign dropped")


def _comparisons(places: Places, node: ast.AST) -> Iterator[_Edit]:
    if not isinstance(node, ast.Compare):
        return
    sides = [node.left, *node.comparators]
    for left, right, operator in zip(sides, sides[1:], node.ops, strict=False):
        old, others = _COMPARED[type(operator)]
        for new in others:
            yield _Edit(places.between(left, right, old), new, "comparison")


def _conditions(places: Places, node: ast.AST) -> Iterator[_Edit]:
    """The other way of a plain condition; what has an operator is changed there."""
    if isinstance(node, (ast.If, ast.IfExp, ast.While)) and isinstance(
        node.test, (ast.Call, ast.Name, ast.Attribute, ast.Subscript)
    ):
        start = places.span(node.test)[0]
        yield _Edit((start, start), "not ", "condition")


def _constants(places: Places, node: ast.AST) -> Iterator[_Edit]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield _Edit(places.span(node), str(not node.value), "constant")
        return
    number = _negative(node)
    if number is None:
        number = _number(node)
    if number is None:
        return
    yield _Edit(places.span(node), repr(number + 1), "constant")
    if number == 1:
        yield _Edit(places.span(node), repr(number - 1), "constant")


def _axes(places: Places, node: ast.AST) -> Iterator[_Edit]:
    for keyword in node.keywords if isinstance(node, ast.Call) else ():
        if keyword.arg in _AXES:
            number = _negative(keyword.value)
            number = _number(keyword.value) if number is None else number
            if number is not None:
                # not 1 for -1, nor -1 for 1: they are one axis wherever there are two
                for other in (1, -1) if number == 0 else (0,):
                    yield _Edit(places.span(keyword.value), str(other), "dim")


def _statements(places: Places, node: ast.AST) -> Iterator[_Edit]:
    kept = (
        ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Pass,
        ast.Global, ast.Nonlocal, ast.Assert,
    )  # fmt: skip
    if isinstance(node, ast.stmt) and not isinstance(node, kept):
        yield _Edit(places.span(node), "pass", _DROPPED)


def _arguments(places: Places, node: ast.AST) -> Iterator[_Edit]:
    if not isinstance(node, ast.Call):
        return
    for one, other in zip(node.args, node.args[1:], strict=False):
        if not isinstance(one, ast.Starred) and not isinstance(other, ast.Starred):
            yield _swap(places, one, other, "arguments swapped")
    parts: list[ast.expr | ast.keyword] = sorted([*node.args, *node.keywords], key=places.span)
    for index, part in enumerate(parts):
        if isinstance(part, ast.keyword) and part.arg is not None:
            yield _Edit(_with_comma(places, parts, index), "", "keyword dropped")


def _dtypes(places: Places, node: ast.AST) -> Iterator[_Edit]:
    called = isinstance(node, ast.Call) and not node.args and not node.keywords
    named = node.func if isinstance(node, ast.Call) and called else node
    if not isinstance(named, ast.Attribute) or named.attr not in _DTYPES:
        return
    of_torch = isinstance(named.value, ast.Name) and named.value.id in {"torch", "np", "numpy"}
    if of_torch is not called:  # torch.float32, or x.float(): x.double alone is neither
        end = places.span(named)[1]
        yield _Edit((end - len(named.attr), end), _DTYPES[named.attr], "dtype")


def _elements(places: Places, node: ast.AST) -> Iterator[_Edit]:
    if not isinstance(node, (ast.List, ast.Tuple)):
        return
    for index, one in enumerate(node.elts):
        if len(node.elts) > 1:
            yield _Edit(_with_comma(places, node.elts, index), "", "element dropped")
        if index:
            yield _swap(places, node.elts[index - 1], one, "elements swapped")


def _words(places: Places, node: ast.AST) -> Iterator[_Edit]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        said = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), node.value, count=1)
        said = said if said != node.value else node.value[:-1]
        yield _Edit(places.span(node), repr(said), "word")
        if "->" in node.value:  # the letters of an einsum
            said = re.sub(r"(\w)(\w)(\w*)$", r"\2\1\3", node.value)
            yield _Edit(places.span(node), repr(said), "word")


def _names(places: Places, node: ast.AST) -> Iterator[_Edit]:
    if isinstance(node, ast.Name) and isinstance(getattr(builtins, node.id, None), type):
        other = "TypeError" if node.id != "TypeError" else "ValueError"
        yield _Edit(places.span(node), other, "name")


def _swap(places: Places, one: ast.expr, other: ast.expr, change: str) -> _Edit:
    (start, middle), (rest, end) = places.span(one), places.span(other)
    text = places.text
    return _Edit(
        (start, end),
        (text[rest:end] + text[middle:rest] + text[start:middle]).decode(),
        change,
    )


def _with_comma(places: Places, parts: Sequence[ast.AST], index: int) -> Span:
    """The span of one of several `parts`, with the comma that it leaves behind."""
    start, end = places.span(parts[index])
    if index:
        return places.span(parts[index - 1])[1], end
    return start, (places.span(parts[1])[0] if len(parts) > 1 else end)


_EVERYWHERE: tuple[Maker, ...] = (
    _signs, _comparisons, _conditions, _constants, _axes, _statements, _arguments, _dtypes, _words,
)  # fmt: skip
_OF_VALUES: tuple[Maker, ...] = (_elements, _names)
