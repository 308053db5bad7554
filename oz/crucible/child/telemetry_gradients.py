"""Reading numbers off a training without touching it: losses, gradient norms, rows of a batch.

Nothing here changes a tensor, draws a random number, keeps a graph alive or is seen by a mode, a
profiler or a transform of the player's. Where that cannot be promised the number is not read.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from typing import Any

import torch

_C: Any = torch._C
_REAL = {torch.float32: ctypes.c_float, torch.float64: ctypes.c_double}
_NODES = 16
"""Operations of a loss that are looked at for its rows."""
_COMBINES = (
    "Add", "Mul", "Div", "Neg", "Mean", "Sum", "Squeeze", "View", "ToCopy", "Reshape", "Logsumexp",
)  # fmt: skip
"""Operations between a loss and the rows that it is made of. Others may mean something else."""


def undisturbed() -> bool:
    """Whether operations of ours would go unseen just now."""
    return not (
        _C._len_torch_dispatch_stack()
        or _C._autograd._profiler_enabled()
        or _C._functorch.peek_interpreter_stack() is not None
    )


def plain(tensor: Any) -> Any | None:
    """`tensor` itself, its local part where it is spread over ranks, `None` where a class of its
    own says what its operations do."""
    kind = type(tensor)
    if kind is torch.Tensor or kind is torch.nn.Parameter:
        return tensor
    local = getattr(tensor, "_local_tensor", None)
    if local is not None:
        return plain(local)
    own = getattr(kind, "__torch_dispatch__", None)
    return tensor if own is _C._disabled_torch_dispatch_impl else None


def scalar(tensor: Any) -> float | torch.Tensor | None:
    """The value of a tensor of one number: read at once on the CPU, elsewhere a copy for later.

    `None` for anything else. On the CPU the memory is read directly: no operation is run, and it
    takes so little time that it can be done in every step.
    """
    if type(tensor) is torch.Tensor and tensor.is_cpu and tensor.dtype is torch.float32:
        if tensor.numel() != 1:
            return None
        return float(ctypes.c_float.from_address(tensor.data_ptr()).value)
    tensor = plain(tensor)
    if tensor is None or tensor.numel() != 1 or tensor.is_complex():
        return None
    if tensor.device.type != "cpu":
        if not undisturbed() or capturing(tensor):
            return None
        small = tensor.untyped_storage().nbytes() <= 4096
        with torch.no_grad():
            own: torch.Tensor = tensor.detach() if small else tensor.detach().clone()
            return own
    kind = _REAL.get(tensor.dtype)
    if kind is not None and not tensor.is_neg():
        return float(kind.from_address(tensor.data_ptr()).value)
    return float(tensor.item()) if undisturbed() else None


def number(value: Any) -> float:
    """What `scalar` gave, as a number; NaN where it is none any more."""
    try:
        return float(value)
    except Exception:  # noqa: BLE001  a device that failed
        return math.nan


def capturing(tensor: torch.Tensor) -> bool:
    """Whether a CUDA graph is being captured: nothing may be read then."""
    return tensor.device.type == "cuda" and torch.cuda.is_current_stream_capturing()


def gradients(parameters: Sequence[Any]) -> tuple[list[int], list[torch.Tensor]]:
    """Places in `parameters` that have a gradient, and the gradients as dense plain tensors."""
    places, found = [], []
    for place, parameter in enumerate(parameters):
        grad = parameter.grad
        if grad is None:
            continue
        grad = plain(grad)
        if grad is None or grad.device.type == "meta":
            continue
        if grad.layout is not torch.strided:
            if grad.layout is not torch.sparse_coo or not grad.is_coalesced():
                continue
            grad = grad.values()
        places.append(place)
        found.append(grad)
    return places, found


def norms(grads: list[torch.Tensor]) -> list[torch.Tensor]:
    """The Euclidean norm of each, not yet read."""
    with torch.no_grad(), _C.DisableTorchFunction():
        return list(torch._foreach_norm(grads))


def read(values: list[torch.Tensor]) -> list[float]:
    """Tensors of one number as numbers; waits for their device once."""
    with torch.no_grad(), _C.DisableTorchFunction():
        if all(value.device.type == "cpu" for value in values):
            return [value.item() for value in values]
        devices = {value.device for value in values}
        if len(devices) > 1:
            return [float(value.item()) for value in values]
        return [float(v) for v in torch.stack([v.double() for v in values]).tolist()]


def all_finite(tensor: Any) -> bool:
    """Whether every value is a finite number; what cannot be looked at is taken to be."""
    tensor = plain(tensor)
    if tensor is None or tensor.layout is not torch.strided or not tensor.is_floating_point():
        return True
    with torch.no_grad(), _C.DisableTorchFunction():
        return bool(tensor.isfinite().all())


def rows(loss: Any) -> int | None:
    """Rows of the batch that `loss` was reduced from, where its graph says so plainly.

    Walks from the loss through sums, means and losses to the first operation that made more than
    one number; that one's first dimension is the batch. Reads only the shapes that the graph keeps.
    """
    waiting = [loss.grad_fn]
    for _ in range(_NODES):
        if not waiting:
            return None
        node = waiting.pop(0)
        if node is None:
            continue
        name = type(node).__name__
        if name == "AccumulateGrad":
            continue
        shape = shape_of(node)
        if shape:
            return int(shape[0])
        if not (name.startswith(_COMBINES) or "Loss" in name or "Entropy" in name):
            continue
        waiting += [following for following, _ in node.next_functions]
    return None


def shape_of(node: Any) -> tuple[int, ...]:
    """Shape of what the operation of `node` made; empty where it is a number, or unknown."""
    metadata = getattr(node, "_input_metadata", None)
    if not metadata:
        return ()
    return tuple(int(size) for size in metadata[0].shape)


def leaves(loss: Any, most: int = 500) -> list[Any]:
    """The leaf tensors that the graph of `loss` leads to, looking at `most` operations."""
    found: list[Any] = []
    seen: set[Any] = set()
    waiting = [loss.grad_fn]
    while waiting and len(seen) < most:
        node = waiting.pop(0)
        if node is None or node in seen:
            continue
        seen.add(node)
        variable = getattr(node, "variable", None)
        if variable is not None and type(node).__name__ == "AccumulateGrad":
            found.append(variable)
        waiting += [following for following, _ in node.next_functions]
    return found
