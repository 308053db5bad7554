"""The autograd graph of a tensor as plain data: operations, the shapes they made, named leaves."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import torch

from oz.crucible.child import telemetry_names as naming
from oz.crucible.child.telemetry_gradients import shape_of
from oz.crucible.model import Graph, GraphNode
from oz.tongue import _

_MOST = 160
"""Nodes told at most."""


def graph_of(names: Mapping[str, Any], wanted: str, until: float) -> Graph | None:
    """The graph of the tensor called `wanted`, or else of the one that is most likely asked about:
    ``loss``, the last number that has a graph, the last tensor that has one. `None` where there is
    none. Stops when `time.thread_time` reaches `until`.
    """
    name = wanted or _likely(names)
    tensor = names.get(name)
    if tensor is None or not naming.is_tensor(tensor) or tensor.grad_fn is None:
        return None
    called = _leaf_names(names)
    places: dict[Any, int] = {tensor.grad_fn: 0}
    waiting = [tensor.grad_fn]
    nodes: list[GraphNode] = []
    more = False
    while waiting:
        if time.thread_time() > until and nodes:
            more = True
            break
        node = waiting.pop(0)
        inputs = []
        for following, _input in node.next_functions:
            if following is None:
                continue
            if following not in places:
                if len(places) >= _MOST:
                    more = True
                    continue
                places[following] = len(places)
                waiting.append(following)
            inputs.append(places[following])
        nodes.append(_node(node, tuple(inputs), called))
    known = len(nodes)
    if more:  # nothing points beyond the end
        nodes = [
            GraphNode(n.name, tuple(i for i in n.inputs if i < known), n.shape, n.leaf)
            for n in nodes
        ]
    return Graph(name, tuple(nodes), more)


def _likely(names: Mapping[str, Any]) -> str:
    with_graph = [
        name
        for name, value in list(names.items())
        if naming.is_tensor(value) and value.grad_fn is not None and not name.startswith("_")
    ]
    if "loss" in with_graph:
        return "loss"
    numbers = [name for name in with_graph if names[name].numel() == 1]
    return (numbers or with_graph or [""])[-1]


def _node(node: Any, inputs: tuple[int, ...], called: Mapping[int, str]) -> GraphNode:
    kind = type(node).__name__
    variable = getattr(node, "variable", None) if kind == "AccumulateGrad" else None
    if variable is None:
        return GraphNode(str(node.name())[:200], inputs, shape_of(node))
    shape = tuple(variable.shape)
    return GraphNode(
        kind,
        inputs,
        shape,
        called.get(id(variable)) or _("a leaf of shape {shape}").format(shape=shape),
    )


def _leaf_names(names: Mapping[str, Any]) -> dict[int, str]:
    """Names of tensors, and of the parameters of modules, by their identity."""
    called: dict[int, str] = {}
    for name, value in list(names.items()):
        if torch.nn.Module in type(value).__mro__:
            for path, parameter in naming.parameters_of(value):
                called.setdefault(id(parameter), f"{name}.{path}")
    for name, value in list(names.items()):
        if naming.is_tensor(value) and not name.startswith("_"):
            called.setdefault(id(value), name)
    return called
