"""What a scripted journey has on its shelf: a journal, a spellbook, figures."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from oz.campaign import Reference
from oz.report import SpellReport, StageReport
from oz.session import Conjured, journal
from oz.session.spellbook import Chapter, UsedIn
from oz.session.statistics import Days, Hard, StageFigures, Statistics
from oz.spells.model import Spell

CODE = '''import torch

# Counted from the wrong bank, as his grandfather did.
stones = torch.arange(7)


def lay(n: int) -> torch.Tensor:
    """A row of n stones."""
    return torch.arange(n)
'''
REFERENCES = (
    Reference(
        "torch.arange",
        "torch.arange(start=0, end, step=1)",
        "Evenly stepped numbers from `start` up to, not including, `end`.",
        "print(torch.arange(3))",
    ),
    Reference("torch.zeros", "torch.zeros(*size)", "A tensor of noughts.", "print(torch.zeros(2))"),
    Reference("Tensor.view", "x.view(*shape)", "The same numbers under another shape.", ""),
)


def report(spell: Spell, code: str) -> SpellReport:
    return SpellReport(spell.id, spell.title, 3, 1, "2026-03-14T12:00:00+00:00", (), code)


def stage(id: str, title: str, spells: tuple[SpellReport, ...], *notes: str) -> StageReport:
    passed = sum(bool(spell.code) for spell in spells)
    return StageReport(id, title, "Counting", passed, 3, notes, (), spells)


class FakeShelf:
    """See `oz.session.shelf.Shelf`."""

    def __init__(self, spells: Mapping[str, Spell]) -> None:
        self._campaign: Any = SimpleNamespace(spells=spells)
        first, second, _ = spells.values()
        self.pages = (
            stage("kansas", "Kansas", (), "A ledger is a tensor with a table's manners."),
            stage(
                "munchkins",
                "Munchkin country",
                (report(first, CODE), report(second, "first = [2, 3]\nsecond = (6,)\n")),
                "`arange` stops before its end.",
            ),
        )
        self.chapters: tuple[Chapter, ...] = (
            Chapter("kansas", "Kansas", REFERENCES[:1], 0),
            Chapter("munchkins", "Munchkin country", REFERENCES[1:], 2),
        )
        self.ran: list[str] = []
        """Examples that were run."""
        self.hold: asyncio.Event | None = None
        """While set, an example waits for it."""
        self.uses = [UsedIn(first.id, first.title, "yours", 4, "stones = torch.arange(7)")]

    def journal(self) -> tuple[StageReport, ...]:
        return self.pages

    def journal_page(self, one: StageReport | SpellReport) -> str:
        return journal.page(one, self._campaign)

    def spellbook(self) -> tuple[Chapter, ...]:
        return self.chapters

    def used_in(self, name: str) -> Iterator[UsedIn]:
        return iter(self.uses if name == "torch.arange" else ())

    async def example(self, name: str) -> Conjured:
        self.ran.append(name)
        if self.hold is not None:
            await self.hold.wait()
        if name == "torch.zeros":
            return Conjured(name, "RuntimeError: no noughts today\n", failed=True)
        return Conjured(name, "tensor([0, 1, 2])\n")

    def reviewed(self) -> str:
        return "Review: 12 ideas in the deck, 3 of them due; 80% of 10 answers were remembered."

    def statistics(self) -> Statistics:
        return Statistics(
            played=4000.0,
            passed=7,
            of=9,
            casts=31,
            first=2,
            hints=4,
            days=Days(5, 2, 3),
            stages=(
                StageFigures("kansas", "Kansas", 6, 6, 1500.0, 9, 2, 0),
                StageFigures(
                    "glinda", "Glinda, the silver shoes, Kansas", 1, 3, 2500.0, 22, 0, 4
                ),
            ),
            hard=(
                Hard(
                    "glinda/shoes", "The shoes", 12, False, 3,
                    "`softmax` was applied twice. (Met 4 times.)",
                ),
            ),
        )  # fmt: skip
