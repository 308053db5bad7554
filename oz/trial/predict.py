"""Predictions: plain answers compared with what the real program said.

The same answer may be written in several ways: ``(3, 4)``, ``"(3, 4)"``, ``torch.Size([3, 4])`` and
``[3, 4]`` are one shape, 3 and 3.0 one number, ``torch.int64`` and ``"int64"`` one dtype.
"""

# ruff: noqa: ANN401 - values of any type are what this is about

from __future__ import annotations

import ast
import builtins
import math
import re
from collections.abc import Mapping
from typing import Any

import torch

from oz.tongue import _
from oz.trial.failure import CheckFailed, Condition, Mistakes, recognise
from oz.trial.words import code, short

_NONE: Mapping[str, Condition] = {}
_DTYPE = re.compile(r"(?:torch\.)?([a-z]+[0-9]+(?:_[a-z0-9]+)?|bool|float|double|half|int|long)\Z")
_WRAPPED = re.compile(r"(?:torch\.Size|torch\.tensor|tensor)\((.*?)(?:,\s*\w+=.*)?\)\Z", re.DOTALL)
_SPACED = re.compile(r"([^\s,\[(])\s+(?=[^\s,\])])")
"""What ends one part of a list before the next, where no comma stands between them."""
_LOCATED = re.compile(r"\b(nan|inf)\b")


def predicted(
    answer: object,
    truth: object,
    name: str = "",
    *,
    mistakes: Mistakes = _NONE,
    tolerance: float = 1e-3,
    reveal: bool = False,
) -> None:
    """Fail unless `answer` means the same as `truth`, in whichever of the usual ways it is written.

    `truth` is a line that the real program printed (``program.lines[0]``) or a value it made.
    `tolerance` is relative, for numbers that print rounded. The message does not give the answer
    away unless `reveal` is set: the player may think again.
    """
    if alike(meaning(answer), meaning(truth), tolerance):
        return
    whose = f"**{name}**: " if name else ""
    if answer is None or answer is ...:
        told = _("nothing is answered here yet")
        raise CheckFailed(f"{whose}{told}", recognise(mistakes, answer), name)
    if isinstance(answer, str) and (slip := slip_in(answer)):
        # how it is spelled, not what it says: whether that is right is not told
        raise CheckFailed(f"{whose}{slip}: {code(short(answer))}", None, name)
    said = _("you said {code}").format(code=code(short(_text(answer))))
    rest = (
        _("the program says {code}").format(code=code(short(_text(truth))))
        if reveal
        else _("the program says otherwise")
    )
    raise CheckFailed(f"{whose}{said}, {rest}", recognise(mistakes, answer), name)


def meaning(value: Any) -> Any:
    """The plain value that `value` stands for: a number, bool, text, or tuple of such."""
    kind = type(value)
    if isinstance(value, torch.dtype):
        return ("dtype", str(value).removeprefix("torch."))
    if isinstance(value, torch.device):
        return str(value)
    if isinstance(value, torch.Tensor):
        return meaning(value.tolist())
    if isinstance(value, type):
        return value.__name__.casefold()
    if isinstance(value, (list, tuple)):
        return tuple(meaning(v) for v in value)
    if kind in (bool, int, float, complex) or value is None:
        return value
    if isinstance(value, str):
        return _meaning_of_text(value)
    if hasattr(value, "item") and kind.__module__ == "numpy":
        return meaning(value.tolist())
    return _text(value)


def _meaning_of_text(text: str) -> Any:
    stripped = text.strip()
    if wrapped := _WRAPPED.match(stripped):
        stripped = wrapped[1].strip()
    found = _DTYPE.match(stripped)
    dtype = getattr(torch, found[1], None) if found else None
    if isinstance(dtype, torch.dtype):
        return meaning(dtype)
    try:
        return meaning(_literal(stripped))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return " ".join(stripped.split()).casefold()


def _literal(text: str) -> Any:
    """The literal that `text` is; also ``nan`` and ``inf`` as torch prints them, and ``true``."""
    if text.casefold() in ("true", "false", "none"):
        text = text.capitalize()
    if _LOCATED.search(text):
        text = _LOCATED.sub(lambda m: "1e999" if m[1] == "inf" else "'nan'", text)
    value = ast.literal_eval(text)
    return math.nan if isinstance(value, str) and value == "nan" else value


def slip_in(text: str) -> str:
    """What keeps a text that begins like a list or a tuple from being one (Markdown); empty where
    nothing does, or where it is no attempt at either."""
    stripped = text.strip()
    if wrapped := _WRAPPED.match(stripped):
        stripped = wrapped[1].strip()
    if not stripped.startswith(("[", "(")):
        return ""
    if _is_literal(stripped):
        return ""
    if _is_literal(_SPACED.sub(r"\1, ", stripped)):
        return _("that is not Python: a list has commas")
    if any(stripped.count(pair[0]) != stripped.count(pair[1]) for pair in ("[]", "()")):
        return _("that is not Python: a bracket is missing")
    return ""


def _is_literal(text: str) -> bool:
    try:
        _literal(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False
    return True


def alike(a: Any, b: Any, tolerance: float = 1e-3) -> bool:
    """Whether two values of `meaning` are the same; numbers to within `tolerance`, relative."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(alike(x, y, tolerance) for x, y in zip(a, b, strict=True))
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        if isinstance(a, int) and isinstance(b, int):
            return a == b
        both_nan = math.isnan(a) and math.isnan(b)
        return both_nan or a == b or math.isclose(a, b, rel_tol=tolerance, abs_tol=tolerance * 1e-2)
    if isinstance(a, str) and isinstance(b, str):
        return a.strip().casefold() == b.strip().casefold()
    return type(a) is type(b) and bool(a == b)


def _text(value: object) -> str:
    return value if isinstance(value, str) else repr(value)


# --- plain values ---------------------------------------------------------------------------------


def not_plain(tree: ast.Module) -> str | None:
    """The first statement that is more than a name and a plain value: its text.

    Plain are literals, tuples, lists, signs before numbers, dtypes (``torch.float32``),
    ``torch.Size`` of such, and the names of built-in exceptions. Imports of torch are let through,
    since a dtype needs one.
    """
    for number, statement in enumerate(tree.body):
        if not _is_answer(statement, first=number == 0):
            return short(ast.unparse(statement), 60)
    return None


def misspelled(tree: ast.Module) -> tuple[str, str] | None:
    """The first answer that is a text only because it is not the Python it was meant for: its name,
    and what `slip_in` says of it."""
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str() as text)):
                if slip := slip_in(text):
                    return name, slip
            case _:
                pass
    return None


def _is_answer(statement: ast.stmt, *, first: bool) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Pass():
            return True
        case ast.Expr(value=ast.Constant(value=value)):
            return first or value is ...  # a docstring, or a place left open
        case ast.Assign(targets=targets, value=value):
            return all(isinstance(t, ast.Name) for t in targets) and is_plain(value)
        case ast.AnnAssign(target=ast.Name(), value=value):
            return value is None or is_plain(value)
        case _:
            return False


def is_plain(node: ast.expr) -> bool:
    """Whether an expression is a plain value: nothing is computed by it."""
    match node:
        case ast.Constant():
            return True
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return all(is_plain(p) for p in parts)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=ast.Constant(value=int() | float())):
            return True
        case ast.Attribute(value=ast.Name(id="torch"), attr=name):
            return isinstance(getattr(torch, name, None), torch.dtype)
        case ast.Call(func=func, args=[inner], keywords=[]):
            return ast.unparse(func) in ("torch.Size", "float") and is_plain(inner)
        case ast.Name(id=name):
            found = getattr(builtins, name, None)
            return isinstance(found, type) and issubclass(found, BaseException)
        case _:
            return False


def value_of(node: ast.expr) -> Any:
    """The value of a plain expression. Raises `ValueError` for one that is not plain."""
    if not is_plain(node):
        raise ValueError(ast.unparse(node))
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Tuple(elts=parts):
            return tuple(value_of(p) for p in parts)
        case ast.List(elts=parts):
            return [value_of(p) for p in parts]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -value_of(operand)
        case ast.UnaryOp(operand=operand):
            return value_of(operand)
        case ast.Attribute(attr=name):
            return getattr(torch, name)
        case ast.Call(func=ast.Name(id="float"), args=[inner]):
            return float(value_of(inner))
        case ast.Call(args=[inner]):
            return torch.Size(value_of(inner))
        case ast.Name(id=name):
            return getattr(builtins, name)
        case _:
            raise ValueError(ast.unparse(node))
