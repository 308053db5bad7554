"""Whether right answers pass, starters fail, known mistakes are known, and examples run.

Every program goes through a crucible, as in the game; spells are shared out among as many of them
as there are processors, up to `MOST`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from itertools import chain
from pathlib import Path

from oz.campaign import Campaign, Fault
from oz.campaign.model import Reference
from oz.crucible import open_crucible
from oz.crucible.api import Crucible
from oz.crucible.model import Finished, Job, Mode, Output, Raised, Reason
from oz.lessons_check import cards, taught
from oz.lessons_check.files import mistake_id
from oz.lessons_check.kept import Kept, judge, keeping
from oz.spells.model import Spell, Verdict
from oz.spells.needs import missing
from oz.story.model import Thing

Say = Callable[[str], object]


MOST = 4
"""Crucibles at most: each keeps a warm process of 200 MiB."""


def _count() -> int:
    """One more than there are processors, since many a known mistake is to wait for nobody."""
    return min(MOST, 1 + (os.cpu_count() or 1))


async def check(campaign: Campaign, say: Say) -> list[Fault]:
    """Run every program of the lessons in crucibles of its own; the faults that shows."""
    async with AsyncExitStack() as stack:
        crucibles = [await stack.enter_async_context(_crucible()) for _ in range(_count())]
        return await check_with(crucibles, campaign, say)


async def check_with(crucibles: Sequence[Crucible], campaign: Campaign, say: Say) -> list[Fault]:
    """The same in `crucibles`."""
    found = taught.check(campaign, await _tensor_names(crucibles[0]))
    say(f"{_mark(found)} nothing is used before it is taught")
    with keeping() as kept:
        found += await _Spells(campaign, kept, say).check(crucibles)
        snippets = await _snippets(crucibles, campaign, kept)
    say(f"{_mark(snippets)} snippets and examples")
    return found + snippets + await cards.check_runs(crucibles, campaign, say)


async def check_cards(campaign: Campaign, say: Say) -> list[Fault]:
    """Run only the cards of ``review.md``; the faults that shows."""
    async with AsyncExitStack() as stack:
        crucibles = [await stack.enter_async_context(_crucible()) for _ in range(_count())]
        found = taught.check(campaign, await _tensor_names(crucibles[0]))
        ours = {card.path for card in campaign.reviews.values()}
        return [fault for fault in found if fault.path in ours] + await cards.check_runs(
            crucibles, campaign, say
        )


class _Spells:
    """The spells of a campaign, each taken by whichever crucible is free."""

    def __init__(self, campaign: Campaign, kept: Kept, say: Say) -> None:
        self._spells = list(campaign.spells.values())
        self._kept = kept
        self._say = say
        self._done = {spell.id: asyncio.Event() for spell in self._spells}

    async def check(self, crucibles: Sequence[Crucible]) -> list[Fault]:
        """The faults of all spells."""
        waiting = iter(self._spells)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._work(c, waiting)) for c in crucibles]
        return [fault for task in tasks for fault in task.result()]

    async def _work(self, crucible: Crucible, waiting: Iterator[Spell]) -> list[Fault]:
        found: list[Fault] = []
        for spell in waiting:
            await self._made_before(spell)
            faults = [fault async for fault in _spell(crucible, spell, self._kept)]
            self._say(f"{_mark(faults)} {spell.id}{_counts(spell)}")
            self._done[spell.id].set()
            found += faults
        return found

    async def _made_before(self, spell: Spell) -> None:
        """Wait for the spells that keep what this one uses. They come earlier on the road, so
        somebody has taken them already; what is kept later is no one's to wait for."""
        for maker in self._spells[: self._spells.index(spell)]:
            if set(maker.keep) & set(spell.uses):
                await self._done[maker.id].wait()


def _mark(faults: list[Fault]) -> str:
    return "✗" if faults else "✓"


def _counts(spell: Spell) -> str:
    right = 1 + len(spell.right)
    return f" ({right} right, {len(spell.wrong)} wrong)"


@asynccontextmanager
async def _crucible() -> AsyncIterator[Crucible]:
    crucible = open_crucible(many=True)
    await crucible.start()
    try:
        yield crucible
    finally:
        await crucible.close()


async def _spell(crucible: Crucible, spell: Spell, kept: Kept) -> AsyncIterator[Fault]:
    if lacking := missing(spell):
        said_so = f"needs {', '.join(lacking)}, not installed here: the spell was not tried"
        yield Fault(spell.folder / "spell.md", 1, said_so)
        return
    for path in (spell.solution, *spell.right):
        said = await judge(crucible, spell, kept.job(spell, path))
        if not said.passed:
            yield Fault(
                path, said.line or 1, f"must pass '{spell.title}', and does not: {_why(said)}"
            )
    for name in spell.keep:
        if not (kept.folder / name).is_file():
            said_so = f"the model answer passes and makes no file '{name}', which is to be kept"
            yield Fault(spell.solution, 1, said_so)
    said = await judge(crucible, spell, kept.job(spell, spell.starter))
    if said.passed:
        yield Fault(spell.starter, 1, f"the starter passes '{spell.title}' already")
    elif said.reason is Reason.NO_VERDICT:
        yield Fault(spell.starter, said.line or 1, f"the starter has no verdict: {_why(said)}")
    for path in spell.wrong:
        said = await judge(crucible, spell, kept.job(spell, path))
        for fault in _of_wrong(spell, path, said):
            yield fault


def _of_wrong(spell: Spell, path: Path, said: Verdict) -> Iterator[Fault]:
    id = mistake_id(path)
    if id is None:
        yield Fault(path, 1, "the first line must be '# mistake: ID'")
        return
    known = spell.mistake(id)
    if known is None:
        yield Fault(path, 1, f"spell.md knows no mistake '{id}'")
    elif said.passed:
        yield Fault(path, 1, f"the mistake '{id}' passes the trial")
    elif said.mistake != id:
        taken = f"as '{said.mistake}'" if said.mistake else "as no known mistake"
        yield Fault(path, 1, f"the mistake '{id}' is refused {taken}: {_why(said)}")
    elif known.message not in said.message:
        yield Fault(path, 1, f"the mistake '{id}' is refused without its message: {_why(said)}")


def _why(said: Verdict) -> str:
    """The reason and its first words, on one line."""
    words = " ".join(said.message.split())
    return f"{said.reason}: {words[:200]}" if words else said.reason.value


async def _snippets(crucibles: Sequence[Crucible], campaign: Campaign, kept: Kept) -> list[Fault]:
    """The faults of what things show and of what the book's examples print."""
    waiting = chain(
        (partial(_thing, campaign, kept, thing) for thing in campaign.world.things.values()),
        (partial(_example, entry) for entry in campaign.references.values()),
    )

    async def work(crucible: Crucible) -> list[Fault]:
        return [fault for look in waiting if (fault := await look(crucible)) is not None]

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work(crucible)) for crucible in crucibles]
    return [fault for task in tasks for fault in task.result()]


async def _thing(campaign: Campaign, kept: Kept, thing: Thing, crucible: Crucible) -> Fault | None:
    if not thing.conjure or not (wrong := await _fails(crucible, thing.conjure, kept.files())):
        return None
    return Fault(
        *campaign.where(f"thing {thing.id}"), f"the snippet of '{thing.id}' fails: {wrong}"
    )


async def _example(entry: Reference, crucible: Crucible) -> Fault | None:
    if not entry.example or not (wrong := await _fails(crucible, entry.program)):
        return None
    return Fault(entry.path, entry.line, f"the example of '{entry.name}' fails: {wrong}")


async def _tensor_names(crucible: Crucible) -> frozenset[str]:
    """The attributes of a tensor, asked of torch itself."""
    source = "import torch\nprint(*dir(torch.Tensor))"
    said = [event async for event in crucible.run(Job(Mode.CONJURE, source=source))]
    text = "".join(event.text for event in said if isinstance(event, Output))
    return frozenset(text.split())


async def _fails(crucible: Crucible, source: str, files: tuple[Path, ...] = ()) -> str:
    """Why the snippet does not come to its end; empty when it does."""
    job = Job(Mode.CONJURE, source=source, files=files)
    events = [event async for event in crucible.run(job)]
    finished = events[-1]
    assert isinstance(finished, Finished)
    if finished.reason is Reason.RAN:
        return ""
    raised = [event.page for event in events if isinstance(event, Raised)]
    if raised:
        return f"line {raised[-1].line}: {raised[-1].type}: {raised[-1].message}"
    return finished.message or finished.reason.value
