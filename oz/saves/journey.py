"""One journey on disk: where the player stands, what was tried, what was said.

The story's state, a verdict and a summary are JSON text here; what they mean is the session's
business. Everything that belongs to one turn is written inside one `Journey.transaction`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from oz.saves import keepsakes, study, tally
from oz.saves.database import BACKUPS, NAME, NEWEST_STATE, back_up
from oz.saves.errors import JourneyGone, SavesError, in_words
from oz.saves.keepsakes import Keepsake
from oz.saves.lock import Lock
from oz.saves.recover import open_or_recover
from oz.saves.shape import seconds
from oz.saves.unfinished import sweep

UNDO = 200
"""How many of the newest turns keep their state."""

_IDLE = 300.0
"""Longest pause between two turns that counts as playing, seconds."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What was typed and what was shown."""

    id: int
    at: str
    line: str | None
    answer: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A turn to which 'restore' leads: a stage began there."""

    turn: int
    at: str
    stage: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """A draft that was cast, or (`reason` is `None`) put aside."""

    spell: str
    code: str
    reason: str | None
    mistake: str | None = None
    seconds: float = 0.0
    verdict: str = "{}"
    at: str = ""


class Journey:
    """The journey in `folder`, locked for this game from `open` to `close`."""

    def __init__(
        self, folder: Path, lock: Lock, database: sqlite3.Connection, recovered: str
    ) -> None:
        self.folder = folder
        self.recovered = recovered
        """What had to be done because the file was damaged; empty: nothing."""
        self._lock = lock
        self._database = database
        self._file = _identity(folder / NAME)
        self._changed = False
        self._last = time.monotonic()
        self._tried: tuple[int, dict[str, bool]] = (-1, {})
        """The spells that were tried, and after how many changes that was found."""

    @classmethod
    def open(cls, folder: Path, **meta: str) -> Self:
        """Open the journey in `folder`, creating what is missing; `meta` is noted in it.

        Raises `JourneyInUse`, `JourneyDamaged`, `JourneyTooNew`, `JourneyUnwritable`.
        """
        folder = folder.absolute()
        with in_words(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock = Lock(folder)
            try:
                for name in ("spells", "models"):
                    (folder / name).mkdir(exist_ok=True)
                sweep(folder)
                database, recovered = open_or_recover(folder)
                try:
                    journey = cls(folder, lock, database, recovered)
                    with journey.transaction():
                        if journey.meta("created") is None:
                            journey.note(created=_now())
                        journey.note(**meta)
                    journey._changed = bool(recovered)
                except BaseException:
                    database.close()
                    raise
            except BaseException:
                lock.release()
                raise
        return journey

    def close(self) -> None:
        """Back up what changed, close the file, give the lock back. Harmless when closed."""
        try:
            if self._changed:
                self._changed = False
                self.must_be_there()
                self.back_up("last-closed")
        except SavesError:
            pass  # the journey itself is whole on disk; only the spare copy is missing
        finally:
            self._database.close()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def must_be_there(self) -> None:
        """Raises `JourneyGone` where the open file no longer is the one in the folder: SQLite
        would go on writing into a file without a name."""
        if self._file != _identity(self.folder / NAME):
            raise JourneyGone(self.folder)

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def models(self) -> Path:
        """What the player trained."""
        return self.folder / "models"

    def draft(self, stage: str, name: str) -> Path:
        """Where the draft called `name` of a spell of `stage` lies."""
        return self.folder / "spells" / stage / name

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Inside another one: part of it. Raises `SavesError` when it cannot be
        written; then nothing of it was."""
        if self._database.in_transaction:
            yield
            return
        self.must_be_there()
        with in_words(self.folder):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise
            self._changed = True

    # turns

    def add_turn(
        self,
        line: str | None,
        answer: str,
        state: str,
        *,
        step: bool = False,
        pin: str | None = None,
    ) -> int:
        """Note a turn and the state after it; `step`: undo takes it back; `pin`: the stage that
        began. Gives the turn's number."""
        with self.transaction():
            cursor = self._database.execute(
                "INSERT INTO turns (at, line, answer, state, step, pin) VALUES (?, ?, ?, ?, ?, ?)",
                (_now(), _text(line), _text(answer), _text(state), step, pin),
            )
            turn = cursor.lastrowid
            assert turn is not None
            self._database.execute(
                "UPDATE turns SET state = NULL WHERE id = ? AND pin IS NULL", (turn - UNDO,)
            )
            self._count_time()
        return turn

    def add_answer(self, turn: int, text: str) -> None:
        """Add to what was shown for `turn`: output that came after its first words."""
        with self.transaction():
            self._database.execute(
                "UPDATE turns SET answer = answer || ? WHERE id = ?", (_text(text), turn)
            )

    def set_state(self, state: str) -> None:
        """Replace the state of the newest turn (a desk was opened or closed)."""
        with self.transaction():
            self._database.execute(
                "UPDATE turns SET state = ? WHERE id = (SELECT max(id) FROM turns)", (_text(state),)
            )

    @property
    def state(self) -> str | None:
        """Where the player stands; `None`: nowhere yet."""
        row = self._row(NEWEST_STATE)
        return None if row is None else str(row[0])

    def states(self) -> Iterator[str]:
        """Where the player stood, from now backwards, as far as it is kept."""
        for row in self._database.execute(
            "SELECT state FROM turns WHERE undone = 0 AND state IS NOT NULL ORDER BY id DESC"
        ):
            yield str(row[0])

    def undo(self) -> tuple[str | None, str] | None:
        """Take the last step back: its line and the state before it, or `None` when none is left.

        To be followed by `add_turn` with that state, in the same transaction.
        """
        with self.transaction():
            step = self._row(
                "SELECT id, line FROM turns WHERE step = 1 AND undone = 0 ORDER BY id DESC LIMIT 1"
            )
            if step is None:
                return None
            before = self._row(
                "SELECT state FROM turns WHERE id < ? AND undone = 0 AND state IS NOT NULL"
                " ORDER BY id DESC LIMIT 1",
                step[0],
            )
            if before is None:
                return None
            self._database.execute(
                "UPDATE turns SET undone = 1, pin = NULL WHERE id >= ?", (step[0],)
            )
        return step[1], str(before[0])

    def pins(self) -> tuple[Pin, ...]:
        """Where stages began, oldest first."""
        rows = self._database.execute(
            "SELECT id, at, pin FROM turns WHERE pin IS NOT NULL AND state IS NOT NULL ORDER BY id"
        )
        return tuple(Pin(*row) for row in rows)

    def state_at(self, turn: int) -> str | None:
        """The state after `turn`, if it is still kept."""
        row = self._row("SELECT state FROM turns WHERE id = ?", turn)
        return None if row is None or row[0] is None else str(row[0])

    def turns(self) -> Iterator[Turn]:
        """All that was typed and shown, oldest first, what was undone too."""
        for row in self._database.execute("SELECT id, at, line, answer FROM turns ORDER BY id"):
            yield Turn(*row)

    def history(self, most: int) -> tuple[str, ...]:
        """The newest `most` lines that were typed, oldest first."""
        rows = self._database.execute(
            "SELECT line FROM turns WHERE line IS NOT NULL AND line != '' ORDER BY id DESC LIMIT ?",
            (most,),
        ).fetchall()
        return tuple(row[0] for row in reversed(rows))

    # spells

    def add_attempt(self, attempt: Attempt) -> int:
        """Note an attempt; gives its number among the casts of its spell, from 1."""
        with self.transaction():
            self._database.execute(
                "INSERT INTO attempts (at, spell, code, reason, mistake, seconds, verdict)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    _now(),
                    attempt.spell,
                    _text(attempt.code),
                    attempt.reason,
                    attempt.mistake,
                    attempt.seconds,
                    _text(attempt.verdict),
                ),
            )
        return self.casts(attempt.spell)

    def keep(self, spell: str, cast: int, passed: bool, kept: Iterable[Keepsake]) -> None:
        """Keep what the cast left: curves, pictures."""
        with self.transaction():
            keepsakes.add(self._database, spell, cast, passed, kept)

    def attempts(self, spell: str, newest: int = -1) -> tuple[Attempt, ...]:
        """Attempts at `spell` and drafts put aside, oldest first; of many, the `newest` alone."""
        with in_words(self.folder):
            rows = self._database.execute(
                "SELECT spell, code, reason, mistake, seconds, verdict, at FROM attempts"
                " WHERE spell = ? ORDER BY id DESC LIMIT ?",
                (spell, newest),
            ).fetchall()
        return tuple(Attempt(*row) for row in reversed(rows))

    def casts(self, spell: str) -> int:
        """How often `spell` was cast."""
        row = self._row(
            "SELECT count(*) FROM attempts WHERE spell = ? AND reason IS NOT NULL", spell
        )
        return 0 if row is None else int(row[0])

    def tried(self) -> dict[str, bool]:
        """The spells that were cast, and whether one of the attempts passed."""
        changes = self._database.total_changes  # asked often, and nobody else writes here
        if self._tried[0] != changes:
            with in_words(self.folder):
                rows = self._database.execute(
                    "SELECT spell, max(reason = 'passed') FROM attempts WHERE reason IS NOT NULL"
                    " GROUP BY spell"
                ).fetchall()
            self._tried = (changes, {spell: bool(passed) for spell, passed in rows})
        return dict(self._tried[1])

    def rename_spell(self, old: str, new: str) -> None:
        """What was done with the spell `old` was done with `new`."""
        with self.transaction():
            for table in ("attempts", "keepsakes"):
                self._database.execute(
                    f"UPDATE {table} SET spell = ? WHERE spell = ?",  # noqa: S608  names of ours
                    (new, old),
                )
            self.see_hints(new, self.hints_seen(old))
        tally.forget()

    def rename_stage(self, old: str, new: str) -> None:
        """Where the stage `old` began, `new` began."""
        self._database.execute("UPDATE turns SET pin = ? WHERE pin = ?", (new, old))
        tally.forget()

    def hints_seen(self, spell: str) -> int:
        row = self._row("SELECT seen FROM hints WHERE spell = ?", spell)
        return 0 if row is None else int(row[0])

    def see_hints(self, spell: str, seen: int) -> None:
        """Note that the first `seen` hints were shown."""
        with self.transaction():
            self._database.execute(
                "INSERT INTO hints (spell, seen) VALUES (?, ?)"
                " ON CONFLICT (spell) DO UPDATE SET seen = max(seen, excluded.seen)",
                (spell, seen),
            )

    # review

    def cards(self) -> dict[str, str]:
        """What is kept of each card of the review, by its id, JSON."""
        with in_words(self.folder):
            return study.cards(self._database)

    def passes(self) -> dict[str, str]:
        """The spells that were cast well, with the ISO time (UTC) of the first time."""
        with in_words(self.folder):
            return study.passes(self._database)

    def keep_cards(self, kept: Mapping[str, str]) -> None:
        """Keep this of these cards."""
        with self.transaction():
            study.keep(self._database, kept)

    def add_review(self, card: str, kept: str, rating: int, answer: str, at: datetime) -> None:
        """Note an answer to a card, and what is kept of that card from then on."""
        with self.transaction():
            study.keep(self._database, {card: kept})
            study.add(self._database, _iso(at), card, rating, _text(answer) or "")

    def rename_card(self, old: str, new: str) -> None:
        """What was answered to the card `old` was answered to `new`."""
        with self.transaction():
            study.rename(self._database, old, new)

    # about the journey

    def meta(self, name: str) -> str | None:
        row = self._row("SELECT value FROM meta WHERE name = ?", name)
        return None if row is None else str(row[0])

    def note(self, **values: str) -> None:
        """Note facts about the journey, replacing older ones of the same names."""
        with self.transaction():
            self._database.executemany(
                "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
                [(name, _text(value)) for name, value in values.items()],
            )

    def back_up(self, label: str) -> Path:
        """An online backup in ``backups/``, replacing the one with the same label."""
        target = self.folder / BACKUPS / f"{label}.sqlite3"
        with in_words(self.folder):
            back_up(self._database, target)
        return target

    def _count_time(self) -> None:
        now = time.monotonic()
        played = seconds(self.meta("played")) + min(now - self._last, _IDLE)
        self._last = now
        self.note(played=f"{played:.1f}")

    def _row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        with in_words(self.folder):
            row: tuple[Any, ...] | None = self._database.execute(query, values).fetchone()
        return row


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file there is at `path`; `None`: none that can be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _now() -> str:
    return _iso(datetime.now(UTC))


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _text(text: str | None) -> str | None:
    """SQLite takes no lone surrogates, which a terminal may send."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")
