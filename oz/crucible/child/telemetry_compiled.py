"""Optimizer steps inside a compiled function, which no hook sees: told by what they change.

A hook is traced away when `torch.compile` compiles the step along with the rest. What stays is the
effect: the version counters of the parameters go up. So every compiled function is followed by a
look at them.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable
from typing import Any

import torch

from oz.crucible.child.telemetry_trainee import Trainee

_LOOKED = 4
"""Parameters of each optimizer whose versions are looked at."""


def around(
    original: Any,
    trainees: Callable[[], Iterable[Trainee]],
    steps: Callable[[], int],
    stepped: Callable[[Any, Any], None],
) -> Any:
    """`torch.compile` whose functions tell of the steps that were taken inside.

    `stepped` takes the optimizer, and what the function gave back; it is called only where `steps`,
    the count that the hooks keep, stood still.
    """

    def compile(model: Any = None, *args: Any, **kwargs: Any) -> Any:
        if model is None:
            return lambda function: compile(function, *args, **kwargs)
        made = original(model, *args, **kwargs)
        if isinstance(model, torch.nn.Module) or not callable(made):
            return made

        @functools.wraps(made)
        def watched(*given: Any, **named: Any) -> Any:
            if torch.compiler.is_compiling():
                return made(*given, **named)
            count, before = steps(), [(one, _versions(one)) for one in trainees()]
            told = made(*given, **named)
            if steps() == count:
                for trainee, versions in before:
                    if versions is not None and _versions(trainee) != versions:
                        with contextlib.suppress(Exception):
                            stepped(trainee.optimizer, told)
            return told

        return watched

    return compile


def _versions(trainee: Trainee) -> list[int] | None:
    """How often the first parameters were changed in place; `None` where nobody counts."""
    try:
        return [parameter._version for parameter in trainee.parameters()[:_LOOKED]]
    except RuntimeError:  # a tensor of inference mode has no version
        return None
