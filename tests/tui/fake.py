"""A scripted session that gives the same events as the real one, where a test must be quick or odd.

It has one room's worth of Kansas, a spell of each kind that the desk treats in its own way, and
casts whose events a test lays down beforehand.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

from oz.crucible.model import (
    Announced,
    Check,
    ErrorPage,
    Finished,
    Frame,
    Metric,
    Namespace,
    Output,
    Reason,
    Started,
    TensorSeen,
)
from oz.saves import Attempt
from oz.session.model import (
    Conjured,
    Desk,
    DeskOpened,
    DraftChanged,
    HintShown,
    Judged,
    Left,
    Place,
    SessionEvent,
    Status,
)
from oz.spells.model import Kind, Question, Spell, Verdict
from oz.story.events import Entered, Said, Scored, StageBegun, Voice
from oz.story.model import Character, Room, Stage, Text, Thing, World
from tests.tui.books import FakeShelf

NO_TEXT = Text("none", ())

KITCHEN = (
    "The house is one room, so the kitchen is also the bedroom and the hall. Uncle Henry's "
    "ledger lies open on the table: rows for days, columns for hens, a number in every square. "
    "Someone has ruled it very straight. Toto is under the table, looking at the door, and the "
    "light outside is "
    "the colour of a bruise."
)
STARTER = '''import torch

# Seven stones lie across the river, numbered from 0.
stones = torch.zeros(7)


def lay(n):
    """A row of n stones."""
    return stones
'''
SOLUTION = '''import torch

stones = torch.arange(7)


def lay(n: int) -> torch.Tensor:
    """A row of `n` stones, numbered from 0."""
    return torch.arange(n)
'''
BRIEFING = """
Boq counts stones the way his grandfather did: aloud, and from the wrong bank. He wants a row that
counts itself.

`torch.arange` makes a row of evenly stepped numbers, and stops *before* its end:

```python
import torch
print(torch.arange(3))  # tensor([0, 1, 2])
```

- The first stone is number 0.
- The bridge is as long as the river asks.
"""


def make_spell(folder: Path, name: str, kind: Kind, **more: object) -> Spell:
    folder = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    suffix = ".sh" if kind is Kind.COMMAND else ".py"
    starter = folder / f"starter{suffix}"
    starter.write_text(str(more.pop("starter", STARTER)), "utf-8")
    solution = folder / f"solution{suffix}"
    solution.write_text(SOLUTION, "utf-8")
    program = None
    if kind is Kind.PREDICT:
        program = folder / "program.py"
        program.write_text("import torch\n\nx = torch.arange(6)\nprint(x[2:4])\n", "utf-8")
    return Spell(
        id=f"munchkins/{name}",
        stage="munchkins",
        title=name.replace("-", " ").capitalize(),
        kind=kind,
        goals=("`stones` is a row of seven numbers, 0 to 6", "`lay(n)` works for any length"),
        briefing=BRIEFING,
        hints=(
            "How many numbers come out?",
            "`arange` counts for you.",
            "Write `torch.arange(n)`.",
        ),
        worth_knowing="`arange` of whole numbers gives `int64`.",
        reference=("torch.arange",),
        mistakes=(),
        questions=more.pop("questions", ()),  # type: ignore[arg-type]
        seconds=10,
        memory=1 << 30,
        folder=folder,
        starter=starter,
        solution=solution,
        trial=folder / "trial.py",
        program=program,
        files=(),
        keep=(),
        right=(),
        wrong=(),
    )


def check(name: str, *, passed: bool, message: str = "") -> Check:
    return Check(name, passed, message)


FAILED = (
    Check("`stones` has seven numbers", True),
    Check("`stones` is the row 0 to 6", False, "asked `int64`, yours `float32`", line=4),
)
PASSED = (
    Check("`stones` has seven numbers", True),
    Check("`stones` is the row 0 to 6", True),
    Check("`lay(n)` works for any length, 0 and 1 too", True),
)
NAMES = tuple(c.name for c in PASSED)


def verdict(spell: str, reason: Reason, checks: tuple[Check, ...], **more: object) -> Verdict:
    return Verdict(
        spell=spell,
        reason=reason,
        checks=checks,
        mistake=None,
        message=str(more.get("message", "")),
        line=more.get("line"),  # type: ignore[arg-type]
        seconds=0.03,
        error=more.get("error"),  # type: ignore[arg-type]
    )


def failing(spell: str) -> list[SessionEvent]:
    return [
        Started(1),
        Output("laying stones\n"),
        Output("tensor([0., 0., 0., 0., 0., 0., 0.])\n"),
        Announced(NAMES),
        *FAILED,
        Finished(Reason.FAILED, "", 4, 0.03),
        Judged(
            verdict(
                spell,
                Reason.FAILED,
                FAILED,
                message="**`stones`** asked dtype `int64`, yours `float32`\n\n"
                "`torch.zeros` makes zeros of the default dtype, and there are seven of them; the "
                "stones want to be counted.",
                line=4,
            ),
            1,
        ),
    ]


def raising(spell: str) -> list[SessionEvent]:
    page = ErrorPage(
        "RuntimeError",
        "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)",
        (Frame(4, "<module>", "stones = torch.zeros(7)", 9, 23),),
        "The inner sizes of a matrix product must be equal.",
        ("a (2, 3) float32", "b (2, 3) float32"),
    )
    return [
        Started(1),
        Finished(Reason.ERROR, "", 4, 0.02),
        Judged(verdict(spell, Reason.ERROR, (), line=4, error=page), 2),
    ]


def passing(spell: str) -> list[SessionEvent]:
    return [
        Started(1),
        Announced(NAMES),
        *PASSED,
        Namespace(
            (
                TensorSeen(
                    "stones", "tensor", (7,), "torch.int64", "cpu", (1,), minimum=0, maximum=6
                ),
            )
        ),
        Finished(Reason.PASSED, "", None, 0.02),
        Judged(verdict(spell, Reason.PASSED, PASSED), 2, first_pass=True),
        Said("The stones rise, one after the other, and stay."),
        Scored(5, 12, "for the seven stones"),
    ]


def training(spell: str, steps: int = 200) -> list[SessionEvent]:
    import math

    metrics = [
        Metric(step, {"loss": 2.3 * math.exp(-step / 60) + 0.1, "lr": 0.01})
        for step in range(steps)
    ]
    return [Started(1), *metrics, *failing(spell)[1:]]


def flood(lines: int) -> list[SessionEvent]:
    return [Output(f"line {n} [bold]not markup[/bold]\n") for n in range(lines)]


class FakeSession:
    """See `oz.session.Session`; only what the screens use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        spells = (
            make_spell(folder, "first-stones", Kind.CAST),
            make_spell(
                folder,
                "two-pebbles",
                Kind.PREDICT,
                starter="first = None\nsecond = None\n",
                questions=(
                    Question("first", "What does line 4 print?"),
                    Question("second", "What is `x.shape`?"),
                ),
            ),
            make_spell(
                folder,
                "call-the-stork",
                Kind.COMMAND,
                starter="# Ask Python its version.\npython\n",
            ),
        )
        self.spells = {spell.id: spell for spell in spells}
        self.drafts = {spell.id: spell.starter.read_text("utf-8") for spell in spells}
        self.state = dict.fromkeys(self.spells, "open")
        self.count = dict.fromkeys(self.spells, 0)
        self.reviews = SimpleNamespace(asking=False, reminds=True, waiting=False)
        self.made: list[Attempt] = []
        self.seen = dict.fromkeys(self.spells, 0)
        self.casts: list[list[list[SessionEvent]]] = []
        """Batches of the casts to come."""
        self.hold: asyncio.Event | None = None
        """While set, a cast waits for it after its first batch."""
        self.changes: asyncio.Queue[DraftChanged] = asyncio.Queue()
        self.lines: list[str] = []
        self.at = "kansas/kitchen"
        self.running = False
        self.open: str | None = None
        self.more: dict[str, Any] = {}
        """What `status` says otherwise."""
        self.closed = False
        self._stopped = asyncio.Event()
        self.shelf = FakeShelf(self.spells)
        room = Room("kansas/kitchen", "kansas", "The kitchen", NO_TEXT, (), (0, 0))
        em = Character(
            "kansas/aunt-em", "kansas", "Aunt Em", ("em",), (), room.id, NO_TEXT, pronoun="her"
        )
        ledger = Thing("kansas/ledger", "kansas", "the ledger", ("ledger",), (), room.id, NO_TEXT)
        self.world = World(
            title="Oz",
            stages={
                "kansas": Stage(
                    "kansas", "Kansas", "Set-up", room.id, None, (), (room.id,), tuple(self.spells)
                )
            },
            rooms={room.id: room},
            things={em.id: em, ledger.id: ledger},
            rules=(),
            offers={},
            start=room.id,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.closed = True

    @property
    def status(self) -> Status:
        exits = (
            ("north", "kansas/yard", True),
            ("east", "kansas/barn", False),
            ("down", "kansas/cellar", True),
        )
        here = self.at
        told = Status(
            stage="kansas",
            stage_title="Kansas",
            room=here,
            room_name={"kansas/kitchen": "The kitchen", "kansas/yard": "The yard"}[here],
            score=7,
            max_score=120,
            turns=len(self.lines),
            goals=("Find out what the **ledger** says of Tuesday.", "Take Toto to the cellar."),
            exits=("north", "down"),
            things_here=("Aunt Em", "Toto"),
            carrying=("a basket", "an egg"),
            places=(
                Place("kansas/kitchen", "The kitchen", 1, 1, here == "kansas/kitchen", True,
                      exits, False),
                Place("kansas/yard", "The yard", 1, 0, here == "kansas/yard", True,
                      (("south", "kansas/kitchen", True), ("east", "kansas/pump", True)), False),
                Place("kansas/barn", "The barn", 2, 1, False, False, (), True),
                Place("kansas/pump", "The pump", 2, 0, False, True, (), False),
                Place("kansas/cellar", "The cellar", 0, 2, False, False, (), False),
            ),
            spells=tuple((id, spell.title, self.state[id]) for id, spell in self.spells.items()),
            desk=self.open,
        )  # fmt: skip
        return replace(told, **self.more)

    async def begin(self) -> AsyncIterator[SessionEvent]:
        yield StageBegun("kansas")
        yield Said("Kansas, the kitchen", Voice.TITLE)
        yield Said(KITCHEN)
        yield Said("Aunt Em is here, and does not look up.", Voice.PROSE)
        yield Said("North: the yard. Down: the cellar.", Voice.CUE)

    async def submit(self, line: str) -> AsyncIterator[SessionEvent]:
        self.lines.append(line)
        match line:
            case "x ledger" | "examine ledger":
                yield Said(
                    "Four rows, three columns, eggs. `shape (4, 3)`, `int64`, and Uncle Henry "
                    "would thank you not to call it a *spreadsheet*."
                )
                yield Conjured(
                    "kansas/ledger",
                    "tensor([[3, 1, 4],\n        [1, 5, 9],\n"
                    "        [2, 6, 5],\n        [3, 5, 8]])\n",
                )
            case "reference torch.arange":
                yield Said("Evenly stepped numbers.")
                yield await self._conjured()
            case "stuck":
                yield self.hint("munchkins/first-stones")
            case "talk to em":
                yield Said(
                    '"There is weather coming," says Aunt Em.', Voice.SPEECH, "kansas/aunt-em"
                )
                yield Said("You could ask about the cyclone.", Voice.CUE)
            case "north" | "n":
                self.at = "kansas/yard"
                yield Entered("kansas/yard")
                yield Said("The yard", Voice.TITLE)
                yield Said("Hens, in rows. The pump is rusty.")
                yield Scored(2, 9, "for going out")
            case "markup":
                yield Said("[bold]not bold[/bold] and [/nothing]", Voice.REPORT)
            case "long":
                for n in range(60):
                    yield Said(f"Paragraph {n}. " + KITCHEN)
            case "boom":
                raise RuntimeError("a fault of the session's")
            case "leave the game":
                yield Left()
            case _ if line.startswith("cast"):
                name = line.removeprefix("cast").strip() or "first-stones"
                yield DeskOpened(f"munchkins/{name}")
            case _:
                yield Said(f"That's not a verb I know: {line}.", Voice.REFUSAL)

    async def _conjured(self) -> Conjured:
        """An example, run when nothing else runs."""
        if self.running and self.hold is not None:
            await self.hold.wait()
        return Conjured("torch.arange", "tensor([0, 1, 2])\n")

    async def cast_batches(self, spell: str | None = None) -> AsyncIterator[list[SessionEvent]]:
        assert spell is not None
        self.running = True
        self._stopped.clear()
        try:
            batches = self.casts.pop(0) if self.casts else [failing(spell)]
            for number, batch in enumerate(batches):
                if number and self.hold is not None:
                    held = asyncio.ensure_future(self.hold.wait())
                    stopped = asyncio.ensure_future(self._stopped.wait())
                    await asyncio.wait({held, stopped}, return_when=asyncio.FIRST_COMPLETED)
                    held.cancel()
                    stopped.cancel()
                    if self._stopped.is_set():
                        yield [Judged(verdict(spell, Reason.STOPPED, ()), 1)]
                        return
                for event in batch:
                    if isinstance(event, Judged):
                        self.made.append(
                            Attempt(spell, self.drafts[spell], event.verdict.reason.value)
                        )
                        self.count[spell] += 1
                        self.state[spell] = "passed" if event.verdict.passed else "tried"
                yield batch
        finally:
            self.running = False

    async def stop(self) -> None:
        self._stopped.set()

    def desk(self, spell: str, *, taken: bool = False) -> Desk:
        known = self.spells[spell]
        return Desk(
            spell=known,
            path=self.folder / known.draft_name,
            source=self.drafts[spell],
            state=self.state[spell],
            attempts=self.count[spell],
            hints_seen=self.seen[spell],
            solution_open=self.solution(spell) is not None,
        )

    def attempts(self, spell: str) -> tuple[Attempt, ...]:
        return tuple(made for made in self.made if made.spell == spell)

    def open_desk(self, spell: str) -> None:
        self.open = spell

    def close_desk(self) -> None:
        self.open = None

    def write_draft(self, spell: str, source: str) -> None:
        self.drafts[spell] = source

    def reset_draft(self, spell: str) -> str:
        self.drafts[spell] = self.spells[spell].starter.read_text("utf-8")
        return self.drafts[spell]

    def hint(self, spell: str) -> HintShown:
        self.seen[spell] = min(self.seen[spell] + 1, 3)
        return self.hints(spell)[-1]

    def hints(self, spell: str) -> tuple[HintShown, ...]:
        texts = self.spells[spell].hints
        return tuple(HintShown(spell, n + 1, 3, texts[n]) for n in range(self.seen[spell]))

    def solution(self, spell: str) -> str | None:
        return SOLUTION if self.state[spell] == "passed" or self.seen[spell] == 3 else None

    def answer(self, spell: str, question: str, text: str) -> str:
        lines = [
            f"{question} = {text}" if line.startswith(f"{question} =") else line
            for line in self.drafts[spell].splitlines()
        ]
        self.drafts[spell] = "\n".join(lines) + "\n"
        return self.drafts[spell]

    def take_draft(self, spell: str, theirs: Path) -> str:
        self.drafts[spell] = theirs.read_text("utf-8")
        return self.drafts[spell]

    async def draft_changes(self) -> AsyncIterator[DraftChanged]:
        while True:
            yield await self.changes.get()

    def completions(self, text: str) -> tuple[str, ...]:
        lines = (
            *("examine ledger", "examine Toto", "north", "talk to Aunt Em", "take egg"),
            "reference torch.arange",
        )
        return tuple(line for line in lines if line.lower().startswith(text.lower()))

    def history(self) -> tuple[str, ...]:
        return ("look", "x ledger")

    def transcript(self) -> str:
        return "\n".join(self.lines)
