"""A module as the tree of its layers: what each is, how many parameters it has, what came out.

Shapes come from the graphs of the program's own training (`outputs`); nothing is run for them, and
no hook stands in the way of the player's.
"""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Iterator
from typing import Any

import torch

from oz.crucible.child import telemetry_names as naming
from oz.crucible.child.telemetry_gradients import shape_of
from oz.crucible.model import Layer

Shapes = dict[int, tuple[Any, tuple[int, ...]]]
"""For a parameter (by its identity, and held weakly): the shape that its operation made."""

_MOST = 200
"""Layers of one module told at most."""
_NODES = 800
"""Operations of a graph that are looked at for shapes."""
_OWN_OPERATION = (
    "Linear", "Conv", "ConvTranspose", "BatchNorm", "LayerNorm", "GroupNorm", "InstanceNorm",
    "RMSNorm", "Embedding", "PReLU",
)  # fmt: skip
"""Layers whose output is what the operation on their parameters makes."""
_SAME_SHAPE = {
    "ReLU", "LeakyReLU", "GELU", "SiLU", "ELU", "SELU", "CELU", "Mish", "Tanh", "Sigmoid",
    "Hardtanh", "ReLU6", "Hardswish", "Softplus", "Softmax", "LogSoftmax", "Dropout", "Dropout1d",
    "Dropout2d", "Dropout3d", "AlphaDropout", "Identity",
}  # fmt: skip


def outputs(loss: Any) -> Shapes:
    """What came out of the layers that `loss` was made by, read off its graph."""
    found: Shapes = {}
    seen: set[Any] = set()
    waiting: list[tuple[Any, Any]] = [(loss.grad_fn, None)]
    while waiting and len(seen) < _NODES:
        node, user = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        following = [other for other, _ in node.next_functions]
        for other in following:
            parameter = _parameter(other)
            if parameter is not None and id(parameter) not in found:
                shape = _shape(node, user, following)
                if shape:
                    found[id(parameter)] = (weakref.ref(parameter), shape)
        waiting += [(other, node) for other in following]
    return found


def _parameter(node: Any) -> Any:
    """The leaf that `node` stands for, also behind a transposition."""
    if type(node).__name__ in ("TBackward0", "TransposeBackward0"):
        node = node.next_functions[0][0]
    return getattr(node, "variable", None) if type(node).__name__ == "AccumulateGrad" else None


def _shape(node: Any, user: Any, following: list[Any]) -> tuple[int, ...]:
    """Shape that the layer around `node` gave: a linear one folds axes and unfolds them."""
    shape = shape_of(node)
    views = ("ViewBackward0", "UnsafeViewBackward0", "ReshapeAliasBackward0")
    if type(node).__name__ not in ("AddmmBackward0", "MmBackward0") or user is None:
        return shape
    if type(user).__name__ not in views:
        return shape
    outer = shape_of(user)
    if any(type(other).__name__ in views for other in following if other is not None):
        return outer if outer[-1:] == shape[-1:] else shape
    return ()  # the view may be the layer's or the player's: nobody knows


def tree(module: Any, shapes: Shapes) -> tuple[Layer, ...]:
    """`module` and the modules in it."""
    layers: list[Layer] = []
    for path, each in _walk("", module, set()):
        if len(layers) >= _MOST:
            break
        layers.append(_layer(path, each, shapes))
    return tuple(_fill(module, layers))


def _walk(path: str, module: Any, seen: set[int]) -> Iterator[tuple[str, Any]]:
    if id(module) in seen:
        return
    seen.add(id(module))
    yield path, module
    for name, child in naming.children(module):
        yield from _walk(f"{path}.{name}" if path else name, child, seen)


def _layer(path: str, module: Any, shapes: Shapes) -> Layer:
    own = {id(p): p for _, p in naming.parameters_of(module)}.values()
    sized = [p for p in own if not isinstance(p, torch.nn.parameter.UninitializedParameter)]
    kind = type(module).__name__
    detail = ""
    with contextlib.suppress(Exception):
        detail = str(module.extra_repr())[:200]
    return Layer(
        path=path,
        kind=kind,
        parameters=sum(p.numel() for p in sized),
        trainable=sum(p.numel() for p in sized if p.requires_grad),
        shape=_own_shape(module, shapes) if kind.rstrip("123d").startswith(_OWN_OPERATION) else (),
        detail=detail,
    )


def _own_shape(module: Any, shapes: Shapes) -> tuple[int, ...]:
    for parameter in (vars(module).get("_parameters") or {}).values():
        held, shape = shapes.get(id(parameter), (None, ()))
        if held is not None and held() is parameter:
            return shape
    return ()


def _fill(module: Any, layers: list[Layer]) -> Iterator[Layer]:
    """Add the shape of what does not change one, where it follows another in a `Sequential`."""
    sequential = {
        path for path, each in _walk("", module, set()) if type(each) is torch.nn.Sequential
    }
    last: dict[str, tuple[int, ...]] = {}
    for layer in layers:
        parent = layer.path.rpartition(".")[0]
        shape = layer.shape
        if not shape and layer.path and parent in sequential and layer.kind in _SAME_SHAPE:
            shape = last.get(parent, ())
        last[parent] = shape
        yield Layer(layer.path, layer.kind, layer.parameters, layer.trainable, shape, layer.detail)
