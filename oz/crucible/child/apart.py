"""What a program leaves behind, as a file, so that its trial can be held in another process.

Nothing that the program did to its own interpreter reaches that one: only tensors and plain values
cross, and they are loaded with ``weights_only``. A module crosses as its ``state_dict``; functions,
classes and objects do not cross.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from oz.tongue import _

_PLAIN = (int, float, complex, str, bytes, bool, type(None))
_DEEPEST = 20


class _Stays(TypeError):
    """A value that does not cross."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was left: names with their values, and how the run went."""

    names: dict[str, Any]
    printed: str
    seconds: float
    losses: list[float]
    steps: int


def leave(path: Path, names: Mapping[str, Any], left: Left) -> None:
    """Write what can cross of `names`, and the rest of `left`, to `path`."""
    crossing: dict[str, Any] = {}
    for name, value in list(names.items()):
        if type(name) is not str or name.startswith("__"):
            continue
        try:
            crossing[name] = _crossing(value, 0)
        except Exception:  # noqa: BLE001, S112  a player's object may raise anything
            continue
    torch.save(
        {
            "names": crossing,
            "printed": left.printed,
            "seconds": left.seconds,
            "losses": left.losses,
            "steps": left.steps,
        },
        path,
    )


def load(path: Path) -> Left:
    """What is in `path`. Raises `ValueError` for anything but what `leave` writes."""
    try:
        found = torch.load(path, weights_only=True, map_location="cpu")
        left = Left(**found)
    except Exception as error:
        raise ValueError(
            _("what the program left cannot be read ({name})").format(name=type(error).__name__)
        ) from error
    if type(left.names) is not dict or type(left.printed) is not str:
        raise ValueError(_("what the program left is not in order"))
    return left


def _crossing(value: Any, depth: int) -> Any:
    """`value` as plain data; raises when it is none."""
    kind = type(value)
    if kind in _PLAIN or kind in (torch.dtype, torch.Size, torch.device):
        return value
    if depth > _DEEPEST:
        raise _Stays
    if issubclass(kind, torch.Tensor):
        return _tensor(value)
    if issubclass(kind, torch.nn.Module):
        state = torch.nn.Module.state_dict(value)
        return {str(name): _tensor(entry) for name, entry in state.items()}
    if kind in (list, tuple):
        return kind(_crossing(item, depth + 1) for item in value)
    if kind is dict:
        return {_key(key): _crossing(item, depth + 1) for key, item in value.items()}
    raise _Stays


def _key(key: Any) -> Any:
    if type(key) not in _PLAIN:
        raise _Stays
    return key


def _tensor(tensor: torch.Tensor) -> torch.Tensor:
    """A plain tensor over the same storage: a subclass could answer for itself."""
    wanted = bool(tensor.requires_grad)
    plain = torch.Tensor.detach(tensor).as_subclass(torch.Tensor)
    return plain.requires_grad_(wanted) if wanted else plain
