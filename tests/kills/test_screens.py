"""Games with screens, killed at random instants: nothing answered is lost, nothing stays behind.

The real app in a real terminal (`tests.kills.terminal`), played with keys: lines of the story, a
draft that is typed, casts. A fifth as many games as each lane of `test_thousand` kills.
"""

from __future__ import annotations

import random
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.kills.terminal import CODE, ENTER, LEAVE, RUN, Terminal, pasted
from tests.kills.test_thousand import KILLS, _check_folder, _look, _Seen, pytestmark
from tests.kills.yard import Yard, instant

__all__ = ["pytestmark"]

GAMES = max(KILLS // 5, 2)
_LINES = ("x scales", "wait", "look", "listen")
_STORY, _DESK = "what do you do?", "F5 Run"
_RIGHT = "hens = torch.arange(7)"
_HARD = (
    "while True: pass",
    "while True: print('oz' * 30)",
    "for _ in torch.utils.data.DataLoader(range(10**6), num_workers=2): pass",
    "import os, time; [time.sleep(600) for _ in range(2) if os.fork() == 0]; time.sleep(600)",
)
"""Programs that are still at it when the game is killed."""
_FIRST, _DRAFT = "import torch\n\nhens = torch.arange(1)\n", Path("spells", "barn", "hens.py")


def test_killed_amid_its_screens_nothing_answered_is_lost() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="ozk-") as place,
        Yard(Path(place), screens=True).open() as yard,
    ):
        killing = _Killing(yard, random.Random(5))
        for number in range(GAMES):
            killing.one(number)
    print(
        f"screens: {GAMES} killed, {killing.starting} of them while starting, {killing.running} "
        f"amid a cast; {killing.answered} lines and {killing.casts} casts answered before; every "
        f"process gone after {yard.slowest:.2f} s at most"
    )
    assert killing.answered


@dataclass
class _Done:
    """What was done in one game before it was killed, and what was under way."""

    told: list[str] = field(default_factory=list)
    """Lines whose answers were seen."""
    flying: str = ""
    casts: int = 0
    casting: bool = False
    draft: str = ""
    """As it was when last cast; before that, as it was found."""
    typing: str = ""
    """What was typed at its beginning since."""


class _Killing:
    """Game after game on one journey."""

    def __init__(self, yard: Yard, chance: random.Random) -> None:
        self._yard = yard
        self._chance = chance
        self._folder = yard.saves / "dorothy"
        self._before = 0
        """Casts before this game."""
        self.answered = self.casts = self.running = self.starting = 0

    def one(self, number: int) -> None:
        """Play, be killed, look at what is left."""
        before = _look(self._folder)
        self._before = before.casts.get("hens", 0)
        done = _Done(draft=before.drafts.get("hens", ""))
        game = Terminal(self._yard, "play", "dorothy")
        try:
            self._play(game, done, number)
        finally:
            game.kill()
        self._yard.wait_until_gone()
        self.answered += len(done.told)
        self.casts += done.casts
        try:
            self._check(before, done)
        except AssertionError as wrong:
            raise AssertionError(f"{wrong}\n{done}\n{game.text}") from None

    def _play(self, game: Terminal, done: _Done, number: int) -> None:
        if self._chance.random() < 0.15:
            self.starting += 1
            return game.linger(1.2 * self._chance.random())
        game.until(lambda text: _STORY in text or _DESK in text)
        if _DESK in game.text:
            _leave(game)
        for step in range(self._chance.randint(0, 2)):
            self._line(game, done, last=False)
            if self._chance.random() < 0.7:
                self._cast(game, done, f"{number}-{step}", last=False)
        if self._chance.random() < 0.6:
            return self._cast(game, done, f"{number}-last", last=True)
        return self._line(game, done, last=True)

    def _line(self, game: Terminal, done: _Done, *, last: bool) -> None:
        """Type a line, and wait for its answer; the `last`: for an instant."""
        onward = "west" if _head(game.text).startswith("The barn · The meadow") else "east"
        done.flying = self._chance.choice((*_LINES, onward))
        turns = _turns(game.text)
        game.press(f"{done.flying}{ENTER}")
        if last:
            return game.linger(instant(self._chance, 0.3))
        game.until(lambda text: _turns(text) == turns + 1)
        done.told.append(done.flying)
        done.flying = ""
        return None

    def _cast(self, game: Terminal, done: _Done, mark: str, *, last: bool) -> None:
        """Open the desk, type into the draft, cast it; the `last`: as far as one gets."""
        where = self._chance.choice(("typed", "run", "run")) if last else ""
        done.flying = "cast hens"
        game.press(f"cast hens{ENTER}")
        game.until(lambda text: _DESK in text)
        game.press(CODE)  # a spell that was never tried opens at what is asked
        game.until(lambda text: "import torch" in text)
        done.told.append(done.flying)
        done.flying = ""
        done.draft = done.draft or _FIRST
        program = self._chance.choice(_HARD) if last and self._chance.random() < 0.5 else _RIGHT
        done.typing = f"import torch\n{program}  # {mark}\n"
        game.press(f"{CODE}{pasted(done.typing)}")
        if where == "typed":
            return game.linger(instant(self._chance, 1.0))
        game.until(lambda text: mark in text)  # without what stands before it: lines may wrap
        number = self._before + done.casts + 1
        done.casting = True
        game.press(RUN)
        if last:
            self.running += 1
            return game.linger(instant(self._chance, 1.0))
        game.until(lambda text: f"attempt {number} " in text)
        done.casting = False
        done.casts += 1
        done.draft, done.typing = done.typing + done.draft, ""
        return _leave(game)

    def _check(self, before: _Seen, done: _Done) -> None:
        """What was answered is there, and at most what was under way besides."""
        if not done.told and not self._folder.exists():
            return
        _check_folder(self._folder)
        now = _look(self._folder)
        assert now.lines[: len(before.lines)] == before.lines
        new = now.lines[len(before.lines) :]
        assert new in (done.told, [*done.told, done.flying])
        made = now.casts.get("hens", 0) - before.casts.get("hens", 0)
        assert done.casts <= made <= done.casts + done.casting
        draft = now.drafts.get("hens", "")
        may_be = {done.draft, done.typing + done.draft}
        assert draft in (may_be if done.draft else {"", _FIRST})
        if draft:  # with an editor of one's own
            (self._folder / _DRAFT).write_text("import torch\n", "utf-8")


def _head(text: str) -> str:
    return text.split("\n", 1)[0].strip()


def _turns(text: str) -> int:
    """How many turns the story's head counts; it does so once their answers are told."""
    found = re.search(r"(\d+) turns?$", _head(text))
    return int(found[1]) if found else -1


def _leave(game: Terminal) -> None:
    game.press(LEAVE)
    game.until(lambda text: _STORY in text)
