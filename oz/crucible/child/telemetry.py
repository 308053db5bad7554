"""Training made visible, from plain code: what `backward` and `step` tell anyway.

`Recorder.install` wraps ``Tensor.backward`` and registers a hook that runs after every optimizer
step. The player calls no function of the game. Numbers leave at most 20 times a second; what they
cost is paid only then: a step in between adds two clock readings.

Knows no process and no verdict; `emit` takes what it has to say.
"""

from __future__ import annotations

import contextlib
import functools
import math
import os
import time
from collections.abc import Callable
from typing import Any

import torch

from oz.crucible.model import Event, Metric

_INTERVAL = 1 / 20
"""Seconds between two metrics."""
_REMEMBERED = 100_000
"""Losses kept for the trial."""


class Recorder:
    """Records one run's training and streams it.

    `losses` holds the value of every scalar that `backward` was called on, in order (the first
    100,000), as tensors until they are asked for: reading a value while the loop runs would make it
    wait. `steps` counts optimizer steps.
    """

    def __init__(self, emit: Callable[[Event], None]) -> None:
        self._emit = emit
        self._pid = os.getpid()
        self._raw: list[Any] = []
        self._last_loss: Any = None
        self._told = 0.0
        self._told_steps = 0
        self._pending = False
        self._last: dict[str, float] = {}
        self._handles: list[Any] = []
        self._restore: list[Callable[[], None]] = []
        self.steps = 0

    @property
    def losses(self) -> list[float]:
        """The recorded losses as numbers."""
        return [_number(loss) for loss in self._raw]

    def install(self) -> None:
        """Begin to listen."""
        from torch.optim import optimizer

        self._wrap(torch.Tensor, "backward")
        self._handles = [
            optimizer.register_optimizer_step_post_hook(self._after_step),
        ]
        self._told = time.perf_counter()

    def finish(self) -> None:
        """Stop listening, and tell the last numbers if they were not told."""
        for restore in self._restore:
            restore()
        for handle in self._handles:
            handle.remove()
        self._restore, self._handles = [], []
        if self._pending:
            with contextlib.suppress(Exception):
                self._tell(None, time.perf_counter())

    def _wrap(self, owner: Any, name: str) -> None:
        original = getattr(owner, name)

        @functools.wraps(original)
        def backward(tensor: Any, *args: Any, **kwargs: Any) -> Any:
            self._heard(tensor)
            return original(tensor, *args, **kwargs)

        setattr(owner, name, backward)

        def restore() -> None:
            if getattr(owner, name, None) is backward:
                setattr(owner, name, original)

        self._restore.append(restore)

    def _heard(self, tensor: Any) -> None:
        """`backward` is about to run on `tensor`."""
        try:
            if tensor.numel() != 1:
                return
            loss = tensor.detach()
            if loss.data_ptr() and loss.device.type == "cpu":
                loss = loss.item()
        except Exception:  # noqa: BLE001  whatever is wrong with it, backward itself will say
            return
        self._last_loss = loss
        self._pending = True
        if len(self._raw) < _REMEMBERED:
            self._raw.append(loss)

    def _after_step(self, optimizer: Any, args: Any, kwargs: Any) -> None:  # noqa: ARG002
        self.steps += 1
        self._pending = True
        now = time.perf_counter()
        loss = self._last_loss
        broken = isinstance(loss, float) and not math.isfinite(loss)
        if now - self._told < _INTERVAL and not (
            broken and math.isfinite(self._last.get("loss", 0))
        ):
            return
        if os.getpid() != self._pid:
            return
        with contextlib.suppress(Exception):  # a recorder must never end a training
            self._tell(optimizer, now)

    def _tell(self, optimizer: Any, now: float) -> None:
        values: dict[str, float] = {}
        if self._last_loss is not None:
            values["loss"] = _number(self._last_loss)
        if optimizer is not None:
            norm = _grad_norm(optimizer)
            if norm is not None:
                values["grad_norm"] = norm
            rate = _rate(optimizer)
            if rate is not None:
                values["lr"] = rate
        elapsed = now - self._told
        if elapsed > 0 and self.steps > self._told_steps:
            values["steps_per_second"] = (self.steps - self._told_steps) / elapsed
        self._told, self._told_steps, self._pending = now, self.steps, False
        self._last = values
        if values:
            nonfinite = tuple(name for name, value in values.items() if not math.isfinite(value))
            self._emit(Metric(self.steps, values, nonfinite))


def _number(value: Any) -> float:
    """A loss as a number; NaN where it is none any more."""
    try:
        return float(value)
    except Exception:  # noqa: BLE001  a tensor whose memory is gone, a device that failed
        return math.nan


def _grad_norm(optimizer: Any) -> float | None:
    """Euclidean norm of all gradients that `optimizer` sees."""
    grads = [
        parameter.grad.detach()
        for group in optimizer.param_groups
        for parameter in group["params"]
        if parameter.grad is not None and not parameter.grad.is_sparse
    ]
    if not grads:
        return None
    with torch.no_grad():
        return float(torch.nn.utils.get_total_norm(grads))


def _rate(optimizer: Any) -> float | None:
    """Learning rate of the first group that has one."""
    for group in optimizer.param_groups:
        if "lr" in group:
            return float(group["lr"])
    return None
