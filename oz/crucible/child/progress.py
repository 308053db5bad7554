"""Progress bars, read off what they print: ``tqdm`` draws each state behind a carriage return.

The text itself goes on its way; the game shows the last state of a line. A bar below others moves
the cursor down before it draws and up again after, which says how deep it is.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable

from oz.crucible.model import Event, Progress

_INTERVAL = 1 / 20
"""Seconds between two states of one bar."""
_BAR = re.compile(
    r"(?P<label>[^\r\n]*?)(?:: ?)?\s*(?P<percent>\d{1,3})%\|[^|\r\n]*\|\s*"
    r"(?P<done>[\d.]+[kMGTP]?)/(?P<total>[\d.]+[kMGTP]?)(?:\s*\[(?P<rest>[^\]\r\n]*)\]?)?"
)
_COUNT = re.compile(
    r"(?:(?P<label>[^\r\n]*?): )?(?P<done>[\d.]+[kMGTP]?)[a-z]+ \[(?P<rest>\d\d:\d\d[^\]\r\n]*)\]?"
)
_UNITS = {"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15}
_LINE = 2000
_UP = "\x1b[A"
"""Moves the cursor up a line: drawn behind a bar below others."""


class Bars:
    """All bars of one run. `feed` takes what is printed."""

    def __init__(self, emit: Callable[[Event], None]) -> None:
        self._emit = emit
        self._told: dict[int, float] = {}
        self._held: tuple[str, str] | None = None
        self._over: dict[int, float] = {}
        self._waiting: dict[int, str] = {}
        self._shares: dict[int, float | None] = {}

    @property
    def share(self) -> float | None:
        """How far the outermost bar is."""
        return self._shares.get(0)

    def feed(self, text: str, stream: str) -> None:
        """Look at printed text for bars."""
        held = self._held
        if not held and "\r" not in text:
            return
        with contextlib.suppress(Exception):  # printing must go on
            if held and stream == held[1]:
                # only what comes behind a bar says how deep it is: the way back up
                self._held = None
                first = text.partition("\r")[0]
                self._see(held[0], first.count(_UP))
            if "\r" in text:
                pieces = text.split("\r")[1:]
                for piece in pieces[:-1]:
                    self._see(piece, piece.count(_UP))
                last = pieces[-1]
                if _UP in last:
                    self._see(last, last.count(_UP))
                else:
                    self._held = (last, stream)

    def _see(self, piece: str, level: int) -> None:
        level = min(level, 16)
        now = time.monotonic()
        if now - self._told.get(level, 0.0) < _INTERVAL and "100%|" not in piece:
            self._waiting[level] = piece  # reading it takes longer than printing it
        else:
            self._take(piece, level, now)

    def flush(self) -> None:
        """Tell the last states that were not told."""
        held, self._held = self._held, None
        if held:
            self._see(held[0], 0)
        waiting, self._waiting = self._waiting, {}
        for level in sorted(waiting):
            self._take(waiting[level], level, time.monotonic())

    def _take(self, piece: str, level: int, now: float) -> None:
        progress = _parse(piece[:_LINE], level)
        if progress is None:
            return
        self._shares[level] = progress.share
        over = progress.share == 1.0
        if over and now - self._over.get(level, 0.0) < _INTERVAL:
            self._waiting[level] = piece  # very short bars, one after the other
            return
        (self._over if over else self._told)[level] = now
        self._waiting.pop(level, None)
        self._emit(progress)


def _parse(piece: str, level: int) -> Progress | None:
    match = _BAR.match(piece)
    if match is not None:
        return Progress(
            label=match["label"].strip().removesuffix(":")[:200],
            done=_number(match["done"]),
            total=_number(match["total"]),
            level=level,
            text=_text(match["rest"]),
        )
    match = _COUNT.match(piece)
    if match is None:
        return None
    label = (match["label"] or "").strip()[:200]
    return Progress(label, _number(match["done"]), None, level, _text(match["rest"]))


def _number(text: str) -> int:
    unit = _UNITS.get(text[-1:])
    try:
        return int(float(text[:-1]) * unit) if unit else int(float(text))
    except ValueError:
        return 0


def _text(rest: str | None) -> str:
    """What a bar says behind its times and its rate."""
    parts = (rest or "").split(", ")
    return ", ".join(parts[2:])[:200]
