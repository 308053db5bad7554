"""What a run left behind, in words: a line for each tensor and module. Pure."""

from __future__ import annotations

from oz.crucible.model import Namespace, TensorSeen
from oz.tongue import _

MOST = 24
"""Names that are listed; a program that leaves more is told how many."""


def seen_lines(left: Namespace) -> list[str]:
    """A line for each name, names and descriptions under one another; none where nothing was
    left."""
    rows = [(seen.name, described(seen)) for seen in left.seen[:MOST]]
    width = max((len(name) for name, _ in rows), default=0)
    lines = [f"{name:<{width}}  {told}" for name, told in rows]
    if more := len(left.seen) - len(rows) + left.more:
        lines.append(_("… and {more} more").format(more=more))
    return lines


def described(seen: TensorSeen) -> str:
    """Shape, dtype, device where it is not the CPU, and values; for a module its parameters."""
    if seen.kind == "module":
        # Without layers it was not looked into: the verdict could not wait.
        looked_into = seen.layers or seen.parameters
        return (
            _("module, {parameters:,} parameters").format(parameters=seen.parameters)
            if looked_into
            else "module"
        )
    told = f"{seen.shape} {seen.dtype.removeprefix('torch.')}"
    if seen.device not in {"", "cpu"}:
        told += _(" on {device}").format(device=seen.device)
    if seen.requires_grad:
        told += _(", requires grad")
    if seen.nans:
        told += _(", {nans} NaN").format(nans=seen.nans)
    elif seen.minimum is not None and seen.maximum is not None:
        told += _(", {minimum:.4g} to {maximum:.4g}").format(
            minimum=seen.minimum, maximum=seen.maximum
        )
    return told
