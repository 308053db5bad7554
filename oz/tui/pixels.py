"""Pictures in real pixels, where the terminal has them: Sixel, or Kitty's graphics protocol.

The terminal must be asked before Textual reads its answers, and asking takes time, so it is done
only where the environment says that there may be something to ask for. `textual_image` does both,
the asking and the drawing; it and Pillow are imported for nobody else.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from oz.crucible.model import Picture

if TYPE_CHECKING:
    from textual.widget import Widget

_KITTY = (0, 28)
"""The first version of Kitty with placeholders, by which a picture keeps its place in a page."""
_LARGE = 240
"""Pixels that the longer side of an enlarged picture has, about."""
_HINTS = ("KITTY_WINDOW_ID", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR", "XTERM_VERSION")
_PROGRAMS = {"wezterm", "iterm.app", "ghostty", "mintty", "vscode", "konsole", "contour"}
_TERMS = ("xterm-kitty", "foot", "mlterm", "yaft", "vt340", "contour", "xterm-ghostty")


def may_have_pixels(env: Mapping[str, str]) -> bool:
    """Whether a terminal that says so of itself may draw pixels. Multiplexers swallow them."""
    if "TMUX" in env or env.get("TERM", "").startswith(("screen", "tmux")):
        return False
    named = env.get("TERM_PROGRAM", "").lower() in _PROGRAMS
    return named or env.get("TERM", "").startswith(_TERMS) or any(hint in env for hint in _HINTS)


def ask_terminal() -> type[Widget] | None:
    """The widget that draws pixels in this terminal, or `None` where there are none to be had.

    To be called before Textual runs."""
    try:
        there = sys.__stdout__ is not None and sys.__stdout__.isatty()
    except ValueError:  # closed
        return None
    if not there or not may_have_pixels(os.environ):
        return None
    try:
        from textual_image import renderable
        from textual_image.widget import Image
    except Exception:  # noqa: BLE001  a terminal that answers oddly has no pixels for us
        return None
    sixel = renderable.Image is renderable.SixelImage
    kitty = renderable.Image is renderable.TGPImage and _kitty_places()
    return Image if sixel or kitty else None


def _kitty_places() -> bool:
    """Whether this is a Kitty that can put pictures in cells; an older one says yes, and cannot."""
    try:
        said = subprocess.run(
            ["kitty", "--version"], capture_output=True, text=True, timeout=2, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return version(said.stdout) >= _KITTY


def version(said: str) -> tuple[int, ...]:
    """The numbers in ``kitty 0.26.5 created by …``; none where there are none."""
    met = re.search(r"\d+(?:\.\d+)+", said)
    return tuple(map(int, met[0].split("."))) if met else ()


def widget(kind: Callable[..., Widget], picture: Picture) -> Widget:
    """A widget of `kind` that shows `picture`, enlarged in whole steps, so that pixels stay square
    and sharp."""
    from PIL import Image

    mode = "L" if picture.channels == 1 else "RGB"
    size = (picture.width, picture.height)
    times = max(1, _LARGE // max(size))
    drawn = Image.frombytes(mode, size, picture.pixels).convert("RGB")
    drawn = drawn.resize((size[0] * times, size[1] * times), Image.Resampling.NEAREST)
    made = kind(drawn)
    made.styles.width = made.styles.height = "auto"
    return made
