"""Tensors in the namespace that plainly are images, as pictures.

Plainly: the axes can only be rows, columns and colours, and the values are those of an image.
Nobody wants every matrix drawn.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

import torch

from oz.crucible.child import telemetry_names as naming
from oz.crucible.child.rasters import picture_of
from oz.crucible.model import Picture

_MOST = 4
"""Pictures of one run."""
_LEAST, _LARGEST = 8, 1024
"""Pixels of an image's sides."""
_ROW = 16
"""Images of a batch that are drawn side by side."""
_WORDS = ("image", "img", "picture", "pixel", "photo", "digit", "canvas", "sample", "fake")


def images_in(names: Mapping[str, Any], until: float) -> Iterator[Picture]:
    """Pictures of what plainly is an image, until `time.perf_counter` reaches `until`."""
    found = 0
    for name, value in list(names.items()):
        if found >= _MOST or time.perf_counter() > until:
            return
        if name.startswith("_") or not naming.is_tensor(value):
            continue
        picture = _picture(name, value)
        if picture is not None:
            found += 1
            yield picture


def _picture(name: str, tensor: Any) -> Picture | None:
    if isinstance(tensor, torch.nn.Parameter) or tensor.layout is not torch.strided:
        return None
    if tensor.device.type == "meta" or tensor.is_complex() or tensor.is_quantized:
        return None
    called = any(word in name.lower() for word in _WORDS)
    layout = _layout(tuple(tensor.shape), called=called or tensor.dtype is torch.uint8)
    if not layout:
        return None
    values = tensor.detach()
    if layout.startswith("N"):
        values = values[:_ROW]
        values = torch.cat(list(values), dim=-1)  # side by side
        layout = layout[1:]
    if not _within(values):
        return None
    if values.dtype is not torch.uint8 and not values.is_floating_point():
        values = values.to(torch.uint8)
    return picture_of(name, values, layout)


def _layout(shape: tuple[int, ...], *, called: bool) -> str:
    """``HW``, ``CHW``, ``HWC`` or ``NCHW`` where the shape is that of images, else empty."""
    if len(shape) == 2:
        return "HW" if called and _sides(*shape) else ""
    if len(shape) == 3:
        if shape[0] == 3 or (shape[0] == 1 and called):
            return "CHW" if _sides(*shape[1:]) else ""
        return "HWC" if shape[2] == 3 and _sides(*shape[:2]) else ""
    if len(shape) == 4 and called and shape[0] and shape[1] in (1, 3):
        return "NCHW" if _sides(*shape[2:]) else ""
    return ""


def _sides(height: int, width: int) -> bool:
    return _LEAST <= height <= _LARGEST and _LEAST <= width <= _LARGEST


def _within(values: Any) -> bool:
    """Whether the values are an image's: 0 to 1, or 0 to 255 as whole numbers."""
    if values.dtype in (torch.uint8, torch.bool):
        return True
    least, most = (float(v) for v in values.aminmax())
    top = 1.0 if values.is_floating_point() else 255.0
    return 0.0 <= least < most <= top
