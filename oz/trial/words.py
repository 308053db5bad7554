"""Small words for values, as the tutor says them: in code, short, right to the last digit."""

# ruff: noqa: ANN401 - values of any type are what this is about

from __future__ import annotations

from typing import Any

from oz.tongue import _


def code(value: object) -> str:
    """`value` in backticks; a backtick inside takes a double fence."""
    text = str(value)
    if "`" in text:
        return f"`` {text} ``"
    return f"`{text}`"


def short(text: str, limit: int = 100) -> str:
    """`text` on one line of at most `limit` characters."""
    text = " ".join(text.split()) if "\n" in text else text
    return text if len(text) <= limit else text[: limit - 1] + "…"


def index_text(at: tuple[int, ...]) -> str:
    """``[2, 3]``, as one would write it behind the tensor's name."""
    return "[" + ", ".join(str(i) for i in at) + "]"


def number_text(value: Any, digits: int = 6) -> str:
    """A number as a person writes it: ``0.1``, ``nan``, ``1e-08``, ``3.0`` (a float stays one)."""
    kind = type(value).__name__
    if "bool" in kind or "int" in kind:
        return str(value)
    if "complex" in kind:
        return f"{complex(value):.{digits}g}"
    text = f"{float(value):.{digits}g}"
    return text if any(c in text for c in ".en") else text + ".0"


def pair_text(wanted: Any, came: Any) -> tuple[str, str]:
    """Two numbers with as many digits as it takes to tell them apart."""
    first = second = ""
    for digits in (4, 6, 9, 12, 17):
        first, second = number_text(wanted, digits), number_text(came, digits)
        if first != second:
            break
    return first, second


def type_words(value: object) -> str:
    """What a value is, in words: ``an `int` (3)``, ``a `Tensor` of shape `(3, 4)```, ``None``."""
    if value is None:
        return "`None`"
    kind = type(value)
    name = kind.__name__
    words = (_("an `{name}`") if name[:1].lower() in "aeiou" else _("a `{name}`")).format(name=name)
    if kind in (int, float, bool, complex):
        return f"{words} (`{value}`)"
    if kind is str:
        return f"{words} (`{short(repr(value), 40)}`)"
    if kind.__module__.partition(".")[0] in ("torch", "numpy"):
        shape = getattr(value, "shape", None)
        if isinstance(shape, tuple):
            return _("{words} of shape `{tuple}`").format(words=words, tuple=tuple(shape))
    if callable(value) and name in ("function", "method", "builtin_function_or_method"):
        return _("{words} (was it called? `{getattr}()`)").format(
            words=words, getattr=getattr(value, "__name__", "")
        )
    return words
