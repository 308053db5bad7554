"""``oz lessons mutate``: whether the trials see when something small is wrong with the answer.

Every model answer is changed in one place at a time, and each changed answer is cast as a player's
would be. What a trial lets through is a survivor: either the trial is blind there, or the change
changes nothing. Which of the two it is, a person has to say: ``[[equivalent]]`` in spell.md.
Runs programs only through the crucible, one after another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from oz.crucible import open_crucible
from oz.crucible.api import Crucible
from oz.crucible.model import Check, Event
from oz.lessons_check.kept import Kept, keeping
from oz.lessons_check.mutants import Mutant, evenly, mutants
from oz.spells.feedback import verdict
from oz.spells.job import judging
from oz.spells.model import Equivalent, Kind, Spell

MOST = 60
"""Mutants of one spell that are tried, where its runs are short."""
SECONDS = 1200.0
"""What all mutants of one spell may take if each takes all the time that a run may: a spell that
trains for a minute is tried fewer times."""
FEWEST = 12

Told = Callable[["Tested"], object]


@dataclass(frozen=True, slots=True)
class Tested:
    """What became of the mutants of one spell."""

    spell: str
    possible: int = 0
    """How many changes there are."""
    tried: tuple[Mutant, ...] = ()
    survived: tuple[Mutant, ...] = ()
    """Passed the trial, and nobody said why they may."""
    equivalent: tuple[tuple[Mutant, Equivalent], ...] = ()
    """Passed the trial, as they may."""
    wrong: tuple[str, ...] = ()
    """What does not hold besides: a model answer that is refused, an equivalent that is none."""
    skipped: str = ""
    """Why nothing was tried."""

    @property
    def refused(self) -> int:
        return len(self.tried) - len(self.survived) - len(self.equivalent)

    @property
    def share(self) -> float:
        """The share of those refused among those that should be; 1 where there are none."""
        due = len(self.tried) - len(self.equivalent)
        return self.refused / due if due else 1.0

    @property
    def good(self) -> bool:
        return not self.survived and not self.wrong


def mutate(
    spells: Iterable[Spell],
    *,
    road: Iterable[Spell] = (),
    most: int | None = None,
    told: Told = lambda _: None,
) -> list[Tested]:
    """Try the mutants of `spells` in a crucible of its own; `told` hears of each spell at once.

    `road`: all spells there are, for those that use what others keep. `most`: of each spell,
    `bound` of it where it is not given.
    """
    return asyncio.run(_mutate(list(spells), list(road), most, told))


async def _mutate(
    spells: Sequence[Spell], road: Sequence[Spell], most: int | None, told: Told
) -> list[Tested]:
    crucible = open_crucible(many=True)
    await crucible.start()
    found: list[Tested] = []
    try:
        with keeping() as kept:
            for spell in spells:
                await kept.make(crucible, spell, road)
                found.append(await try_one(crucible, spell, most, kept))
                told(found[-1])
    finally:
        await crucible.close()
    return found


async def try_one(
    crucible: Crucible, spell: Spell, most: int | None = None, kept: Kept | None = None
) -> Tested:
    """Try at most `most` mutants of one spell in `crucible`."""
    if spell.kind is Kind.COMMAND:
        return Tested(spell.id, skipped="a shell command has no syntax tree")
    if not await _passes(crucible, spell, kept):  # and leaves what is to be kept
        return Tested(spell.id, wrong=("the model answer itself is refused",))
    source = spell.solution.read_text("utf-8")
    trial = spell.trial.read_text("utf-8")
    made = mutants(source, trial, values=spell.kind is Kind.PREDICT, given=spell.uses)
    tried = evenly(made, most or bound(spell))
    passed = [mutant for mutant in tried if await _passes(crucible, spell, kept, mutant.source)]
    return _sorted(spell, made, tried, passed)


def bound(spell: Spell) -> int:
    """How many mutants of `spell` are tried: fewer where a run may take long."""
    return min(MOST, max(FEWEST, int(SECONDS / spell.seconds)))


async def _passes(
    crucible: Crucible, spell: Spell, kept: Kept | None, source: str | None = None
) -> bool:
    """Whether a cast of `source` passes, or of the model answer where there is none. The first
    check that fails ends it: no pass can follow."""
    job = judging(spell, spell.solution, source=source)
    run = crucible.run(kept.job(spell, spell.solution, source) if kept else job)
    events: list[Event] = []
    async for event in run:
        events.append(event)
        if isinstance(event, Check) and not event.passed:
            await run.stop()
    return verdict(spell, events).passed


def _sorted(
    spell: Spell, made: Sequence[Mutant], tried: Sequence[Mutant], passed: Sequence[Mutant]
) -> Tested:
    known = {(listed.before, listed.after): listed for listed in spell.equivalents}
    why = {m: known.get(_key(m)) or known.get((m.before, "")) for m in passed}
    explained = [(m, listed) for m, listed in why.items() if listed is not None]
    return Tested(
        spell.id,
        possible=len(made),
        tried=tuple(tried),
        survived=tuple(m for m, listed in why.items() if listed is None),
        equivalent=tuple(explained),
        wrong=tuple(_false(spell, made, tried, passed)),
    )


def _false(
    spell: Spell, made: Sequence[Mutant], tried: Sequence[Mutant], passed: Sequence[Mutant]
) -> Iterable[str]:
    """Equivalents that are listed and are none: words for each."""
    every, tries, through = ({_key(m) for m in some} for some in (made, tried, passed))
    for listed in spell.equivalents:
        meant = {key for key in every if listed.before == key[0] and listed.after in ("", key[1])}
        if not meant:
            yield f"no change makes this equivalent: {shown(listed.before, listed.after)}"
        elif meant <= tries and not meant & through:
            words = shown(listed.before, listed.after)
            yield f"it is listed as equivalent, and refused: {words}"


def _key(mutant: Mutant) -> tuple[str, str]:
    return mutant.before, mutant.after


def shown(before: str, after: str) -> str:
    """One change on one line."""
    return f"{before}  →  {after or 'any change'}"
