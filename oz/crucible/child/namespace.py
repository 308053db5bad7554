"""What the player's module holds when it ends: its tensors and modules, as plain data.

Reads and never changes; a tensor that cannot be read (meta, sparse, on a device that failed) is
listed with what is known. Values leave as numbers, never as objects.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping
from typing import Any

import torch

from oz.crucible.model import Namespace, TensorSeen

_MOST = 200
"""Names told at most."""
_LARGE = 1 << 24
"""Elements above which no statistics are computed."""
_ROWS, _COLUMNS = 16, 32
_SUMMARY = 2000


def namespace_of(names: Mapping[str, Any]) -> Namespace:
    """The tensors and modules among `names`, in the order in which they were first given a name."""
    found: list[tuple[str, Any]] = []
    for name, value in list(names.items()):
        if name.startswith("_") or len(found) >= _MOST:
            continue
        if type.__instancecheck__(torch.Tensor, value) or type.__instancecheck__(
            torch.nn.Module, value
        ):
            found.append((name, value))
    storages = _storages(found)
    seen = []
    for name, value in found:
        with contextlib.suppress(Exception):
            if isinstance(value, torch.nn.Module):
                seen.append(_module(name, value))
            else:
                seen.append(_tensor(name, value, storages))
    return Namespace(tuple(seen))


def _storages(found: list[tuple[str, Any]]) -> dict[int, list[str]]:
    """Names of tensors by the address of their storage."""
    storages: dict[int, list[str]] = {}
    for name, value in found:
        if isinstance(value, torch.Tensor):
            address = _address(value)
            if address:
                storages.setdefault(address, []).append(name)
    return storages


def _address(tensor: torch.Tensor) -> int:
    with contextlib.suppress(Exception):
        return tensor.untyped_storage().data_ptr()
    return 0


def _module(name: str, module: torch.nn.Module) -> TensorSeen:
    count = sum(p.numel() for p in module.parameters() if _sized(p))
    return TensorSeen(
        name=name,
        kind="module",
        parameters=count,
        summary=_short(module),
        dtype=type(module).__name__,
    )


def _sized(parameter: torch.Tensor) -> bool:
    return not isinstance(parameter, torch.nn.parameter.UninitializedParameter)


def _tensor(name: str, tensor: torch.Tensor, storages: dict[int, list[str]]) -> TensorSeen:
    address = _address(tensor)
    minimum, mean, maximum, nans = _statistics(tensor)
    return TensorSeen(
        name=name,
        kind="parameter" if isinstance(tensor, torch.nn.Parameter) else "tensor",
        shape=tuple(tensor.shape),
        dtype=str(tensor.dtype).removeprefix("torch."),
        device=str(tensor.device),
        strides=tuple(tensor.stride()) if tensor.layout is torch.strided else (),
        requires_grad=tensor.requires_grad,
        grad_fn=type(tensor.grad_fn).__name__ if tensor.grad_fn is not None else "",
        minimum=minimum,
        mean=mean,
        maximum=maximum,
        nans=nans,
        shares_with=tuple(other for other in storages.get(address, ()) if other != name),
        preview=_preview(tensor),
        summary=_short(tensor),
    )


def _real(tensor: torch.Tensor) -> torch.Tensor | None:
    """`tensor` as dense float64 values on the CPU, or `None` where that cannot be had cheaply."""
    if tensor.numel() == 0 or tensor.numel() > _LARGE or tensor.device.type == "meta":
        return None
    if tensor.layout is not torch.strided or tensor.is_quantized:
        return None
    values = tensor.detach()
    if values.is_complex():
        values = values.abs()
    return values.to("cpu", torch.float64)


def _statistics(
    tensor: torch.Tensor,
) -> tuple[float | None, float | None, float | None, int]:
    values = None
    with contextlib.suppress(Exception):
        values = _real(tensor)
    if values is None:
        return None, None, None, 0
    nans = int(values.isnan().sum())
    if nans == values.numel():
        return None, None, None, nans
    if nans:
        values = values[~values.isnan()]
    return float(values.min()), float(values.mean()), float(values.max()), nans


def _preview(tensor: torch.Tensor) -> tuple[tuple[float, ...], ...]:
    """Leading values, the last axis across, all others folded down."""
    with contextlib.suppress(Exception):
        if tensor.numel() == 0 or tensor.layout is not torch.strided or tensor.is_quantized:
            return ()
        if tensor.device.type == "meta":
            return ()
        values = tensor.detach()
        if values.dim() > 1:
            values = values[:_ROWS]  # before folding, which may copy
        flat = values.reshape(-1, values.shape[-1]) if values.dim() > 1 else values.reshape(1, -1)
        corner = flat[:_ROWS, :_COLUMNS]
        if corner.is_complex():
            corner = corner.abs()
        rows = corner.to("cpu", torch.float64).tolist()
        return tuple(tuple(_plain(v) for v in row) for row in rows)
    return ()


def _plain(value: float) -> float:
    return value if math.isfinite(value) else math.nan


def _short(value: Any) -> str:
    """The ``repr`` of `value`, cut; a tensor's is made of a small part of it."""
    with contextlib.suppress(Exception):
        if isinstance(value, torch.Tensor) and value.numel() > 100_000:
            return f"<{value.numel():,} values>"
        return repr(value)[:_SUMMARY]
    return f"<{type(value).__name__}>"
