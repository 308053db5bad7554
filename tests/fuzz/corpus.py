"""What is damaged: real journeys of every version there was, a real archive, real lessons."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from oz.crucible import Crucible
from oz.lessons_check.new import TEMPLATE
from oz.saves import Attempt, Journey, export
from oz.saves.keepsakes import KeptCurve, KeptPicture
from oz.session import Session

TESTS = Path(__file__).parents[1]
GOOD = TESTS / "lessons" / "good"
REAL = TESTS.parent / "lessons"
LINES = ("look", "x ledger", "take ledger", "ask henry about hens", "hint", "cast first count", "s")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Folders and files to be damaged; each is copied first."""

    journeys: tuple[Path, ...]
    archive: bytes
    lessons: tuple[Path, ...]


def play(folder: Path, crucible: Crucible) -> None:
    """Make a journey in `folder`. With a real crucible it takes seconds, so that many a corpus is
    built from one."""
    asyncio.run(_play(folder, crucible))
    _leave_things(folder)


def build(place: Path, journey: Path) -> Corpus:
    """Make the corpus in `place`, with a copy of the `journey` that was played."""
    played = Path(shutil.copytree(journey, place / "played" / "dorothy"))
    journeys = [played]
    for script in sorted((TESTS / "saves").glob("version_*.sql")):
        old = place / script.stem / "dorothy"
        (old / "spells" / "kansas").mkdir(parents=True)
        (old / "spells" / "kansas" / "scales.py").write_text("x = 1\n")
        with closing(sqlite3.connect(old / "journey.sqlite3")) as database:
            database.executescript(script.read_text("utf-8"))
        journeys.append(old)
    archive = export(played, place / "dorothy.oz").read_bytes()
    good = Path(shutil.copytree(GOOD, place / "good"))  # where it can be linked from
    return Corpus(tuple(journeys), archive, (_small(place / "small"), _new(place / "new"), good))


async def _play(folder: Path, crucible: Crucible) -> None:
    """A journey through the small lessons, with something of everything."""
    async with await Session.open(folder, lessons=GOOD, crucible=crucible) as session:
        async for _ in session.begin():
            pass
        for line in LINES * 3:
            async for _ in session.submit(line):
                pass


def _leave_things(folder: Path) -> None:
    """Attempts, keepsakes, models, a backup, as casts would have left them."""
    spell = "kansas/first-count"
    with Journey.open(folder) as journey:
        for number in range(8):
            reason = "passed" if number == 7 else "failed"
            said = '{"spell": "kansas/first-count", "checks": [{"name": "count", "passed": true}]}'
            code = f"import torch\ncount = torch.arange({number})\n"
            cast = journey.add_attempt(Attempt(spell, code, reason, "too-long", 0.5, said))
            curve = KeptCurve("loss", tuple((float(n), 1 / (n + 1)) for n in range(40)), (3,))
            kept = (curve, KeptPicture("stone", 4, 2, 3, bytes(range(24))))
            journey.keep(spell, cast, reason == "passed", kept)
        journey.back_up("kansas")
        (journey.models / "lion.pt").write_bytes(b"weights" * 50)


def _small(place: Path) -> Path:
    """The real first stage, as its author wrote it, with the road beyond it cut off."""
    stage = Path(shutil.copytree(REAL / "01_kansas", place / "01_kansas"))
    page = stage / "stage.toml"
    page.write_text(page.read_text("utf-8").replace("munchkins/clearing", "yard"), "utf-8")
    (place / "campaign.toml").write_text(
        'format = 1\ntitle = "Oz"\nstages = ["01_kansas"]\nopening = "opening"\n', "utf-8"
    )
    return place


def _new(place: Path) -> Path:
    """What an author begins with."""
    shutil.copytree(TEMPLATE, place / "01_hill", ignore=shutil.ignore_patterns("__pycache__"))
    (place / "campaign.toml").write_text(
        'format = 1\ntitle = "New"\nstages = ["01_hill"]\nabout = "New."\n', "utf-8"
    )
    return place
