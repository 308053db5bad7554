"""Training made visible, from plain code: what `backward` and `step` tell anyway.

`Recorder.install` wraps ``torch.autograd.backward`` (which ``Tensor.backward`` calls) and registers
a hook that runs after every optimizer step. The player calls no function of the game. Every loss
and every gradient is looked at, so that the first NaN is seen where it begins; the rest of what can
be told is worked out at most 20 times a second.

The results of the program are the same with it and without it, to the last bit. Knows no process
and no verdict; `emit` takes what it has to say.
"""

from __future__ import annotations

import contextlib
import functools
import math
import os
import time
import weakref
from collections.abc import Callable, Mapping
from typing import Any

import torch

from oz.crucible.child import telemetry_by_hand as by_hand
from oz.crucible.child import telemetry_compiled as compiled
from oz.crucible.child import telemetry_gradients as gradients
from oz.crucible.child import telemetry_names as naming
from oz.crucible.child.layers import Shapes, outputs
from oz.crucible.child.telemetry_machine import Batch, Memory, Rates, rank_here
from oz.crucible.child.telemetry_trainee import Trainee, Trainees
from oz.crucible.model import Event, Metric

_INTERVAL = 1 / 20
"""Seconds between two metrics."""
_BETWEEN = 0.5
"""Seconds between two metrics from within one step (gradients gathered, closures called often)."""
_REMEMBERED = 100_000
"""Losses kept for the trial."""
_AT_ONCE = 100
"""First NaNs that are told without waiting for the interval."""
_SHARE = 0.01
"""Share of a training's time that watching it may take; beyond it, some gradients go unseen."""
_LOOKED = 8
"""Steps whose gradients are looked at whatever it takes."""


class Recorder:
    """Records one run's training and streams it.

    `losses` holds the value of every scalar that `backward` was called on, in order (the first
    100,000). `steps` counts optimizer steps. `share` may be set to a function that gives the share
    of the run that is done.
    """

    def __init__(self, emit: Callable[[Event], None], rank: int | None = None) -> None:
        self._emit = emit
        self._rank = rank
        self._mute = False
        self._raw: list[Any] = []
        self._trainees = Trainees()
        self.shapes: Shapes = {}
        """What came out of the layers of the models that were trained."""
        self._memory = Memory()
        self._deep = 0
        self._handles: list[Any] = []
        self._restore: list[Callable[[], None]] = []
        self.share: Callable[[], float | None] = lambda: None
        self.steps = 0
        self._begin()

    def _begin(self) -> None:
        self._last: Any = None
        self._unscaled: tuple[Any, Any] | None = None
        self._backwards = 0
        self._by_hand = by_hand.ByHand()
        self._batch = Batch()
        self._counting = True
        self._unseen = True
        self._told = 0.0
        self._rates = Rates()
        self._pending: Callable[[], None] | None = None
        self._ever: set[str] = set()
        self._since: dict[str, None] = {}
        self._new: dict[str, None] = {}
        self._late: list[tuple[int, Trainee, list[int], list[Any], Any]] = []
        self._spent = 0.0
        self._since_when = time.perf_counter()

    @property
    def losses(self) -> list[float]:
        """The recorded losses as numbers."""
        return [gradients.number(loss) for loss in self._raw]

    def install(self) -> None:
        """Begin to listen."""
        from torch.optim import Optimizer, optimizer

        self._wrap(torch.autograd, "backward", self._around_backward)
        self._wrap(torch.amp.GradScaler, "scale", self._around_scale)
        self._wrap(Optimizer, "__init__", self._around_making)
        self._wrap(torch, "compile", self._around_compile)
        self._handles = [optimizer.register_optimizer_step_post_hook(self._after_step)]
        os.register_at_fork(after_in_child=self._after_fork)

    def finish(self) -> None:
        """Stop listening, and tell the last numbers if they were not told."""
        for restore in self._restore:
            restore()
        for handle in self._handles:
            handle.remove()
        self._restore, self._handles = [], []
        with contextlib.suppress(Exception):
            self._settle()
        self.flush()

    def flush(self) -> None:
        """Tell now what waits for its turn."""
        pending, self._pending = self._pending, None
        if pending is not None:
            with contextlib.suppress(Exception):
                pending()

    def _wrap(self, owner: Any, name: str, around: Callable[[Any], Any]) -> None:
        original = getattr(owner, name)
        wrapped = functools.wraps(original)(around(original))
        setattr(owner, name, wrapped)

        def restore() -> None:
            if getattr(owner, name, None) is wrapped:
                setattr(owner, name, original)

        self._restore.append(restore)

    def _after_fork(self) -> None:
        """A copy of the program: it tells only where it trains as one of several ranks."""
        self._begin()
        self._trainees = Trainees()
        self._raw, self.steps, self._deep = [], 0, 0
        self._mute, self._rank = True, None
        with contextlib.suppress(Exception):
            from multiprocessing import util

            util.register_after_fork(self, Recorder._flush_at_exit)

    def _flush_at_exit(self) -> None:
        from multiprocessing import util

        util.Finalize(None, self.flush, exitpriority=10)

    # --- what is wrapped

    def _around_backward(self, original: Any) -> Any:
        def backward(tensors: Any, *args: Any, **kwargs: Any) -> Any:
            if torch.compiler.is_compiling():
                return original(tensors, *args, **kwargs)
            if not self._deep:  # a checkpoint calls backward within backward
                began = time.perf_counter()
                try:
                    self._before_backward(tensors)
                except Exception:  # noqa: BLE001  whatever is wrong with it, backward will say
                    self._last = None
                self._spent += time.perf_counter() - began
            self._deep += 1
            try:
                done = original(tensors, *args, **kwargs)
            finally:
                self._deep -= 1
            if not self._deep and self._trainees.none:
                with contextlib.suppress(Exception):
                    self._after_backward(tensors)
            return done

        return backward

    def _around_scale(self, original: Any) -> Any:
        def scale(scaler: Any, outputs: Any) -> Any:
            scaled = original(scaler, outputs)
            with contextlib.suppress(Exception):
                if isinstance(scaled, torch.Tensor):
                    # what backward will see is this, thousands of times the loss
                    self._unscaled = (weakref.ref(scaled), gradients.scalar(outputs))
            return scaled

        return scale

    def _around_making(self, original: Any) -> Any:
        def __init__(optimizer: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
            original(optimizer, *args, **kwargs)
            if not torch.compiler.is_compiling():
                with contextlib.suppress(Exception):
                    self._trainees.of(optimizer)
                    self._unseen = True

        return __init__

    def _around_compile(self, original: Any) -> Any:
        return compiled.around(
            original, lambda: list(self._trainees), lambda: self.steps, self._compiled_step
        )

    # --- what happens

    def _before_backward(self, tensors: Any) -> None:
        loss = tensors
        if not isinstance(loss, torch.Tensor):
            if not isinstance(tensors, (tuple, list)) or len(tensors) != 1:
                return
            loss = tensors[0]
        value = gradients.scalar(loss)
        if value is None:
            return
        if self._unscaled is not None and self._unscaled[0]() is loss:
            value = self._unscaled[1]
            if value is None:
                return
        self._unscaled = None
        self._last = value
        self._backwards += 1
        if len(self._raw) < _REMEMBERED:
            self._raw.append(value)
        if self._counting:
            self._batch.count(gradients.rows(loss))
        if self._unseen:
            self._unseen = False
            self.shapes |= outputs(loss)
        if isinstance(value, float) and not math.isfinite(value):
            self._broken_loss(self.steps + 1, value)
        if self._backwards > 1 and not self._trainees.none:
            now = time.perf_counter()
            if now - max(self._told, self._since_when) >= _BETWEEN:
                self._send(self.steps + 1, {"loss": gradients.number(value)}, now)

    def _after_backward(self, tensors: Any) -> None:
        """There is no optimizer: the program may change its parameters by hand."""
        if self._counting:
            self._counting = False
            self._batch.over()
        now, last = time.perf_counter(), self._last
        self._backwards = 0
        loss = tensors if isinstance(tensors, torch.Tensor) else tensors[0]
        if last is None or not gradients.undisturbed() or gradients.capturing(loss):
            return
        key = by_hand.key_of(loss)
        if self._by_hand.known(key):
            if now - self._told < _INTERVAL:
                step = self.steps + self._by_hand.steps
                self._pending = lambda: self._send(
                    step, {"loss": gradients.number(last)}, time.perf_counter()
                )
                return
            leaves = gradients.leaves(loss)
        elif self._by_hand.first(key):
            leaves = gradients.leaves(loss)
            self._by_hand.remember(key, leaves, _gone_back(last, leaves), now)
            return
        else:
            leaves = gradients.leaves(loss)
            begun = self._by_hand.begun(key, leaves)
            if begun is None:
                return
            self._send(self.steps + 1, *begun)
        self._send(self.steps + self._by_hand.steps, _gone_back(last, leaves), now)

    def _after_step(self, optimizer: Any, args: Any, kwargs: Any) -> None:  # noqa: ARG002
        if torch.compiler.is_compiling():
            return
        began = time.perf_counter()
        with contextlib.suppress(Exception):  # a recorder must never end a training
            self._step(optimizer, began)
        self._spent += time.perf_counter() - began

    def _compiled_step(self, optimizer: Any, gave: Any) -> None:
        if optimizer is None:
            return
        if not self._backwards:  # that was compiled too: what the function gives is its loss
            self._last = gradients.scalar(gave)
        self._after_step(optimizer, (), {})

    def _step(self, optimizer: Any, now: float) -> None:
        self.steps += 1
        if self.steps == 1:
            self._spent, self._since_when = 0.0, now
        trainee = self._trainees.stepped(optimizer)
        trainee.loss = self._last
        self._backwards = 0
        if self._counting:
            self._counting = False
            self._batch.over()
        waited = now - (trainee.told if trainee.shared else self._told)
        due = waited >= _INTERVAL * (self._trainees.sharing if trainee.shared else 1)
        due = due and not self._trainees.undecided(trainee)
        places: list[int] = []
        found: list[Any] = []
        looking = (
            due or self.steps <= _LOOKED or self._spent < _SHARE * (now - self._since_when)
        ) and gradients.undisturbed()
        if looking and not trainee.skipped():
            parameters = trainee.parameters()
            places, grads = gradients.gradients(parameters)
            if grads and not gradients.capturing(grads[0]):
                found = gradients.norms(grads)
                if grads[0].device.type == "cpu":
                    found = gradients.read(found)
            if found and isinstance(found[0], float) and not math.isfinite(sum(found)):
                self._broken_gradients(trainee, places, found, grads, wait=due)
        elsewhere = bool(found) and isinstance(found[0], torch.Tensor)
        if elsewhere or isinstance(self._last, torch.Tensor):
            self._late.append((self.steps, trainee, places, found, self._last))
            if len(self._late) > 512:
                self._settle()
        step = self.steps
        if not due:
            self._pending = lambda: self._tell(step, trainee, places, found, time.perf_counter())
            return
        self._settle()
        self._tell(step, trainee, places, found, now)

    # --- NaN and infinity

    def _broken_loss(self, step: int, value: float) -> None:
        names = ["loss"]
        if "loss" not in self._ever and gradients.undisturbed():
            for trainee in self._trainees:
                # where parameters are broken already they are what broke the loss
                called = trainee.called()
                names += [
                    called[place]
                    for place, parameter in enumerate(trainee.parameters())
                    if not gradients.all_finite(parameter)
                ]
        self._broken(step, names, {"loss": value})

    def _broken_gradients(
        self, trainee: Trainee, places: list[int], found: list[float], grads: list[Any], wait: bool
    ) -> None:
        called = trainee.called()
        names, values = [], {}
        for place, norm, grad in zip(places, found, grads, strict=True):
            if not math.isfinite(norm) and not gradients.all_finite(grad):
                names.append(f"grad/{called[place]}")
                values[names[-1]] = norm
        if names:
            if self._last is not None:
                values = {"loss": gradients.number(self._last), **values}
            self._broken(self.steps, names, values, wait=wait)

    def _broken(
        self, step: int, names: list[str], values: dict[str, float], *, wait: bool = False
    ) -> None:
        """These are NaN or infinite now. What is so for the first time is told at once, unless
        all is about to be told (`wait`)."""
        self._since |= dict.fromkeys(names)
        new = [name for name in names if name not in self._ever]
        if not new:
            return
        self._ever |= set(new)
        self._new |= dict.fromkeys(new)
        if not wait and len(self._ever) <= _AT_ONCE + len(names):
            self._send(step, dict(list(values.items())[:64]), None)

    def _settle(self) -> None:
        """Read what was left on its device, and find in it what is not finite."""
        late, self._late = self._late, []
        flat = [value for entry in late for value in (*entry[3], entry[4])]
        tensors = [value for value in flat if isinstance(value, torch.Tensor)]
        if not tensors or any(gradients.capturing(value) for value in tensors):
            return
        numbers = iter(gradients.read(tensors))
        for step, trainee, places, found, loss in late:
            values = [next(numbers) if isinstance(v, torch.Tensor) else v for v in found]
            told = next(numbers) if isinstance(loss, torch.Tensor) else loss
            if told is not None and not math.isfinite(told):
                self._broken_loss(step, told)
            if not math.isfinite(sum(values)):
                called = trainee.called()
                bad = [
                    (f"grad/{called[place]}", value)
                    for place, value in zip(places, values, strict=True)
                    if not math.isfinite(value)
                ]
                self._broken(step, [name for name, _ in bad], dict(bad))

    # --- telling

    def _tell(
        self, step: int, trainee: Trainee, places: list[int], found: list[Any], now: float
    ) -> None:
        values: dict[str, float] = {}
        suffix = trainee.suffix
        if trainee.loss is not None:
            values["loss" + suffix] = gradients.number(trainee.loss)
        if found:
            if isinstance(found[0], torch.Tensor):
                found = gradients.read(found)
            called = trainee.called()
            values |= _norms([called[place] for place in places], found, suffix)
        values |= trainee.rates()
        trainee.told = now
        self._send(step, values, now)

    def _send(self, step: int, values: dict[str, float], now: float | None) -> None:
        """Emit `values`, with what is known besides; `now` is `None` out of turn."""
        if self._mute:
            known, self._rank = rank_here()
            if not known:
                return
            self._mute = False
        elif self._rank is None:
            self._rank = rank_here()[1]
        if now is not None:
            self._told, self._pending = now, None
            values |= self._rates.since(self.steps + self._by_hand.steps, now, self._batch.rows)
            self._counting = True
            values |= self._memory.now()
        bad = {name: None for name, value in values.items() if not math.isfinite(value)}
        if bad:
            bad.pop("grad_norm", None)
        nonfinite = tuple(self._since | bad)
        first = tuple(self._new)
        self._since, self._new = {}, {}
        if values:
            self._emit(Metric(step, values, nonfinite, self.share(), first=first, rank=self._rank))


def _gone_back(last: Any, leaves: list[Any]) -> dict[str, float]:
    """A loss, and what it sent back to the leaves that it came from."""
    places, grads = gradients.gradients(leaves)
    found = gradients.read(gradients.norms(grads)) if grads else []
    names = naming.names_of(leaves, naming.main_names()).each
    return {
        "loss": gradients.number(last),
        **_norms([names[place] for place in places], found, ""),
    }


def _norms(names: list[str], found: list[float], suffix: str) -> Mapping[str, float]:
    """The total norm, and that of each parameter."""
    total = math.sqrt(sum(value * value for value in found))
    each = {f"grad/{name}": value for name, value in naming.series(names, found).items()}
    return {"grad_norm" + suffix: total, **each}
