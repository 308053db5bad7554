"""Machines that are not here: a program is run as if beside a card, on a Mac, or with neither.

`Machine.playing` makes torch say that an accelerator is there, or is not, whatever this one has.
Tensors sent to the pretended accelerator go to the ``meta`` device, which every machine has: they
keep shape and dtype and hold no values. While the pretence lasts they say that they are where they
were sent, and give zeros when they are asked for values. Sending something to a device that the
machine lacks raises what it raises there.

Knows no spell. For judging code that chooses a device; nothing in it makes anything faster.
"""

# ruff: noqa: ANN401 - any function of torch's, with any arguments, comes by here

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import torch
from torch.overrides import TorchFunctionMode

from oz.tongue import _
from oz.trial.failure import CheckFailed, Condition, Mistakes, recognise
from oz.trial.subjects import Spell
from oz.trial.words import code, short

_NONE: Mapping[str, Condition] = {}
_NO_DRIVER = (
    "Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU and installed"
    " a driver from http://www.nvidia.com/Download/index.aspx"
)
_NO_BACKEND = (
    "Could not run 'aten::empty.memory_format' with arguments from the '{}' backend. This could be"
    " because the operator doesn't exist for this backend"
)
_NO_DOUBLE = (
    "Cannot convert a MPS Tensor to float64 dtype as the MPS framework doesn't support float64."
    " Please use float32 instead."
)
_VALUES_WANTED = re.compile(
    r"out of meta tensor|meta tensors|data-dependent|unsupported format string",
    re.IGNORECASE,
)
_ACCELERATORS = ("cuda", "mps", "xpu", "hpu", "mtia")
_NAMED = re.compile(rf"({'|'.join(_ACCELERATORS)})(:\d+)?\Z")

_device_of: Callable[..., Any] = vars(torch._C.TensorBase)["device"].__get__
_is_cuda: Callable[..., Any] = vars(torch._C.TensorBase)["is_cuda"].__get__
_TO: Callable[..., Any] = torch.Tensor.to
_SHORT: Mapping[Callable[..., Any], str] = {torch.Tensor.cuda: "cuda", torch.Tensor.xpu: "xpu"}


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine: what accelerator it has, and which one its PyTorch was built for."""

    name: str
    """In words, for messages: ``a machine without an accelerator``."""
    has: str | None
    """Device type of the accelerator that is there; `None`: there is none."""
    built_for: str | None = None
    """Device type that `current_accelerator` names without looking, where none is there."""

    @property
    def device(self) -> torch.device:
        """Where a program that runs anywhere should work on this machine."""
        return torch.device(self.has or "cpu")

    @contextlib.contextmanager
    def pretend(self) -> Iterator[None]:
        """Be this machine. Nothing of it is left afterwards."""
        import torch._dynamo  # meta kernels import it; it must not meet our answers while it loads

        with contextlib.ExitStack() as stack:
            for owner, name, value in self._answers():
                stack.enter_context(mock.patch.object(owner, name, value))
            stack.callback(torch.set_default_device, None)
            stack.callback(torch.set_default_dtype, torch.get_default_dtype())
            stack.enter_context(_Pretence(self.has))
            yield

    @contextlib.contextmanager
    def playing(self, source: str, path: Path, mistakes: Mistakes = _NONE) -> Iterator[Spell]:
        """Run a program on this machine from its first line and stay there with what it defined.

        What it prints is dropped. What it raises, now or when the block calls something of its,
        fails the check with the machine's name; functions in `mistakes` are given the exception.
        """
        names: dict[str, Any] = {"__name__": "__main__", "__file__": str(path)}
        with self.pretend(), contextlib.redirect_stdout(io.StringIO()):
            try:
                exec(compile(source, str(path), "exec"), names)  # noqa: S102 - the player's own
                yield Spell(names, source)
            except CheckFailed:
                raise
            except Exception as error:
                first = (str(error).strip() or _("no message")).splitlines()[0]
                first = first.replace("meta", self.has or "meta")
                said = code(short(f"{type(error).__name__}: {first}", 120))
                message = _("on {name} your program stops: {said}").format(
                    name=self.name, said=said
                )
                raise CheckFailed(message, recognise(mistakes, error)) from error

    def _answers(self) -> Iterator[tuple[object, str, Callable[..., Any]]]:
        """What torch is to say when it is asked about this machine: (owner, name, answer)."""

        def current_accelerator(check_available: bool = False) -> torch.device | None:
            kind = self.has or (None if check_available else self.built_for)
            return torch.device(kind) if kind else None

        count = int(self.has is not None)
        yield torch.accelerator, "is_available", lambda: self.has is not None
        yield torch.accelerator, "current_accelerator", current_accelerator
        yield torch.accelerator, "device_count", lambda: count
        for owner, kind in ((torch.cuda, "cuda"), (torch.xpu, "xpu"), (torch.backends.mps, "mps")):
            yield owner, "is_available", lambda kind=kind: self.has == kind
        yield torch.cuda, "device_count", lambda: int(self.has == "cuda")
        yield torch.xpu, "device_count", lambda: int(self.has == "xpu")
        yield torch.mps, "device_count", lambda: int(self.has == "mps")
        for name in ("is_available",):
            if hasattr(torch.mps, name):
                yield torch.mps, name, lambda: self.has == "mps"
        set_default = torch.set_default_device
        yield torch, "set_default_device", lambda d: set_default(_sent(d, self.has))


WITHOUT = Machine(_("a machine without an accelerator"), None, built_for="cuda")
"""PyTorch built for CUDA, no card: `current_accelerator()` names ``cuda`` all the same."""
PLAIN = Machine(_("a machine whose PyTorch was built for the processor alone"), None)
NVIDIA = Machine(_("a machine with an NVIDIA card"), "cuda")
APPLE = Machine(_("a Mac with an Apple chip"), "mps")
INTEL = Machine(_("a machine with an Intel card"), "xpu")
STRANGER = Machine(_("a machine with an accelerator that few have met (`hpu`)"), "hpu")
MACHINES = (WITHOUT, PLAIN, NVIDIA, APPLE, INTEL, STRANGER)
"""One of each kind."""


class _Pretence(TorchFunctionMode):
    """Sends what is meant for the accelerator to ``meta``, and lets it say that it arrived."""

    def __init__(self, has: str | None) -> None:
        super().__init__()
        self._has = has

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: object,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        has = self._has
        if func is torch.device:  # naming a place sends nothing there
            return func(*args, **(kwargs or {}))
        if func == _device_of:  # a wrapper made anew at each look: never `is`
            device = func(*args)
            return torch.device(has, 0) if has and device.type == "meta" else device
        if func == _is_cuda:
            return has == "cuda" and args[0].is_meta
        if func in _SHORT:
            func, args = _TO, (args[0], _SHORT[func])
        if func is _TO:
            args = tuple(has if type(a) is int else a for a in args)
        args = tuple(_sent(a, has) for a in args)
        kwargs = {k: _sent(v, has) for k, v in (kwargs or {}).items()}
        try:
            made = func(*args, **kwargs)
        except (NotImplementedError, RuntimeError, TypeError) as error:
            if has is None or not _VALUES_WANTED.search(str(error)):
                raise
            made = func(*(_values(a) for a in args), **kwargs)
        double = isinstance(made, torch.Tensor) and made.dtype in (torch.float64, torch.complex128)
        if has == "mps" and double and made.is_meta:
            raise TypeError(_NO_DOUBLE)
        return made


def _values(value: object) -> object:
    """Zeros for a tensor on ``meta`` whose values somebody wants to see; others as they are."""
    if isinstance(value, torch.Tensor) and value.is_meta:
        return torch.zeros(value.shape, dtype=value.dtype, device="cpu")
    return value


def _sent(value: Any, has: str | None) -> Any:
    """``meta`` for a device that is the machine's accelerator; other values as they are.

    Raises what torch raises for an accelerator that the machine lacks.
    """
    if isinstance(value, torch.device):
        kind = value.type
    elif isinstance(value, str) and (named := _NAMED.match(value)):
        kind = named[1]
    else:
        return value
    if kind == has:
        return torch.device("meta")
    if kind == "cuda":
        raise RuntimeError(_NO_DRIVER)
    if kind in _ACCELERATORS:
        raise NotImplementedError(_NO_BACKEND.format(kind.upper()))
    return value
