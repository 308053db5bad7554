"""Training without an optimizer: which calls of ``backward`` are one, and which are something else.

A program that changes its parameters by hand calls `backward` on the same sum, from the same line,
again and again, and the parameters change in between. One that only asks for gradients, of this sum
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
_OWN = os.path.dirname(__file__) + os.sep

_Leaf = tuple[weakref.ref[Any], int, float]
"""A leaf, and its version and its norm as it was looked at."""


@dataclass(slots=True)
class _Sum:
    """A sum that `backward` was called on."""

    leaves: list[_Leaf]
    """Those that its graph led to."""
    values: dict[str, float]
    """What is to be told of the first time, once it is known to be a training."""
    when: float
    times: int = 1


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
        self._sums[key] = _Sum(_looked_at(leaves), values, when)

    def begun(self, key: Hashable, leaves: list[Any]) -> tuple[dict[str, float], float] | None:
        """What was remembered of the first time, and when that was, where it turns out now that
        this sum is trained on."""
        known = self._sums.get(key)
        if self._trained is not None or known is None or known.times > _TIMES:
            return None
        known.times += 1
        if not _changed(known.leaves, _looked_at(leaves)):
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
