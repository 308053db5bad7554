"""What the player's module holds when it ends: its tensors and modules, as plain data.

Reads and never changes; a tensor that cannot be read (meta, sparse, on a device that failed) is
listed with what is known. Values leave as numbers, never as objects. First every name is listed
with what costs nothing, then they are looked at more closely while there is time.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch

from oz.crucible.child.layers import Shapes, tree
from oz.crucible.model import Namespace, TensorSeen

_MOST = 200
"""Names told at most."""
_LARGE, _MODEST = 1 << 24, 1 << 18
"""Elements above which no statistics are computed; the smaller one while a verdict waits."""
_ROWS, _COLUMNS = 16, 32
_SUMMARY = 2000
_DIRECT = {
    torch.float32, torch.float64, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8,
}  # fmt: skip
"""Types whose smallest and largest value can be asked for."""


def namespace_of(
    names: Mapping[str, Any],
    until: float = math.inf,
    shapes: Shapes | None = None,
    *,
    modest: bool = False,
) -> Namespace:
    """The tensors and modules among `names`, in the order in which they were first given a name.

    Looks at them until `time.thread_time` reaches `until`; `modest` looks less closely. `shapes`
    are outputs of layers, as `oz.crucible.child.layers.outputs` finds them.
    """
    found: list[tuple[str, Any]] = []
    more = 0
    for name, value in list(names.items()):
        if name.startswith("_") or not _interesting(value):
            continue
        if len(found) < _MOST:
            found.append((name, value))
        else:
            more += 1
    storages = _storages(found)
    seen: list[tuple[TensorSeen, Any]] = []
    for name, value in found:
        with contextlib.suppress(Exception):
            if isinstance(value, torch.nn.Module):
                seen.append((TensorSeen(name, "module", dtype=type(value).__name__), value))
            else:
                seen.append((_tensor(name, value, storages), value))
    told = []
    for each, value in seen:
        closer = each
        if time.thread_time() < until:
            with contextlib.suppress(Exception):
                closer = _closer(each, value, shapes or {}, modest=modest)
        told.append(closer)
    return Namespace(tuple(told), more)


def _interesting(value: Any) -> bool:
    """Whether it is a tensor or a module, without asking it."""
    kind = type(value)
    return issubclass(kind, torch.Tensor) or issubclass(kind, torch.nn.Module)


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


def _tensor(name: str, tensor: torch.Tensor, storages: dict[int, list[str]]) -> TensorSeen:
    """What is known of a tensor without looking at its values."""
    return TensorSeen(
        name=name,
        kind="parameter" if isinstance(tensor, torch.nn.Parameter) else "tensor",
        shape=tuple(tensor.shape),
        dtype=str(tensor.dtype).removeprefix("torch."),
        device=str(tensor.device),
        strides=tuple(tensor.stride()) if tensor.layout is torch.strided else (),
        requires_grad=tensor.requires_grad,
        grad_fn=type(tensor.grad_fn).__name__ if tensor.grad_fn is not None else "",
        shares_with=tuple(other for other in storages.get(_address(tensor), ()) if other != name)[
            :32
        ],
    )


def _closer(seen: TensorSeen, value: Any, shapes: Shapes, *, modest: bool) -> TensorSeen:
    if seen.kind == "module":
        layers = tree(value, shapes)
        count = layers[0].parameters if layers else 0
        summary = _short(value) if len(layers) <= 64 else f"{type(value).__name__}(…)"
        return replace(seen, parameters=count, layers=layers, summary=summary)
    least, mean, most, nans, bad = _statistics(value, _MODEST if modest else _LARGE)
    return replace(
        seen,
        minimum=least,
        mean=mean,
        maximum=most,
        nans=nans,
        nonfinite=bad,
        preview=_preview(value),
        summary=_short(value),
    )


def _readable(tensor: torch.Tensor) -> bool:
    return (
        tensor.numel() > 0
        and tensor.layout is torch.strided
        and tensor.device.type != "meta"
        and not tensor.is_quantized
    )


def _statistics(
    tensor: torch.Tensor, largest: int
) -> tuple[float | None, float | None, float | None, int, int]:
    """Smallest, mean and largest value, NaNs, and NaNs and infinities. NaNs are left out of the
    first three, which are `None` where nothing is left, or nothing could be had cheaply."""
    if not _readable(tensor) or tensor.numel() > largest:
        return None, None, None, 0, 0
    values = tensor.detach()
    if values.is_complex():
        values = values.abs()
    if values.dtype not in _DIRECT:
        values = values.to(torch.float64 if values.dtype is torch.uint64 else torch.float32)
    least, most = (float(edge.item()) for edge in values.aminmax())
    nans = bad = 0
    if not (math.isfinite(least) and math.isfinite(most)):
        broken = values.isnan()
        nans = int(broken.sum())
        bad = int((~values.isfinite()).sum())
        if nans == values.numel():
            return None, None, None, nans, bad
        if nans:
            values = values[~broken]
            least, most = (float(edge.item()) for edge in values.aminmax())
    return least, float(values.mean(dtype=torch.float64)), most, nans, bad


def _preview(tensor: torch.Tensor) -> tuple[tuple[float, ...], ...]:
    """Leading values, the last axis across, all others folded down."""
    if not _readable(tensor):
        return ()
    values = tensor.detach()
    if values.dim() > 1:
        values = values[:_ROWS]
        while values.dim() > 2:  # fold without copying more than is shown
            rest = max(1, -(-_ROWS // max(1, values.shape[0])))
            values = values[:, :rest].flatten(0, 1)[:_ROWS]
    else:
        values = values.reshape(1, -1)
    corner = values[:_ROWS, :_COLUMNS]
    if corner.is_complex():
        corner = corner.abs()
    rows = corner.to("cpu", torch.float64).tolist()
    return tuple(tuple(_plain(v) for v in row) for row in rows)


def _plain(value: float) -> float:
    """Six digits: a heat-map shows no more."""
    return float(f"{value:.6g}") if math.isfinite(value) else math.nan


def _short(value: Any) -> str:
    """The ``repr`` of `value`, cut; a large tensor's is too slow to be made."""
    with contextlib.suppress(Exception):
        if isinstance(value, torch.Tensor) and value.numel() > 1000:
            return f"<{value.numel():,} values>"
        return repr(value)[:_SUMMARY]
    return f"<{type(value).__name__}>"
