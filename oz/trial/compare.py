"""Where two values differ, in the tutor's words, on a path that the player's program cannot bend.

Tensors are read through references taken when this module was imported (before the player's program
ran), with overrides by subclasses and modes off, and compared in numpy. Nothing of the player's own
(``__eq__``, ``__bool__``, a replaced ``torch.allclose``) is asked for an opinion.
"""

# ruff: noqa: ANN401 - values of any type are what this is about

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from oz.tongue import _
from oz.trial.words import code, index_text, number_text, pair_text, short, type_words

_Tensor = torch.Tensor
_Parameter = torch.nn.Parameter
_without_overrides = torch._C.DisableTorchFunction
_detach = torch.Tensor.detach
_to = torch.Tensor.to
_to_dense = torch.Tensor.to_dense
_resolve_conj = torch.Tensor.resolve_conj
_resolve_neg = torch.Tensor.resolve_neg
_numpy = torch.Tensor.numpy
_storage = torch.Tensor.untyped_storage


def _getter(name: str) -> Callable[[torch.Tensor], Any]:
    """An attribute of `torch.Tensor` as a function that no subclass overrides."""
    get: Callable[[torch.Tensor], Any] = getattr(torch.Tensor, name).__get__
    return get


_get_shape = _getter("shape")
_get_dtype = _getter("dtype")
_get_device = _getter("device")
_get_layout = _getter("layout")
_get_requires_grad = _getter("requires_grad")

RELATIVE = {
    torch.float64: 1e-7,
    torch.complex128: 1e-7,
    torch.float32: 2e-5,
    torch.complex64: 2e-5,
    torch.float16: 2e-3,
    torch.bfloat16: 1.6e-2,
}
"""Relative tolerance: wider than one rounding, since a right answer may add in another order."""

_ABSOLUTE = 1e-5
_COARSE = 0.1
"""For the 8-bit floats."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far numbers may lie apart. `None`: what suits their types."""

    relative: float | None = None
    absolute: float | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The terms of one comparison."""

    tolerance: Tolerance
    dtype: bool
    requires_grad: bool | None


def differences(
    actual: object,
    expected: object,
    name: str,
    tolerance: Tolerance,
    *,
    dtype: bool = True,
    requires_grad: bool | None = None,
) -> list[str]:
    """What differs, one line of markdown each, most telling first; empty: the two are the same."""
    return _differences(actual, expected, name, _Asked(tolerance, dtype, requires_grad), 0)


def is_tensor(value: object) -> bool:
    """Whether `value` really is a tensor, whatever it says its ``__class__`` is."""
    return _Tensor in type(value).__mro__


def pointer_of(tensor: torch.Tensor) -> int | None:
    """Address of the tensor's storage; `None` when it holds nothing."""
    with _without_overrides():
        storage = _storage(tensor)
        return storage.data_ptr() if storage.nbytes() else None


def _differences(actual: Any, expected: Any, name: str, asked: _Asked, depth: int) -> list[str]:
    if depth > 20:
        return [_("**nesting** of {code} is deeper than 20 levels").format(code=code(name))]
    if is_tensor(expected):
        return _tensors(actual, expected, name, asked)
    if isinstance(expected, np.ndarray):
        return _arrays(actual, expected, name, asked)
    if isinstance(expected, (bool, np.bool_)):
        return _plain(actual, expected, name, (bool, np.bool_))
    if isinstance(expected, (int, float, complex, np.number)):
        return _numbers(actual, expected, name, asked)
    if isinstance(expected, str):
        return _strings(actual, expected, name)
    if isinstance(expected, Mapping):
        return _mappings(actual, expected, name, asked, depth)
    if isinstance(expected, Sequence) and not isinstance(expected, (bytes, range)):
        return _sequences(actual, expected, name, asked, depth)
    return _plain(actual, expected, name, (type(expected),))


def _line(what: str, name: str, asked: str, yours: str, tail: str = "") -> str:
    """One difference: ``**shape** of `x` asked `(3,)`, yours `(4,)` ``."""
    whose = _(" of {code}").format(code=code(name)) if name else ""
    return _("**{what}**{whose} asked {asked}, yours {yours}{tail}").format(
        what=what, whose=whose, asked=asked, yours=yours, tail=tail
    )


# --- tensors --------------------------------------------------------------------------------------


def _tensors(actual: Any, expected: torch.Tensor, name: str, asked: _Asked) -> list[str]:
    if type(actual) not in (_Tensor, _Parameter, type(expected)):
        return [_line(_("type"), name, _("a `Tensor`"), type_words(actual))]
    with _without_overrides():
        lines = _tensor_facts(actual, expected, name, asked)
        if _get_shape(actual) != _get_shape(expected):
            return lines
        if "meta" in (_get_device(actual).type, _get_device(expected).type):
            return lines
        loosest = _relative(_get_dtype(actual), _get_dtype(expected))
        return lines + _values(_as_numpy(actual), _as_numpy(expected), name, asked, loosest)


def _tensor_facts(
    actual: torch.Tensor, expected: torch.Tensor, name: str, asked: _Asked
) -> list[str]:
    lines: list[str] = []
    wanted: object = tuple(_get_shape(expected))
    came: object = tuple(_get_shape(actual))
    if wanted != came:
        lines.append(_line("shape", name, code(wanted), code(came)))
    wanted, came = _get_dtype(expected), _get_dtype(actual)
    if asked.dtype and wanted != came:
        lines.append(_line("dtype", name, code(_bare(wanted)), code(_bare(came))))
    wanted, came = _get_device(expected), _get_device(actual)
    if wanted != came:
        lines.append(_line("device", name, code(wanted), code(came)))
    wanted, came = _get_layout(expected), _get_layout(actual)
    if wanted != came:
        lines.append(_line("layout", name, code(_bare(wanted)), code(_bare(came))))
    grad, came = asked.requires_grad, bool(_get_requires_grad(actual))
    if grad is None and _get_requires_grad(expected):
        grad = True
    if grad is not None and grad != came:
        lines.append(_line("requires_grad", name, code(grad), code(came)))
    return lines


def _bare(value: object) -> str:
    """``int64`` for ``torch.int64``: the prefix says nothing here."""
    return str(value).removeprefix("torch.")


def _as_numpy(tensor: torch.Tensor) -> np.ndarray[Any, Any]:
    """The values of `tensor`: floats as float64, complex as complex128, the rest as it is."""
    plain = _detach(tensor)
    if _get_layout(plain) is not torch.strided:
        plain = _to_dense(plain)
    dtype = _get_dtype(plain)
    if dtype.is_complex:
        plain = _to(plain, torch.complex128)
    elif dtype.is_floating_point:
        plain = _to(plain, torch.float64)
    return _numpy(_resolve_neg(_resolve_conj(_to(plain, "cpu"))))


def _relative(*dtypes: torch.dtype) -> float:
    """The coarsest tolerance among `dtypes`; 0 where all of them are exact."""
    inexact = [d for d in dtypes if d.is_floating_point or d.is_complex]
    return max((RELATIVE.get(d, _COARSE) for d in inexact), default=0.0)


# --- values ---------------------------------------------------------------------------------------


def _values(
    actual: np.ndarray[Any, Any],
    expected: np.ndarray[Any, Any],
    name: str,
    asked: _Asked,
    relative: float,
) -> list[str]:
    """The first element that differs, and how many do. Both arrays have the same shape."""
    if expected.size == 0:
        return []
    apart = np.atleast_1d(~_close(actual, expected, asked.tolerance, relative))
    count = int(np.count_nonzero(apart))
    if not count:
        return []
    at = tuple(int(i) for i in np.argwhere(apart)[0]) if expected.ndim else ()
    wanted, came = pair_text(expected[at], actual[at])
    what = _("value at {code}").format(code=code(index_text(at))) if at else _("value")
    tail = (
        _(" ({count} of {size} elements differ)").format(count=count, size=expected.size)
        if expected.size > 1
        else ""
    )
    return [_line(what, name, code(wanted), code(came), tail)]


def _close(
    actual: np.ndarray[Any, Any],
    expected: np.ndarray[Any, Any],
    tolerance: Tolerance,
    relative: float,
) -> np.ndarray[Any, Any]:
    """Element by element: equal, both NaN, or near enough. Infinities are near to nothing else."""
    with np.errstate(all="ignore"):
        exact = (actual == expected) | ((actual != actual) & (expected != expected))
        rtol = relative if tolerance.relative is None else tolerance.relative
        if tolerance.absolute is not None:
            atol = tolerance.absolute
        else:
            atol = min(_ABSOLUTE, relative) * _scale(expected) if relative else 0.0
        if not rtol and not atol:
            return np.asarray(exact)
        kind = np.complex128 if "c" in actual.dtype.kind + expected.dtype.kind else np.float64
        wanted = expected.astype(kind)
        near = np.abs(actual.astype(kind) - wanted) <= atol + rtol * np.abs(wanted)
        finite = np.isfinite(actual) & np.isfinite(expected)
        return np.asarray(exact | (near & finite))


def _scale(expected: np.ndarray[Any, Any]) -> float:
    """The size of the numbers asked for, at most 1: what an absolute tolerance is measured by.

    Without it a tensor of zeros would pass for gradients of 1e-6.
    """
    sizes = np.abs(expected[np.isfinite(expected)])
    largest = float(sizes.max()) if sizes.size else 0.0
    return min(largest, 1.0) if largest > 0 else 1.0


def _arrays(actual: Any, expected: np.ndarray[Any, Any], name: str, asked: _Asked) -> list[str]:
    if type(actual) is not np.ndarray:
        return [_line(_("type"), name, _("a numpy `ndarray`"), type_words(actual))]
    if expected.dtype.kind in "OUSMm":
        return _sequences(actual.tolist(), expected.tolist(), name, asked, 0)
    lines = []
    if actual.shape != expected.shape:
        lines.append(_line("shape", name, code(expected.shape), code(actual.shape)))
    if asked.dtype and actual.dtype != expected.dtype:
        lines.append(_line("dtype", name, code(expected.dtype), code(actual.dtype)))
    if actual.shape != expected.shape or actual.dtype.kind in "OUSMm":
        return lines
    loosest = max(_array_relative(actual.dtype), _array_relative(expected.dtype))
    return lines + _values(actual, expected, name, asked, loosest)


def _array_relative(dtype: np.dtype[Any]) -> float:
    if dtype.kind not in "fc":
        return 0.0
    single = dtype.itemsize // (2 if dtype.kind == "c" else 1)
    return {2: 2e-3, 4: 2e-5}.get(single, 1e-7)


# --- everything else ------------------------------------------------------------------------------


def _numbers(actual: Any, expected: Any, name: str, asked: _Asked) -> list[str]:
    kind = _number_kind(expected)
    mine = _number_kind(actual)
    if mine is None or (asked.dtype and mine != kind):
        return [_line(_("type"), name, f"{type_words(expected)}", type_words(actual))]
    relative = 1e-6 if "int" not in (kind, mine) or kind != mine else 0.0
    if kind == mine == "int":
        same = int(actual) == int(expected)
    else:
        same = bool(
            _close(
                np.asarray(complex(actual)),
                np.asarray(complex(expected)),
                asked.tolerance,
                relative,
            )
        )
    if kind == mine == "int" and not same and asked.tolerance != Tolerance():
        same = math.isclose(
            int(actual),
            int(expected),
            rel_tol=asked.tolerance.relative or 0.0,
            abs_tol=asked.tolerance.absolute or 0.0,
        )
    if same:
        return []
    wanted, came = number_text(expected), number_text(actual)
    if wanted == came:
        wanted, came = repr(expected), repr(actual)
    return [_line(_("value"), name, code(wanted), code(came))]


def _number_kind(value: object) -> str | None:
    """``int``, ``float`` or ``complex`` for a number of Python's or numpy's own."""
    kind = type(value)
    if kind is int or (isinstance(value, np.integer) and kind.__module__ == "numpy"):
        return "int"
    if kind is float or (isinstance(value, np.floating) and kind.__module__ == "numpy"):
        return "float"
    if kind is complex or (isinstance(value, np.complexfloating) and kind.__module__ == "numpy"):
        return "complex"
    return None


def _strings(actual: Any, expected: str, name: str) -> list[str]:
    if type(actual) is not str:
        return [_line(_("type"), name, _("a string"), type_words(actual))]
    if actual == expected:
        return []
    if "\n" not in expected and "\n" not in actual:
        return [_line(_("text"), name, code(repr(short(expected))), code(repr(short(actual))))]
    wanted, came = expected.split("\n"), actual.split("\n")
    for number, (a, b) in enumerate(zip(wanted, came, strict=False), 1):
        if a != b:
            return [
                _line(
                    _("line {number}").format(number=number),
                    name,
                    code(repr(short(a))),
                    code(repr(short(b))),
                )
            ]
    return [_line(_("number of lines"), name, code(len(wanted)), code(len(came)))]


def _sequences(
    actual: Any, expected: Sequence[Any], name: str, asked: _Asked, depth: int
) -> list[str]:
    if not ({list, tuple} & set(type(actual).__mro__)):
        return [
            _line(
                _("type"),
                name,
                _("a {word}").format(word=_sequence_word(expected)),
                type_words(actual),
            )
        ]
    items = list(tuple.__iter__(actual) if tuple in type(actual).__mro__ else list.__iter__(actual))
    if len(items) != len(expected):
        text = code(short(_safe_repr(expected))), code(short(_safe_repr(items)))
        return [
            _line(_("length"), name, code(len(expected)), code(len(items))),
            _("asked {text}, yours {text2}").format(text=text[0], text2=text[1]),
        ][: 2 if _is_flat(expected) else 1]
    for position, (mine, wanted) in enumerate(zip(items, expected, strict=True)):
        inner = f"{name}[{position}]" if name else f"[{position}]"
        found = _differences(mine, wanted, inner, asked, depth + 1)
        if found:
            return found
    return []


def _sequence_word(value: object) -> str:
    return "`tuple`" if isinstance(value, tuple) else "`list`"


def _is_flat(values: Sequence[Any]) -> bool:
    return all(isinstance(v, (int, float, str, bool)) for v in values)


def _safe_repr(value: object) -> str:
    try:
        return repr(value)
    except Exception:  # noqa: BLE001 - the value may be the player's
        return f"<{type(value).__name__}>"


def _mappings(
    actual: Any, expected: Mapping[Any, Any], name: str, asked: _Asked, depth: int
) -> list[str]:
    if dict not in type(actual).__mro__:
        return [_line(_("type"), name, _("a `dict`"), type_words(actual))]
    mine = dict(dict.items(actual))
    missing = [k for k in expected if k not in mine]
    extra = [k for k in mine if k not in expected]
    lines = []
    if missing:
        lines.append(
            _("**keys** missing from {code}: {keys}").format(
                code=code(name or "it"), keys=_keys(missing)
            )
        )
    if extra:
        lines.append(
            _("**keys** of {code} that nobody asked for: {keys}").format(
                code=code(name or "it"), keys=_keys(extra)
            )
        )
    if lines:
        return lines
    for key, wanted in expected.items():
        found = _differences(mine[key], wanted, f"{name}[{key!r}]", asked, depth + 1)
        if found:
            return found
    return []


def _keys(keys: list[Any]) -> str:
    return ", ".join(code(short(_safe_repr(k), 40)) for k in keys[:6])


def _plain(actual: Any, expected: Any, name: str, kinds: tuple[type, ...]) -> list[str]:
    """Anything else: exactly of one of `kinds`, and equal in the eyes of what was asked for."""
    if type(actual) not in kinds:
        return [_line(_("type"), name, type_words(expected), type_words(actual))]
    if actual is expected or bool(expected == actual):
        return []
    wanted, came = short(_safe_repr(expected)), short(_safe_repr(actual))
    return [_line(_("value"), name, code(wanted), code(came))]
