"""A function of the player's held against another one: the same values, and the same slopes.

For trials that know the right answer as a function. The two get the same inputs; what comes out is
compared by `same`, and then what flows back from it to every input and weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import torch

from oz.tongue import _
from oz.trial.checks import same
from oz.trial.failure import CheckFailed

__all__ = ["agrees", "near", "numbers"]

_NONE: Mapping[str, Callable[..., object]] = {}


def numbers(
    rng: np.random.Generator, *shape: int, dtype: torch.dtype = torch.float32
) -> torch.Tensor:
    """Normally distributed numbers of `shape`."""
    return torch.tensor(rng.normal(size=shape), dtype=dtype)


def near(one: Any, other: Any, tolerance: float = 1e-4) -> bool:  # noqa: ANN401 - any value that came
    """Whether two tensors (or tuples of them) say the same, for telling which mistake it was."""
    if isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(
            near(a, b, tolerance) for a, b in zip(one, other, strict=True)
        )
    one, other = torch.as_tensor(one).detach(), torch.as_tensor(other).detach()
    return one.shape == other.shape and torch.allclose(
        one.double(), other.double(), rtol=tolerance, atol=tolerance, equal_nan=True
    )


def agrees(
    mine: Callable[..., Any],
    theirs: Callable[..., Any],
    inputs: Sequence[object],
    name: str,
    *,
    weights: Iterable[torch.Tensor] = (),
    mistakes: Mapping[str, Callable[..., object]] = _NONE,
    uneven: str | None = None,
    rtol: float = 1e-3,
    atol: float = 1e-5,
) -> None:
    """Fail unless `mine` gives of `inputs` what `theirs` gives, and leaves the inputs alone.

    `mistakes` names wrong functions of the same inputs: what came is held against what they give.
    Floating inputs and `weights` must also get the same gradient; where only that differs, `uneven`
    is the known mistake. Tuples of tensors are compared part by part.
    """
    __tracebackhide__ = True
    leaves = [_leaf(value) for value in inputs]
    kept = [_leaf(value) for value in inputs]
    expected, got = theirs(*leaves), mine(*leaves)
    told = {
        id: lambda came, wrong=wrong: near(came, wrong(*kept)) for id, wrong in mistakes.items()
    }
    # without its graph: what is missing on the way back is said below, by what it comes to
    same(got, _bare(expected), name, mistakes=told, rtol=rtol, atol=atol)
    for number, (leaf, before) in enumerate(zip(leaves, kept, strict=True), 1):
        if isinstance(leaf, torch.Tensor):
            same(
                leaf.detach(),
                _bare(before),
                _("what was given to {name}, input {number}, afterwards").format(
                    name=name, number=number
                ),
            )
    _slopes(got, expected, leaves, list(weights), name, uneven, rtol, atol)


def _leaf(value: object) -> object:
    if not isinstance(value, torch.Tensor):
        return value
    return value.detach().clone().requires_grad_(value.is_floating_point())


def _bare(value: object) -> object:
    if isinstance(value, (tuple, list)):
        return tuple(_bare(item) for item in value)
    return value.detach() if isinstance(value, torch.Tensor) else value


def _parts(value: object) -> list[torch.Tensor]:
    """The tensors in `value` that have a graph."""
    if isinstance(value, torch.Tensor):
        return [value] if value.requires_grad else []
    if isinstance(value, (tuple, list)):
        return [part for item in value for part in _parts(item)]
    return []


def _slopes(
    got: object, expected: object, leaves: Sequence[object], weights: Sequence[torch.Tensor],
    name: str, uneven: str | None, rtol: float, atol: float,
) -> None:  # fmt: skip
    __tracebackhide__ = True
    wanted, came = _parts(expected), _parts(got)
    if not wanted:
        return
    behind = [leaf for leaf in leaves if isinstance(leaf, torch.Tensor) and leaf.requires_grad]
    behind += [weight for weight in weights if weight.requires_grad]
    if len(came) != len(wanted):
        raise CheckFailed(
            _("asked for a way back from `{name}` to what it was made of").format(name=name),
            uneven,
            name,
        )
    push = [torch.randn_like(part) for part in wanted]
    asked = torch.autograd.grad(wanted, behind, push, allow_unused=True)
    flowed = torch.autograd.grad(came, behind, push, allow_unused=True)
    for number, (leaf, a, b) in enumerate(zip(behind, asked, flowed, strict=True), 1):
        right = torch.zeros_like(leaf) if a is None else a
        mine = torch.zeros_like(leaf) if b is None else b
        what = _("the gradient of {name}, for what it was made of, number {number}").format(
            name=name, number=number
        )
        told = {uneven: True} if uneven else {}
        same(mine, right, what, mistakes=told, rtol=rtol, atol=max(atol, 1e-4))
