"""The golden walks in the engine alone: what is typed is understood, and a cast is taken as passed
where the walk writes an answer that passes. Quick enough to walk every stage in many ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from oz.story import begin, spell_passed, step
from oz.story.events import Ask, OpenSpell, Request, StoryEvent
from oz.story.model import World
from oz.story.play import Play
from oz.story.state import State
from tests.plain.golden import FOLDER

_LEAVE = frozenset({"leave", "leave desk", "back", "story"})


@dataclass
class Paces:
    """Somebody who walks the road in the engine."""

    world: World
    state: State
    before: list[State] = field(default_factory=list)
    """What 'undo' goes back to, the newest last."""
    events: list[StoryEvent] = field(default_factory=list)
    """Of the last line, or the last pass."""

    @classmethod
    def begin(cls, world: World) -> Paces:
        return cls(world, begin(world).state)

    @property
    def play(self) -> Play:
        return Play(self.world, self.state)

    def type(self, line: str) -> None:
        """Type a line."""
        if self.state.desk is not None and line in _LEAVE:
            self.state = replace(self.state, desk=None)
            return
        said = line in ("yes", "no") and self.state.pending.get("kind") != "prove"
        if self.state.desk is not None and (said or not line[:1].isalpha()):
            return  # said at the desk: the answer to a spell's question, or to the session's
        before = self.state
        turn = step(self.world, self.state, line)
        self.events = list(turn.events)
        if Ask(Request.UNDO) in turn.events and self.before:
            self.state = self.before.pop()
            return
        self.state = turn.state
        if turn.took_turn:  # the story goes on, and the desk is left
            self.before.append(before)
            self.state = replace(turn.state, desk=None)

    def cast(self, spell: str) -> None:
        """Have `spell` pass."""
        turn = spell_passed(self.world, self.state, spell)
        self.before.append(self.state)
        self.events, self.state = list(turn.events), turn.state

    def prove(self, stage: str) -> None:
        """Prove the stage where one stands, which must be `stage`."""
        placement = self.world.stages[stage].placement
        assert placement is not None
        assert self.play.room.stage == stage
        self.type("prove")
        assert self.state.pending.get("kind") == "prove", self.events
        shown = placement.spell in self.state.passed
        self.type("yes")
        if not shown:
            assert OpenSpell(placement.spell) in self.events
            self.cast(placement.spell)
        assert stage in self.state.proven

    def open(self, spell: str) -> None:
        """Open the desk of `spell`, by its name, wherever one is."""
        self.type(f"cast {spell.split('/')[1].replace('-', ' ')}")
        options = self.state.pending.get("options")
        if isinstance(options, list):  # several are called so
            self.type(("first", "second", "third", "fourth")[options.index(spell)])
        assert self.state.desk == spell, self.events

    def walk(self, name: str, skip: int = 0, share: float = 1.0) -> int:
        """Type what the golden walk `name` types, but for the first `skip` lines, and no more than
        a `share` of it; gives after how many it came to the first room of its stage."""
        lines = lines_of(name)
        lines = lines[: int(share * len(lines))]
        passing = _passing(lines)
        start, came = self.world.stages[name].start, 0
        for number, line in enumerate(lines):
            if not came and self.state.room == start:
                came = number
            if number < skip:
                continue
            if line == "run":
                if number in passing and self.state.desk is not None:
                    self.cast(self.state.desk)
            elif not line.startswith(("<<< ", "!")):
                self.type(line)
            elif line.startswith("!err ") and self.state.desk is not None:
                self.cast(self.state.desk)
        return came


def lines_of(name: str) -> list[str]:
    """What the golden walk `name` types, its marks included."""
    return list(_lines(name))


def _lines(name: str) -> Iterator[str]:
    for line in (FOLDER / f"{name}.walk").read_text("utf-8").splitlines():
        if not line.startswith(("#", "!after ", "!quit-and-resume")) and line != "quit":
            yield line


def _passing(lines: list[str]) -> set[int]:
    """Where the walk runs what passes: an answer that it has written, or what it has typed at the
    desk by the last of its runs there."""
    found: set[int] = set()
    last, written = -1, ""
    for number, line in enumerate([*lines, "cast"]):
        if line.split(" ")[0] == "cast":
            if last >= 0 and not written:
                found.add(last)
            last, written = -1, ""
        elif line.startswith("<<< "):
            written = "" if "/wrong/" not in line and "/spells/" not in line else line
        elif line == "run":
            last = number
            if written and "/wrong/" not in written:
                found.add(number)
    return found
