"""What the player calls a parameter: found in their namespace, or by the module that owns it.

Reads, and calls nothing of the player's: modules are asked for their own tables.
"""

from __future__ import annotations

import gc
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

_MANY = 5_000_000
"""Blocks of memory in use above which looking through all objects would take too long."""
_SERIES = 64
"""Names of gradients told at most; a larger model's are told by module."""
_WRAPPERS = (
    "DistributedDataParallel",
    "DataParallel",
    "OptimizedModule",
    "FullyShardedDataParallel",
)


@dataclass(frozen=True, slots=True)
class Names:
    """What the parameters of one optimizer are called."""

    each: tuple[str, ...]
    """One for each parameter; its place as a number where nothing else is known."""
    owner: str
    """What the one model that they belong to is called; empty where there is no such."""


def main_names() -> Mapping[str, Any]:
    """The player's namespace."""
    return vars(sys.modules["__main__"])


def names_of(parameters: Sequence[Any], namespace: Mapping[str, Any]) -> Names:
    """Names of `parameters`. Takes some microseconds, or milliseconds where no name in `namespace`
    leads to them."""
    wanted = {id(parameter): place for place, parameter in enumerate(parameters)}
    tops = [(name, value) for name, value in list(namespace.items()) if _is_module(value)]
    found = _search(wanted, tops)
    missing = any(id(parameter) not in found for parameter in parameters)
    plain = {id(value): name for name, value in list(namespace.items()) if is_tensor(value)}
    if missing and not all(id(p) in plain for p in parameters):
        everything = [(_known_as(module, namespace), module) for module in _all_modules()]
        found = _search(wanted, everything) or found
    owners = {owner for owner, _ in found.values()}
    each = []
    for place, parameter in enumerate(parameters):
        if id(parameter) in found:
            owner, path = found[id(parameter)]
            each.append(path if len(owners) == 1 else f"{owner}.{path}")
        else:
            each.append(plain.get(id(parameter), str(place)))
    return Names(tuple(each), owners.pop() if len(owners) == 1 else "")


def name_in(namespace: Mapping[str, Any], value: Any) -> str:
    """The name of `value`; empty when it has none."""
    for name, other in list(namespace.items()):
        if other is value and not name.startswith("_"):
            return name
    return ""


def is_tensor(value: Any) -> bool:
    """`isinstance`, without asking the value what it pretends to be."""
    return torch.Tensor in type(value).__mro__


def _is_module(value: Any) -> bool:
    return torch.nn.Module in type(value).__mro__


def _known_as(module: Any, namespace: Mapping[str, Any]) -> str:
    return name_in(namespace, module) or type(module).__name__


def _all_modules() -> list[Any]:
    """Every module there is, in order of their making. What the warm process had is not listed."""
    if sys.getallocatedblocks() > _MANY:
        return []
    return [thing for thing in gc.get_objects() if _is_module(thing)]


def children(module: Any) -> Iterator[tuple[str, Any]]:
    """The modules directly in `module`."""
    table = vars(module).get("_modules") or {}
    return ((name, child) for name, child in list(table.items()) if child is not None)


def _search(wanted: Mapping[int, int], tops: list[tuple[str, Any]]) -> dict[int, tuple[str, str]]:
    """For each wanted parameter that one of `tops` holds: what the top is called, and the path."""
    inner = {id(child) for _, top in tops for child in _below(top)}
    found: dict[int, tuple[str, str]] = {}
    told: set[int] = set()
    for name, top in tops:
        if id(top) in inner or id(top) in told:
            continue
        told.add(id(top))
        while type(top).__name__ in _WRAPPERS:
            inside = dict(children(top))
            top = inside.get("module") or inside.get("_orig_mod")  # noqa: PLW2901
            if top is None:
                break
        for path, parameter in parameters_of(top):
            if id(parameter) in wanted:
                found.setdefault(id(parameter), (name, path))
    return found


def _below(module: Any) -> Iterator[Any]:
    waiting, seen = [child for _, child in children(module)], set()
    while waiting:
        child = waiting.pop()
        if id(child) in seen:
            continue
        seen.add(id(child))
        yield child
        waiting += [below for _, below in children(child)]


def parameters_of(module: Any, path: str = "", seen: set[int] | None = None) -> Iterator[Any]:
    """Paths and parameters, as ``named_parameters`` gives them, without running any method."""
    seen = set() if seen is None else seen
    if module is None or id(module) in seen:
        return
    seen.add(id(module))
    for name, parameter in list((vars(module).get("_parameters") or {}).items()):
        if parameter is not None:
            yield path + name, parameter
    for name, child in children(module):
        yield from parameters_of(child, path if name == "_orig_mod" else f"{path}{name}.", seen)


# --- not too many of them -------------------------------------------------------------------------


def series(names: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    """Norms by name; of a model with very many parameters, by module, as deep as there is room."""
    if len(names) <= _SERIES:
        return dict(zip(names, values, strict=True))
    depth = max(name.count(".") for name in names)
    groups: dict[str, float] = {}
    while depth >= 1:
        groups = {}
        for name, value in zip(names, values, strict=True):
            group = ".".join(name.split(".")[:depth])
            groups[group] = groups.get(group, 0.0) + value * value
        if len(groups) <= _SERIES:
            break
        depth -= 1
    return {name: math.sqrt(square) for name, square in list(groups.items())[:_SERIES]}
