"""A thousand games killed at random instants: what was answered is there, and nothing stays behind.

The real program, driven through pipes, each game forked from warm processes (`tests.kills.warm`).
``OZ_KILLS`` says how many games each lane kills; without it, 250, which makes a thousand.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from oz.saves import Journey, import_
from oz.saves.database import sound
from oz.saves.lock import holder
from tests import nursery
from tests.kills.sitting import Line, answered, lines
from tests.kills.yard import LESSONS, Yard, instant

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc"),
]
KILLS = int(os.environ.get("OZ_KILLS", "250"))
LANES = 4
COLD = 8
_OLD = Path(__file__).resolve().parents[1] / "saves"


@pytest.mark.parametrize("lane", range(LANES))
def test_killed_at_any_instant_nothing_answered_is_lost(lane: int) -> None:
    # a short path: sockets are made below it
    with (
        tempfile.TemporaryDirectory(prefix="ozk-") as place,
        Yard(Path(place), namespaces=lane % 2 == 0).open() as yard,
    ):
        killing = Killing(yard, random.Random(lane))
        for number in range(KILLS):
            killing.one(number)
        killing.last()
    print(
        f"lane {lane}: {KILLS} killed ({killing.kinds}), {killing.running} of them amid a cast; "
        f"{killing.answered} lines answered before, {killing.casts} of them casts; "
        f"every process gone after {yard.slowest:.2f} s at most"
    )


@pytest.mark.cold
def test_killed_cold_it_leaves_nothing_either(tmp_path: Path) -> None:
    """Started as a player starts it, torch imported and all; killed on the way there, and after."""
    chance = random.Random(9)
    yard = Yard(tmp_path)
    yard.make()
    folder = yard.saves / "cold"
    known: list[str] = []
    for number in range(COLD):
        with subprocess.Popen(
            [sys.executable, "-m", "oz", "play", "cold", "--plain"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=tmp_path,
            env={**os.environ, **yard.environment(), "PYTHONPATH": str(nursery.ROOT)},
        ) as game:
            assert game.stdin is not None
            assert game.stdout is not None
            game.stdin.write(f"look\nx scales\ntake lamp\nscore {number}\n".encode())
            game.stdin.flush()
            with contextlib.suppress(subprocess.TimeoutExpired):
                game.wait(8 * chance.random())
            game.kill()
            shown = game.stdout.read().decode("utf-8", "ignore")
        yard.wait_until_gone()
        if folder.exists():
            _check_folder(folder)
            now = _look(folder).lines
            assert now[: len(known)] == known
            assert len(now) >= len(known) + shown.count("\n> ") - 1
            known = now
        for stray in yard.temporary.glob("ozc-*"):
            assert not list(stray.iterdir())
            os.utime(stray, (0, 0))
        assert len(list(yard.temporary.glob("ozc-*"))) <= 1


class Killing:
    """Game after game in one yard."""

    def __init__(self, yard: Yard, chance: random.Random) -> None:
        self._yard = yard
        self._chance = chance
        self._journey = "first"
        self.answered = self.casts = self.running = 0
        self.kinds: dict[str, int] = {}

    def one(self, number: int) -> None:
        """Start something, kill it, look at what is left."""
        kinds = ("played", "begun", "migrated", "exported", "imported")
        kind = self._chance.choices(kinds, (72, 7, 7, 7, 7))[0]
        if kind != "begun" and not self._folder.exists():
            kind = "played"
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        getattr(self, f"_{kind}")(number)
        self._nothing_stays(number)

    @property
    def _folder(self) -> Path:
        return self._yard.saves / self._journey

    def _nothing_stays(self, number: int) -> None:
        self._yard.wait_until_gone()
        assert holder(self._folder) is None
        assert not Path("/dev/shm", _mark(number)).exists()
        for stray in self._strays():
            if stray.is_file():  # Python looks whether it can write there, for an instant
                assert stray.stat().st_size <= 4
                stray.unlink()
                continue
            # killed before anybody stood by to remove it: the next game does, once it is old
            assert not list(stray.iterdir())
            os.utime(stray, (0, 0))
        assert len(self._strays()) <= 1

    def _strays(self) -> list[Path]:
        # torch makes one for itself, always of the same name
        return [path for path in self._yard.temporary.iterdir() if "inductor" not in path.name]

    def last(self) -> None:
        """A game that is left in peace leaves a folder without a trace of all that."""
        game = self._yard.start("play", self._journey, "--plain")
        game.type([Line("look", "turn"), Line("quit", "turn")])
        assert "Everything is saved" in game.end()
        self._yard.wait_until_gone()
        assert not self._strays()
        (self._yard.place / "carried.oz").unlink(missing_ok=True)
        self._yard.start("export", self._journey, "carried.oz").end()
        assert [path.name for path in self._yard.place.glob("carried*")] == ["carried.oz"]
        for folder in self._yard.saves.glob("[!.]*"):
            _check_folder(folder)
            left = [path for path in folder.rglob("*") if _stray(path)]
            assert folder.name != self._journey or not left

    # --- playing

    def _begun(self, number: int) -> None:
        self._journey = f"journey {number}"
        self._played(number)

    def _played(self, number: int) -> None:
        before = _look(self._folder)
        typed = lines(self._chance, _mark(number))
        game = self._yard.start("play", self._journey, "--plain")
        at = self._chance.randrange(-1, len(typed))
        if at >= 0:
            game.type(typed)
            game.until(typed, at)
        game.linger(instant(self._chance, 0.4 if at < 0 or typed[at].what == "run" else 0.06))
        shown = game.kill()
        assert not re.search(r"^Traceback|ours went wrong", shown, re.MULTILINE), shown
        self._yard.wait_until_gone()
        count = answered(typed, shown)
        self.answered += sum(line.what != "text" for line in typed[:count])
        self.running += count < len(typed) and typed[count].what == "run"
        try:
            self._check(before, typed, count)
        except AssertionError as wrong:
            raise AssertionError(f"{wrong}\n{typed[count - 1 : count + 1]}\n{shown}") from None

    def _check(self, before: _Seen, typed: list[Line], count: int) -> None:
        """What was answered is there, and at most the command in flight besides."""
        if not count and not self._folder.exists():
            return
        _check_folder(self._folder)
        now = _look(self._folder)
        asked = [line.text for line in typed if line.what in ("turn", "run")]
        told = [line.text for line in typed[:count] if line.what in ("turn", "run")]
        new = now.lines[len(before.lines) :]
        assert now.lines[: len(before.lines)] == before.lines
        assert new == asked[: len(new)]
        assert len(told) <= len(new) <= len(told) + 1
        for spell in ("hens", "jar"):
            runs = sum(line.what == "run" and line.spell == spell for line in typed[:count])
            self.casts += runs
            made = now.casts.get(spell, 0) - before.casts.get(spell, 0)
            assert runs <= made <= runs + 1
            self._check_draft(spell, before, now, typed, count)

    def _check_draft(
        self, spell: str, before: _Seen, now: _Seen, typed: list[Line], count: int
    ) -> None:
        written = [
            line.draft for line in typed[:count] if line.what == "end" and line.spell == spell
        ]
        flying = [line.draft for line in typed[count : count + 1] if line.spell == spell]
        may_be = [written[-1] if written else before.drafts.get(spell), *filter(None, flying)]
        if may_be[0] is None:
            may_be += [None, _starter(spell)]
        if now.drafts.get(spell) == _starter(spell) and before.drafts.get(spell) is None:
            may_be.append(_starter(spell))
        assert now.drafts.get(spell) in may_be

    # --- what else is done with a journey

    def _migrated(self, number: int) -> None:
        """An older journey is opened, and the game killed while it makes a newer one of it."""
        version = self._chance.choice(sorted(_OLD.glob("version_*.sql")))
        folder = self._yard.saves / f"old {number}"
        folder.mkdir()
        with closing(sqlite3.connect(folder / "journey.sqlite3")) as old:
            old.executescript(version.read_text("utf-8"))
            lines_then = [row[0] for row in old.execute("SELECT line FROM turns ORDER BY id")]
        game = self._yard.start("play", folder.name, "--plain")
        game.linger(instant(self._chance, 0.5))
        game.kill()
        self._yard.wait_until_gone()
        _check_folder(folder)
        assert _look(folder).lines == [line for line in lines_then if line is not None]
        shutil.rmtree(folder)

    def _exported(self, number: int) -> None:
        target = self._yard.place / "carried.oz"
        target.unlink(missing_ok=True)
        game = self._yard.start("export", self._journey, str(target))
        game.linger(instant(self._chance, 0.25))
        game.kill()
        self._yard.wait_until_gone()
        if target.exists():
            imported = import_(target, self._yard.place / "elsewhere")
            assert _look(imported.folder).lines == _look(self._folder).lines
            shutil.rmtree(imported.folder)
        _check_folder(self._folder)

    def _imported(self, number: int) -> None:
        archive = self._yard.place / "whole.oz"
        if not archive.exists():
            self._yard.start("export", self._journey, str(archive)).end()
        game = self._yard.start("import", str(archive), "--name", f"came {number}")
        game.linger(instant(self._chance, 1.0))
        game.kill()
        self._yard.wait_until_gone()
        folder = self._yard.saves / f"came {number}"
        if folder.exists():
            _check_folder(folder)
            shutil.rmtree(folder)
        left = list(self._yard.saves.glob(".importing-*"))
        assert len(left) <= 1
        for folder in left:
            os.utime(folder, (0, 0))  # the next import removes what is old


class _Seen:
    """What of a journey must not be lost."""

    def __init__(self, lines: list[str], casts: dict[str, int], drafts: dict[str, str]) -> None:
        self.lines = lines
        self.casts = casts
        self.drafts = drafts


def _look(folder: Path) -> _Seen:
    """The journey as the next game finds it."""
    if not folder.exists():
        return _Seen([], {}, {})
    with Journey.open(folder) as journey:
        assert not journey.recovered
        casts = {spell: journey.casts(f"barn/{spell}") for spell in ("hens", "jar")}
        typed = [turn.line for turn in journey.turns() if turn.line]
        assert all(turn.answer.strip() for turn in journey.turns() if turn.line == "look")
    drafts = {path.stem: path.read_text("utf-8") for path in (folder / "spells").rglob("*.py")}
    return _Seen(typed, casts, drafts)


def _check_folder(folder: Path) -> None:
    """Every file in it opens."""
    with Journey.open(folder) as journey:  # checks every page
        assert not journey.recovered
    for backup in (folder / "backups").glob("*.sqlite3"):
        assert sound(backup), backup
    for model in (folder / "models").iterdir():
        with zipfile.ZipFile(model) as held:
            assert held.testzip() is None, model
    assert not (folder / "damaged").exists()
    assert len([path for path in folder.rglob("*") if _stray(path)]) <= 6, list(folder.rglob("*"))


def _stray(path: Path) -> bool:
    """Whether the file is one that is only there while something is written."""
    return bool(re.search(r"\.part(ial)?\b|^\.writing|recovering", path.name))


def _starter(spell: str) -> str:
    [path] = LESSONS.glob(f"*/spells/*_{spell}/starter.py")
    return path.read_text("utf-8")


def _mark(number: int) -> str:
    return f"oz-kill-{os.getpid()}-{number}"
