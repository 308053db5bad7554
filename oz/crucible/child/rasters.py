"""Arrays of numbers as pictures of 8-bit values, small enough to send."""

from __future__ import annotations

from typing import Any

import numpy as np

from oz.crucible.model import Picture

SIDE = 640
"""Pixels of a picture's longer side at most; a larger one is thinned."""


def picture_of(name: str, values: Any, layout: str) -> Picture | None:
    """`values` (tensor or array) as a picture; `layout` says what the axes are: ``HW``, ``CHW`` or
    ``HWC``. Floating-point values are taken to run from 0 to 1. `None` where that cannot be."""
    if hasattr(values, "detach"):
        values = values.detach().cpu()
        if values.is_floating_point():
            values = values.float()  # numpy knows no bfloat16
        values = values.numpy()
    array = np.asarray(values)
    if array.ndim != len(layout):
        return None
    if layout == "CHW":
        array = array.transpose(1, 2, 0)
    return raster(name, array)


def raster(name: str, array: Any) -> Picture | None:
    """An array (height, width) or (height, width, 1, 3 or 4) as a picture."""
    if array.ndim == 2:
        array = array[:, :, None]
    height, width, channels = array.shape
    if channels not in (1, 3, 4) or not height or not width:
        return None
    step = max(1, -(-max(height, width) // SIDE))
    array = array[::step, ::step, :3]
    if array.dtype == np.bool_:
        array = array.astype(np.uint8) * 255
    elif np.issubdtype(array.dtype, np.floating):
        array = np.nan_to_num(array, nan=0.0, posinf=1.0, neginf=0.0)
        array = (array.clip(0, 1) * 255 + 0.5).astype(np.uint8)
    else:
        array = array.clip(0, 255).astype(np.uint8)
    height, width, channels = array.shape
    return Picture(name[:200], width, height, channels, np.ascontiguousarray(array).tobytes())
