"""What a run left behind, in words: a line for each tensor and module. Pure."""

from __future__ import annotations

from oz.crucible.model import Namespace, TensorSeen

MOST = 24
"""Names that are listed; a program that leaves more is told how many."""


def seen_lines(left: Namespace) -> list[str]:
    """A line for each name, names and descriptions under one another; none where nothing was
    left."""
    rows = [(seen.name, described(seen)) for seen in left.seen[:MOST]]
    width = max((len(name) for name, _ in rows), default=0)
    lines = [f"{name:<{width}}  {told}" for name, told in rows]
    if more := len(left.seen) - len(rows) + left.more:
        lines.append(f"… and {more} more")
    return lines


def described(seen: TensorSeen) -> str:
    """Shape, dtype, device where it is not the CPU, and values; for a module its parameters."""
    if seen.kind == "module":
        # Without layers it was not looked into: the verdict could not wait.
        looked_into = seen.layers or seen.parameters
        return f"module, {seen.parameters:,} parameters" if looked_into else "module"
    told = f"{seen.shape} {seen.dtype.removeprefix('torch.')}"
    if seen.device not in {"", "cpu"}:
        told += f" on {seen.device}"
    if seen.requires_grad:
        told += ", requires grad"
    if seen.nans:
        told += f", {seen.nans} NaN"
    elif seen.minimum is not None and seen.maximum is not None:
        told += f", {seen.minimum:.4g} to {seen.maximum:.4g}"
    return told
