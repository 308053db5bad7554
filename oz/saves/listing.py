"""What journeys there are. Only looks: it takes no lock and writes nothing."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from oz.saves.database import NAME, tolerant
from oz.saves.lock import holder
from oz.saves.shape import seconds


@dataclass(frozen=True, slots=True)
class JourneyInfo:
    """One journey, as it is listed."""

    name: str
    folder: Path
    stage: str
    """Title of the stage; empty where nothing is known."""
    room: str
    """Name of the place."""
    score: int
    max_score: int
    turns: int
    last_played: datetime
    played: float
    """Seconds."""
    in_use: int | None
    """Process id of the game that has it open (0: unknown)."""
    damaged: bool
    """It could not be read; opening it recovers what can be."""


def journeys(root: Path) -> list[JourneyInfo]:
    """The journeys in `root`, the one played last first; none where there is no such folder."""
    try:
        folders = [path for path in root.iterdir() if (path / NAME).is_file()]
    except OSError:
        return []
    return sorted(map(_info, folders), key=lambda info: info.last_played, reverse=True)


def summary(*, stage: str, room: str, score: int, max_score: int, turns: int) -> str:
    """What a journey notes of itself for its listing, under the name ``summary``."""
    return json.dumps(
        {"stage": stage, "room": room, "score": score, "max_score": max_score, "turns": turns}
    )


def _info(folder: Path) -> JourneyInfo:
    meta: dict[str, str] = {}
    damaged = False
    try:
        uri = f"{(folder / NAME).absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=1)) as database:
            meta = dict(tolerant(database).execute("SELECT name, value FROM meta"))
    except (sqlite3.Error, ValueError):
        damaged = True
    noted = _noted(meta.get("summary"))
    return JourneyInfo(
        name=folder.name,
        folder=folder,
        stage=str(noted.get("stage", "")),
        room=str(noted.get("room", "")),
        score=_number(noted.get("score")),
        max_score=_number(noted.get("max_score")),
        turns=_number(noted.get("turns")),
        last_played=_last_played(folder),
        played=seconds(meta.get("played")),
        in_use=holder(folder),
        damaged=damaged,
    )


def _last_played(folder: Path) -> datetime:
    """From the files' times: in WAL mode the newest is the log beside the database.

    An empty log says nothing: reading a closed database, as this listing does, leaves one.
    """
    found = [path.stat() for path in (folder / NAME, folder / (NAME + "-wal")) if path.exists()]
    times = [stat.st_mtime for stat in found if stat.st_size]
    return datetime.fromtimestamp(max(times, default=0.0), UTC)


def _noted(text: object) -> dict[str, object]:
    """What the journey noted for this listing; nothing where that is damaged."""
    try:
        noted = json.loads(str(text))
    except (ValueError, RecursionError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
