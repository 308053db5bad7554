"""Training without an optimizer: which calls of ``backward`` are one, and which are something else.

A program that changes its parameters by hand calls `backward` on the same sum, from the same line,
again and again, and the parameters change in between, or new ones take their place that lie from
the old ones where the gradient said. One that only asks for gradients, of this sum
and then of that one, or of one function at several places, trains nothing: of it no loss is told,
since a number that rises from one sum to another says nothing. Where it cannot be known, nothing is
told either. Changes no tensor and keeps no graph alive.
"""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import torch

from oz.crucible.child import telemetry_gradients as gradients

_TORCH = os.path.dirname(torch.__file__) + os.sep
_OPERATIONS = 12
"""Operations of a sum, from its end, by which it is known again."""
_SUMS = 32
"""Different sums that are remembered."""
_FRAMES = 40
"""Frames that are looked at for the player's line."""
_TIMES = 100
"""Times that a sum is looked at; what has not changed by then is not trained."""
_SMALL = 4096
"""Numbers of the leaves up to which they are kept, to see where new ones lie."""
_STRAIGHT = 0.999
"""Cosine of the angle between the way and the gradient from which on one followed the other."""
_OFTEN = 5
"""Times that a single number must have gone against its gradient: it can go only two ways."""
_OWN = os.path.dirname(__file__) + os.sep

_Leaf = tuple[weakref.ref[Any], int, float]
"""A leaf, and its version and its norm as it was looked at."""


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where the leaves stood, and their gradient there; one dimension, float64."""

    at: torch.Tensor
    gradient: torch.Tensor


@dataclass(slots=True)
class _Sum:
    """A sum that `backward` was called on."""

    leaves: list[_Leaf]
    """Those that its graph led to."""
    values: dict[str, float]
    """What is to be told of the first time, once it is known to be a training."""
    when: float
    stand: _Stand | None
    times: int = 1
    followed: int = 0
    """Times in a row that new leaves lay where the gradient of the old ones said."""


class ByHand:
    """The sums of one program. `steps`: how often the one that is trained on was gone back
    through."""

    def __init__(self) -> None:
        self._sums: dict[Hashable, _Sum] = {}
        self._trained: Hashable = None
        self.steps = 0

    def known(self, key: Hashable) -> bool:
        """Whether this is the sum that is trained on; counts a step of it."""
        if self._trained is None or key != self._trained:
            return False
        self.steps += 1
        return True

    def first(self, key: Hashable) -> bool:
        """Whether this sum is to be remembered."""
        return self._trained is None and key not in self._sums and len(self._sums) < _SUMS

    def remember(
        self, key: Hashable, leaves: list[Any], values: dict[str, float], when: float
    ) -> None:
        """Remember what there is to tell of a sum, until it is known whether it is trained on."""
        self._sums[key] = _Sum(_looked_at(leaves), values, when, _stand(leaves))

    def begun(self, key: Hashable, leaves: list[Any]) -> tuple[dict[str, float], float] | None:
        """What was remembered of the first time, and when that was, where it turns out now that
        this sum is trained on."""
        known = self._sums.get(key)
        if self._trained is not None or known is None or known.times > _TIMES:
            return None
        known.times += 1
        stood, known.stand = known.stand, _stand(leaves)
        known.followed = known.followed + 1 if _follows(stood, known.stand) else 0
        single = known.stand is not None and known.stand.at.numel() == 1
        replaced = known.followed >= (_OFTEN if single else 1)
        if not replaced and not _changed(known.leaves, _looked_at(leaves)):
            return None
        self._trained, self.steps = key, known.times
        self._sums.clear()
        return known.values, known.when


def key_of(loss: Any) -> Hashable:
    """What a sum is known again by: the line of the program, and the operations at its end."""
    names: list[str] = []
    waiting = [loss.grad_fn]
    while waiting and len(names) < _OPERATIONS:
        node = waiting.pop(0)
        names.append(type(node).__name__)
        waiting += [following for following, _ in getattr(node, "next_functions", ())]
    return _line(), tuple(names)


def _line() -> tuple[str, int]:
    """Where the program called `backward`."""
    frame: Any = sys._getframe(1)
    for _ in range(_FRAMES):
        if frame is None:
            break
        name = frame.f_code.co_filename
        if not name.startswith((_TORCH, _OWN)):
            return name, frame.f_lineno
        frame = frame.f_back
    return "", 0


def _looked_at(leaves: list[Any]) -> list[_Leaf]:
    """Each with its version, which operations in place count up, and its norm, which `.data`
    changes."""
    norms = gradients.read(gradients.norms([leaf.detach() for leaf in leaves])) if leaves else []
    return [
        (weakref.ref(leaf), leaf._version, norm) for leaf, norm in zip(leaves, norms, strict=True)
    ]


def _changed(before: list[_Leaf], now: list[_Leaf]) -> bool:
    """Whether a leaf that was looked at both times is not what it was."""
    for ref, *was in before:
        leaf = ref()
        for other, *came in now:
            if leaf is not None and other() is leaf and came != was:
                return True
    return False


def _stand(leaves: list[Any]) -> _Stand | None:
    """`None` where they are many, or have no gradient."""
    if not leaves or sum(leaf.numel() for leaf in leaves) > _SMALL:
        return None
    places, grads = gradients.gradients(leaves)
    if len(places) < len(leaves) or any(leaf.is_complex() for leaf in leaves):
        return None
    with torch.no_grad(), torch._C.DisableTorchFunction():
        return _Stand(
            torch.cat([leaf.detach().reshape(-1).double().cpu() for leaf in leaves]),
            torch.cat([grad.reshape(-1).double().cpu() for grad in grads]),
        )


def _follows(before: _Stand | None, now: _Stand | None) -> bool:
    """Whether the way from one to the other is the one against the gradient."""
    if before is None or now is None or before.at.shape != now.at.shape:
        return False
    with torch.no_grad(), torch._C.DisableTorchFunction():
        way = before.at - now.at
        length = float(way.norm() * before.gradient.norm())
        return length > 0 and float(way @ before.gradient) >= _STRAIGHT * length
