"""What a cast showed and the journey keeps: curves of the training, pictures.

The numbers are JSON text here; what is drawn of them is for others to decide. Of each spell the
newest few casts are kept, and the first that passed.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from oz.saves.database import looking

NEWEST = 5
"""Casts of one spell whose curves and pictures stay, besides the first that passed."""


@dataclass(frozen=True, slots=True)
class KeptCurve:
    """One number over the steps of a training."""

    name: str
    points: tuple[tuple[float, float], ...]
    """Step and value, thinned."""
    broken: tuple[int, ...] = ()
    """Steps at which it was not finite."""


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A greyscale or RGB raster of 8-bit values, row by row."""

    name: str
    width: int
    height: int
    channels: int
    pixels: bytes


Keepsake = KeptCurve | KeptPicture


@dataclass(frozen=True, slots=True)
class KeptCast:
    """What one cast left."""

    spell: str
    cast: int
    """Its number among the casts of the spell, from 1."""
    passed: bool
    kept: tuple[Keepsake, ...]


def add(
    database: sqlite3.Connection, spell: str, cast: int, passed: bool, kept: Iterable[Keepsake]
) -> None:
    """Note what the cast left, and let go of what is no longer kept. Inside a transaction."""
    database.executemany(
        "INSERT INTO keepsakes (spell, number, passed, kind, name, data) VALUES (?, ?, ?, ?, ?, ?)",
        [(spell, cast, passed, _kind(one), one.name, json.dumps(_data(one))) for one in kept],
    )
    database.execute(
        "DELETE FROM keepsakes WHERE spell = ? AND number <= ? AND number != coalesce("
        "(SELECT min(number) FROM keepsakes WHERE spell = ? AND passed), -1)",
        (spell, cast - NEWEST, spell),
    )


def keepsakes(folder: Path) -> tuple[KeptCast, ...]:
    """All that the journey in `folder` keeps, by spell and cast. Only looks; what is damaged is
    left out. Raises `oz.saves.SavesError` where the journey cannot be read."""
    with looking(folder) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'keepsakes'").fetchone():
            return ()  # written by an older Oz, and not opened since
        rows = database.execute(
            "SELECT spell, number, passed, kind, name, data FROM keepsakes"
            " ORDER BY spell, number, id"
        ).fetchall()
    found: dict[tuple[str, int], list[Keepsake]] = {}
    passes: dict[tuple[str, int], bool] = {}
    for spell, cast, passed, kind, name, data in rows:
        if (one := _read(str(kind), str(name), str(data))) is not None:
            found.setdefault((str(spell), int(cast)), []).append(one)
            passes[str(spell), int(cast)] = bool(passed)
    return tuple(KeptCast(*key, passes[key], tuple(kept)) for key, kept in found.items())


def _kind(one: Keepsake) -> str:
    return "curve" if isinstance(one, KeptCurve) else "picture"


def _data(one: Keepsake) -> dict[str, object]:
    if isinstance(one, KeptCurve):
        return {"points": one.points, "broken": one.broken}
    return {
        "width": one.width,
        "height": one.height,
        "channels": one.channels,
        "pixels": base64.b64encode(one.pixels).decode("ascii"),
    }


def _read(kind: str, name: str, text: str) -> Keepsake | None:
    """The keepsake, or `None` for what is none: a journey may come from a stranger."""
    try:
        data = json.loads(text)
        return _curve(name, data) if kind == "curve" else _picture(name, data)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, binascii.Error):
        return None


def _curve(name: str, data: dict[str, Sequence[Sequence[float]]]) -> KeptCurve:
    read = ((float(step), float(value)) for step, value in data["points"])
    points = tuple(point for point in read if all(map(math.isfinite, point)))
    broken = tuple(int(step) for step in data["broken"])  # type: ignore[call-overload]
    return KeptCurve(name, points, broken)


def _picture(name: str, data: dict[str, object]) -> KeptPicture | None:
    width, height, channels = (int(str(data[key])) for key in ("width", "height", "channels"))
    pixels = base64.b64decode(str(data["pixels"]), validate=True)
    whole = width > 0 and height > 0 and channels in (1, 3)
    if not whole or len(pixels) != width * height * channels:
        return None
    return KeptPicture(name, width, height, channels, pixels)
