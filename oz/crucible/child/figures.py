"""matplotlib's figures: what a program shows or saves is sent as a picture.

`pyplot` is changed when the program imports it. As on a screen, `show` closes what it showed.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
from collections.abc import Callable
from types import ModuleType
from typing import Any

from oz.crucible.model import Event

_MOST = 32
"""Figures sent in one run."""


def listen(pyplot: ModuleType, emit: Callable[[Event], None]) -> None:
    """Have the figures of `pyplot` sent."""
    room = [_MOST]
    known: Any = vars(pyplot)
    figure_class: Any = known["Figure"]

    def send(figure: Any, name: str) -> None:
        if room[0] <= 0:
            return
        room[0] -= 1
        with contextlib.suppress(Exception):
            _send(figure, name, emit)

    def show(*args: Any, **kwargs: Any) -> None:  # noqa: ARG001  block=, which nothing here can
        for number in known["get_fignums"]():
            figure = known["figure"](number)
            send(figure, figure.get_label() or f"figure {number}")
        known["close"]("all")

    save = figure_class.savefig

    @functools.wraps(save)
    def savefig(self: Any, fname: Any, *args: Any, **kwargs: Any) -> Any:
        done = save(self, fname, *args, **kwargs)
        if isinstance(fname, (str, os.PathLike)):
            send(self, os.path.basename(fname))
        return done

    pyplot.show = functools.wraps(known["show"])(show)  # type: ignore[attr-defined]
    figure_class.savefig = savefig
    figure_class.show = lambda self, *_, **__: send(self, self.get_label() or "figure")


def _send(figure: Any, name: str, emit: Callable[[Event], None]) -> None:
    import numpy as np

    from oz.crucible.child.rasters import raster

    before = figure.canvas
    agg = importlib.import_module("matplotlib.backends.backend_agg")
    canvas = agg.FigureCanvasAgg(figure)
    try:
        canvas.draw()
        picture = raster(name, np.asarray(canvas.buffer_rgba())[:, :, :3])
    finally:
        figure.set_canvas(before)
    if picture is not None:
        emit(picture)
