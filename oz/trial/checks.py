"""The words a trial is written in: `same`, `require`, `mistake`, `shares_storage`.

Each fails by raising `CheckFailed` with a message for the player. What counts as different is
decided in `oz.trial.compare`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

import torch

from oz.tongue import _
from oz.trial.compare import Tolerance, differences, pointer_of
from oz.trial.failure import CheckFailed, Condition, MissingName, Mistakes, recognise
from oz.trial.phrases import said

__all__ = ["CheckFailed", "MissingName", "mistake", "require", "same", "shares_storage"]

_NONE: Mapping[str, Condition] = {}


def same(
    actual: object,
    expected: object,
    name: str = "",
    *,
    mistakes: Mistakes = _NONE,
    rtol: float | None = None,
    atol: float | None = None,
    dtype: bool = True,
    requires_grad: bool | None = None,
) -> None:
    """Fail unless `actual` is what was asked.

    Tensors and arrays are compared by type, shape, dtype, device, ``requires_grad`` and then
    values, NaN and infinity included; numbers, strings, sequences and dicts likewise, part by
    part. Lists and tuples are interchangeable. `name` is how the player would write it, for
    example ``lay(3)``.

    Without `rtol` and `atol` the tolerance is that of the coarser dtype, and never wide enough for
    a tensor of zeros to pass for small numbers. ``dtype=False`` leaves number types out of it.
    ``requires_grad=None`` asks for it only where `expected` has it.
    """
    __tracebackhide__ = True
    found = differences(
        actual,
        expected,
        said(name),
        Tolerance(rtol, atol),
        dtype=dtype,
        requires_grad=requires_grad,
    )
    if found:
        raise CheckFailed("\n".join(found), recognise(mistakes, actual), name)


def require(
    condition: object, asked: str, got: object = None, *, mistakes: Mistakes = _NONE
) -> None:
    """Fail unless `condition` is true. `asked` and `got` are words (markdown) for the player.

    A function in `mistakes` is given `got`.
    """
    __tracebackhide__ = True
    if bool(condition):
        return
    known = recognise(mistakes, got)
    message = _("asked {asked}").format(asked=said(asked))
    if got is not None:
        got = said(got) if isinstance(got, str) else got
        message += _(", yours {got}").format(got=got)
    raise CheckFailed(message, known)


def mistake(id: str, message: str = "") -> NoReturn:
    """Fail the check as the known mistake `id`, whose words are in ``spell.md``."""
    raise CheckFailed(message, id)


def shares_storage(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Whether two tensors look at the same memory (an empty tensor shares with none)."""
    left, right = pointer_of(a), pointer_of(b)
    return left is not None and left == right
