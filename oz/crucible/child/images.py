"""Tensors in the namespace that plainly are images, as pictures.

Plainly: the axes can only be rows, columns and colours, and the values are those of an image. What
is called a filter, a feature map or a confusion matrix may be as small as it likes and hold any
values: it is drawn from its lowest, black, to its highest, white. Nobody wants every matrix drawn.
"""

from __future__ import annotations

import re
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
_LEAST_MAP = 3
"""Values of the sides of a filter, or of another thing that is drawn as one."""
_FEWEST, _ROW = 4, 16
"""Images of a batch that are drawn side by side, and rows of them: more where they are small."""
_ACROSS = 72
"""Pixels that a row of small images may be wide: as many as a page has columns."""
_VALUES = 1 << 20
"""Values of a batch that are looked at."""
_GAP = 0.5
"""Between the images of a batch: grey, a pixel wide."""
_WORDS = ("image", "img", "picture", "pixel", "photo", "digit", "canvas", "sample", "fake")
_MAPS = ("filter", "feature", "map", "heat", "confusion")
_CALLED = re.compile("|".join(_WORDS + _MAPS), re.IGNORECASE)


def images_in(names: Mapping[str, Any], until: float, patience: float = 0.0) -> Iterator[Picture]:
    """Pictures of what plainly is an image, until `time.thread_time` reaches `until`.

    What is *called* a picture comes first, and may take `patience` seconds more: whoever names it
    so wants to see it.
    """
    found = 0
    called = {name: None for name in list(names) if _CALLED.search(name)}
    for name in [*called, *(name for name in list(names) if name not in called)]:
        value = names[name]
        if found >= _MOST or time.thread_time() > until + (patience if name in called else 0.0):
            return
        if name.startswith("_") or not naming.is_tensor(value):
            continue
        picture = _picture(name, value)
        if picture is not None:
            found += 1
            yield picture


def _picture(name: str, tensor: Any) -> Picture | None:
    if tensor.layout is not torch.strided or tensor.device.type == "meta":
        return None
    if tensor.is_complex() or tensor.is_quantized:
        return None
    is_map = any(word in name.lower() for word in _MAPS)
    if isinstance(tensor, torch.nn.Parameter) and not is_map:
        return None
    called = any(word in name.lower() for word in _WORDS) or tensor.dtype is torch.uint8
    shape = tuple(tensor.shape)
    layout = _map_layout(shape) if is_map else _layout(shape, called=called)
    if not layout:
        return None
    values = tensor.detach()
    if layout == "RNHW" and shape[0] == 1:  # what one image became: its channels in rows
        values, layout = values[0], "NHW"
    values = _few(values, layout)
    values = _scaled(values) if is_map else _as_image(values)
    if values is None:
        return None
    if layout[0] in "NR":
        values, layout = _grid(values, layout)
    return picture_of(name, values, layout)


# --- which axis is what ---------------------------------------------------------------------------


def _layout(shape: tuple[int, ...], *, called: bool) -> str:
    """``HW``, ``CHW``, ``HWC``, ``NHW``, ``NCHW`` where the shape is that of images, else empty."""
    if len(shape) == 2:
        return "HW" if called and _sides(*shape) else ""
    if len(shape) == 3:
        if shape[0] == 3 or (shape[0] == 1 and called):
            return "CHW" if _sides(*shape[1:]) else ""
        if shape[2] == 3:
            return "HWC" if _sides(*shape[:2]) else ""
        return "NHW" if called and shape[0] and _sides(*shape[1:]) else ""
    if len(shape) == 4 and called and shape[0] and shape[1] in (1, 3):
        return "NCHW" if _sides(*shape[2:]) else ""
    return ""


def _map_layout(shape: tuple[int, ...]) -> str:
    """The same for filters and feature maps, which have as many channels as they like: those of
    several (``R``, rows) are drawn under one another, each channel beside the next."""
    if not 2 <= len(shape) <= 4 or 0 in shape:
        return ""
    if not all(_LEAST_MAP <= side <= _LARGEST for side in shape[-2:]):
        return ""
    if len(shape) < 4:
        return "HW" if len(shape) == 2 else "NHW"
    return "NCHW" if shape[1] in (1, 3) else "RNHW"


def _sides(height: int, width: int) -> bool:
    return _LEAST <= height <= _LARGEST and _LEAST <= width <= _LARGEST


# --- values ---------------------------------------------------------------------------------------


def _few(values: Any, layout: str) -> Any:
    """No more images than are drawn."""
    if layout == "RNHW":
        values = values[:, : _several(values.shape[-1])]
        return values[: min(_several(values.shape[-2]), _fit(values))]
    if layout[0] != "N":
        return values
    height, width = values.shape[-2:]
    return values[: min(_several(width) * _several(height), _fit(values))]


def _several(side: int) -> int:
    """How many images with this side are drawn in a row, or rows of them."""
    return max(_FEWEST, min(_ROW, (_ACROSS + 1) // (side + 1)))


def _fit(values: Any) -> int:
    """How many of them can be drawn in the time there is."""
    return max(1, _VALUES // max(1, int(values[0].numel())))


def _as_image(values: Any) -> Any | None:
    """Values of an image as floats from 0 to 1; `None` where they are no image's."""
    if values.dtype in (torch.uint8, torch.bool):
        return values.float() / (255 if values.dtype is torch.uint8 else 1)
    least, most = (float(v) for v in values.aminmax())
    top = 1.0 if values.is_floating_point() else 255.0
    if not 0.0 <= least < most <= top:
        return None
    return values.float() / top


def _scaled(values: Any) -> Any | None:
    """Any values as floats from 0 to 1; those that are so already stay. `None` where all are alike,
    which would be no picture."""
    values = torch.nan_to_num(values.float())
    least, most = (float(v) for v in values.aminmax())
    if not least < most:
        return None
    if least >= 0.0 and most <= 1.0:
        return values
    return (values - least) / (most - least)


# --- several side by side -------------------------------------------------------------------------


def _grid(values: Any, layout: str) -> tuple[Any, str]:
    """The images of a batch in rows, with a gap between them; and the layout of that."""
    if layout == "RNHW":
        rows = [list(row) for row in values]
        one = "HW"
    else:
        images = list(values)
        many = _several(images[0].shape[-1])
        rows = [images[first : first + many] for first in range(0, len(images), many)]
        one = layout[1:]
    joined = [_joined(row, -1) for row in rows]
    short = joined[0].shape[-1] - joined[-1].shape[-1]
    joined[-1] = torch.nn.functional.pad(joined[-1], (0, short), value=_GAP)
    return _joined(joined, -2), one


def _joined(parts: list[Any], axis: int) -> Any:
    between = torch.full_like(parts[0].narrow(axis, 0, 1), _GAP)
    laid = [piece for part in parts for piece in (between, part)][1:]
    return torch.cat(laid, dim=axis)
