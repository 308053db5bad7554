"""One damaged thing of each kind, handed to the game as a player would hand it over.

Each kind prepares once and then makes a case of any number: the same number is the same case. What
may come of it is a word for the count, or one of the game's own errors; everything else is a bug.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import shutil
import stat
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import oz.session.game
from oz import story
from oz.campaign import LessonsError, load
from oz.cli.standing import spell_states
from oz.crucible.model import Event, Finished, Job, Output, Reason
from oz.report import as_page, as_text, gather
from oz.saves import Attempt, Journey, SavesError, import_
from oz.saves.figures import figures
from oz.session import Session, statistics
from oz.session.turn import kept_state, restored
from oz.story import views
from tests.fuzz import damage
from tests.fuzz.corpus import GOOD, LINES, Corpus
from tests.fuzz.hurt import DATABASE, change_values, changed_inside, hurt, odd_entry
from tests.fuzz.kind import Kind
from tests.fuzz.models import Models
from tests.fuzz.seen import aside, attempts, drafts_of, held, look_at, read, said
from tests.fuzz.small import Small

_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*")


# --- archives -------------------------------------------------------------------------------------


class Archives(Kind):
    """`oz import` of what nobody sane would hand over."""

    name = "archives"
    share = 40

    def __init__(self, corpus: Corpus, place: Path) -> None:
        super().__init__(corpus, place)
        whole = place.parent / "whole.oz"
        whole.write_bytes(corpus.archive)
        with zipfile.ZipFile(whole) as opened:
            self.files = {name: opened.read(name) for name in opened.namelist()}
        self.inner = {
            "sqlite3": lambda data, chance: (
                damage.of_pages(data, chance)
                if chance.random() < 0.5
                else changed_inside(data, self.place.parent / "inner", chance)
            ),
            "json": lambda data, chance: damage.of_json(data.decode(), chance).encode(
                "utf-8", "surrogatepass"
            ),
        }

    def lay(self, chance: random.Random) -> Callable[[], str]:
        archive, root = self.place / "it.oz", self.place / "journeys"
        archive.write_bytes(damage.of_archive(self.files, self.inner, chance))
        deep = chance.random() < 0.2
        return lambda: self._import(archive, root, deep=deep)

    def _import(self, archive: Path, root: Path, *, deep: bool) -> str:
        try:
            imported = import_(archive, root)
        except SavesError as error:
            said(error)
            assert not root.exists() or not list(root.iterdir()), "something was left behind"
            return "refused"
        assert imported.folder.parent == root
        assert list(root.iterdir()) == [imported.folder]
        for path in imported.folder.rglob("*"):
            assert stat.S_ISREG(mode := path.lstat().st_mode) or stat.S_ISDIR(mode), path
            assert _PART.fullmatch(path.name), path
        if deep:
            with Journey.open(imported.folder) as journey:
                assert not journey.recovered
                read(journey)
            return "let in, and opened"
        return "let in"


# --- journeys -------------------------------------------------------------------------------------


class Journeys(Kind):
    """A journey's folder on a bad disk, half copied, or edited by hand."""

    name = "journeys"
    share = 20

    def lay(self, chance: random.Random) -> Callable[[], str]:
        folder = self.place / "dorothy"
        shutil.copytree(chance.choice(self.corpus.journeys), folder)
        for _ in range(chance.choice((1, 1, 1, 2))):
            with suppress(OSError):  # what is gone already cannot be damaged again
                hurt(folder, chance)
        return lambda: self._use(folder)

    def _use(self, folder: Path) -> str:
        before, drafts = held(folder), drafts_of(folder)
        alone = not list(folder.glob(f"{DATABASE}-*"))
        tried = attempts(folder)
        look_at(folder)
        try:
            with Journey.open(folder) as journey:
                recovered = journey.recovered
                read(journey)
                if tried is not None:
                    assert attempts(folder, immutable=0) == tried, "attempts were lost"
                journey.add_turn("look", "seen", '{"room": "kansas/kitchen"}', step=True)
                journey.add_attempt(Attempt("kansas/first-count", "x", "failed"))
                journey.undo()
        except SavesError as error:
            said(error)
            assert drafts_of(folder) == drafts, "drafts were lost"
            if before is not None and alone and not list(folder.glob(f"{DATABASE}-*")):
                kept = before in [held(folder), *aside(folder)]
                same = tried is not None and attempts(folder, immutable=0) == tried
                assert kept or same, "the file was changed, and nothing kept"
            return "refused"
        assert drafts_of(folder) == drafts, "drafts were lost"
        if recovered and before is not None:
            # what is only seen to be damaged while it is migrated was backed up before that
            older = list(folder.glob("backups/before-version-*"))
            assert before in aside(folder) or older, "the damaged file was not kept"
        with Journey.open(folder) as journey:
            assert not journey.recovered, "recovered, and damaged again"
            assert journey.history(1) == ("look",), "the last turn was lost"
        return "recovered" if recovered else "opened"


class Silent:
    """A crucible that runs nothing and says so: no damaged journey needs one."""

    async def start(self) -> None:
        return

    async def ready(self) -> None:
        return

    def run(self, job: Job) -> Silent:
        return self

    async def __aiter__(self) -> AsyncIterator[Event]:
        yield Output("7\n", "stdout")
        yield Finished(Reason.RAN, "")

    async def batches(self) -> AsyncIterator[list[Event]]:
        yield [event async for event in self]

    async def stop(self) -> None:
        return

    async def close(self) -> None:
        return


class Sessions(Kind):
    """The same, and then played: what stands in the journey reaches the story and the screen."""

    name = "sessions"
    share = 5

    def __init__(self, corpus: Corpus, place: Path) -> None:
        super().__init__(corpus, place)
        self.loop = asyncio.new_event_loop()
        campaign = self.campaign = load(GOOD)
        # read once; `Lessons` reads them anew
        oz.session.game.campaign.load_cached = lambda _: campaign

    def lay(self, chance: random.Random) -> Callable[[], str]:
        folder = self.place / "dorothy"
        shutil.copytree(chance.choice(self.corpus.journeys), folder)
        for _ in range(chance.choice((1, 2, 4))):
            with suppress(OSError):
                if chance.random() < 0.85:
                    change_values(folder / DATABASE, chance)
                else:
                    hurt(folder, chance)
        lines = [*chance.sample(_COMMANDS, 6), chance.choice(LINES)]
        report = chance.random() < 0.25
        return lambda: self.loop.run_until_complete(self._play(folder, lines, report=report))

    async def _play(self, folder: Path, lines: list[str], *, report: bool) -> str:
        try:
            async with await Session.open(folder, lessons=GOOD, crucible=Silent()) as session:
                async for _ in session.begin():
                    pass
                for line in lines:
                    async for _ in session.submit(line):
                        pass
                _ = session.status
                session.history()
                session.transcript()
            if report:
                statistics.in_words(figures(folder), self.campaign)
                gathered = gather(folder, self.campaign)
                as_page(gathered)
                as_text(gathered)
                spell_states(self.campaign, folder)
        except SavesError as error:
            said(error)
            return "refused"
        return "played"


_COMMANDS = (
    "look", "i", "spells", "journal", "map", "statistics", "attempts", "hint", "undo", "restore",
    "restore 1", "score", "again", "oops", "yes", "no", "1", "cast first count", "show", "solution",
    "answer 3", "reference", "goals", "help", "restart", "save", "tensors", "x it", "take all",
    "drop all", "wait", "out", "in", "brief", "read book", "review", "spellbook", "prove", "report",
)  # fmt: skip


# --- states ---------------------------------------------------------------------------------------


class States(Kind):
    """Where the story stands, as JSON: read back, or given up for the one before it."""

    name = "states"
    share = 12

    def __init__(self, corpus: Corpus, place: Path) -> None:
        super().__init__(corpus, place)
        self.world = load(GOOD).world
        state = story.begin(self.world).state
        self.states = [kept_state(state)]
        for line in (*LINES, "take", "x flurb", "out"):
            state = story.step(self.world, state, line).state
            self.states.append(kept_state(state))

    def lay(self, chance: random.Random) -> Callable[[], str]:
        text = damage.of_json(chance.choice(self.states), chance)
        lines = (*chance.sample(_COMMANDS, 4), chance.choice(LINES))
        return lambda: self._use(text, lines)

    def _use(self, text: str, lines: tuple[str, ...]) -> str:
        try:
            state = restored(text, self.world)
        except ValueError:
            return "given up"
        story.resume(self.world, state)
        for line in lines:
            state = story.step(self.world, state, line).state
        story.spell_passed(self.world, state, "kansas/first-count")
        views.places(self.world, state)
        views.goals(self.world, state)
        kept = kept_state(state)
        assert kept_state(restored(kept, self.world)) == kept, "not the same when read again"
        return "played"


# --- lessons --------------------------------------------------------------------------------------


class Lessons(Kind):
    """A folder of lessons by somebody who is not careful, or means no good."""

    name = "lessons"
    share = 16

    def lay(self, chance: random.Random) -> Callable[[], str]:
        small, new, good = self.corpus.lessons
        root = self.place / "lessons"
        whole = chance.choices((small, new, good), (1, 6, 8))[0]
        shutil.copytree(whole, root, copy_function=os.link)
        for _ in range(chance.choice((1, 1, 2))):
            files = sorted(
                path
                for path in root.rglob("*")
                if path.suffix in {".toml", ".md"} and path.is_file()
            )
            path = chance.choice(files)
            match chance.randrange(14):
                case 0:
                    path.unlink()
                    odd_entry(path, chance)
                case 1:
                    folder = chance.choice(sorted(p for p in root.rglob("*") if p.is_dir()))
                    target = folder.with_name(chance.choice(("01_x", "x", "02 b", "01_Á", ".h")))
                    if not target.exists():
                        folder.rename(target)
                case 2:
                    code = chance.choice(sorted(root.rglob("*.py")))
                    code.unlink()
                    code.write_bytes(b"import os; os.system('touch /tmp/evil'); raise SystemExit\n")
                case _:
                    data = damage.of_text(path.read_bytes(), chance)
                    path.unlink()  # it is one file with the whole one's
                    path.write_bytes(data)
            if not any(p.suffix in {".toml", ".md"} and p.is_file() for p in root.rglob("*")):
                break
        return lambda: self._load(root)

    def _load(self, root: Path) -> str:
        try:
            campaign = load(root)
        except LessonsError as error:
            said(error)
            return "refused"
        if not campaign.world.rooms:
            return "empty"
        turn = story.begin(campaign.world)
        for line in ("look", "x all", "i", "map", "s", "cast"):
            turn = story.step(campaign.world, turn.state, line)
        for id in campaign.spells:
            turn = story.spell_passed(campaign.world, turn.state, id)
        return "loaded"


KINDS: tuple[type[Kind], ...] = (Archives, Journeys, Sessions, States, Lessons, Models, Small)


def numbered(kinds: tuple[type[Kind], ...], cases: int) -> Iterator[tuple[type[Kind], int]]:
    """How many cases of each kind make `cases` together."""
    whole = sum(kind.share for kind in kinds)
    for kind in kinds:
        yield kind, max(1, round(cases * kind.share / whole))
