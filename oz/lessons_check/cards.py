"""Whether the small questions of ``review.md`` ask what they mean to ask.

Every program is really run: a prediction must have one short answer, the same every time; a broken
line must show, and the line that mends it must be taken.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence

from oz.campaign import Campaign, Fault
from oz.crucible.api import Crucible
from oz.study import truth
from oz.study.cards import Card, CardKind

MOST_LINES = 12
"""Of a program."""
_PRINTED = (1, 3)
"""Lines that a prediction may have."""
_WIDEST = 72
"""Characters of a line that one may be asked to foretell."""


def check(campaign: Campaign) -> list[Fault]:
    """What can be seen without running anything."""
    return [fault for card in campaign.reviews.values() for fault in _of_card(card, campaign)]


def _of_card(card: Card, campaign: Campaign) -> Iterator[Fault]:
    for name in card.about:
        if name not in campaign.references:
            said = f"'about:' names '{name}', which no reference.md explains; write it as there"
            yield Fault(card.path, card.line, said)
    if (lines := card.program.count("\n") + 1) > MOST_LINES:
        said = f"the program has {lines} lines; {MOST_LINES} at most, since it is read in one look"
        yield Fault(card.path, card.program_at, said)


async def check_runs(
    crucibles: Sequence[Crucible], campaign: Campaign, say: Callable[[str], object]
) -> list[Fault]:
    """What running the cards shows."""
    waiting = iter(campaign.reviews.values())

    async def work(crucible: Crucible) -> list[Fault]:
        found: list[Fault] = []
        for card in waiting:
            found += await _ran(crucible, card)
        return found

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work(crucible)) for crucible in crucibles]
    faults = [fault for task in tasks for fault in task.result()]
    if campaign.reviews:
        say(f"{'✗' if faults else '✓'} {len(campaign.reviews)} cards of review.md")
    return faults


async def _ran(crucible: Crucible, card: Card) -> list[Fault]:
    found = _predict if card.kind is CardKind.PREDICT else _mend
    return [
        Fault(card.path, line, f"the card '{card.id}': {said}")
        async for line, said in found(crucible, card)
    ]


async def _predict(crucible: Crucible, card: Card) -> AsyncIterator[tuple[int, str]]:
    first = await _run(crucible, card.program)
    if first.failed:
        yield card.program_at, f"the program does not come to its end: {first.failed}"
        return
    answer = "error" if first.error else first.printed
    again = await _run(crucible, card.program, answer)
    if again.shown != first.shown:
        said = "prints something else each time; give it a seed, or fixed values"
        yield card.program_at, f"{said} ({first.shown!r}, then {again.shown!r})"
        return
    if first.error:
        return
    lines = first.printed.split("\n") if first.printed.strip() else []
    if not _PRINTED[0] <= len(lines) <= _PRINTED[1]:
        said = f"prints {len(lines)} lines; a prediction has {_PRINTED[0]} to {_PRINTED[1]}"
        yield card.program_at, f"{said}: print only what the question is about"
    elif max(map(len, lines)) > _WIDEST:
        said = f"prints a line of {max(map(len, lines))} characters, which nobody would type"
        yield card.program_at, f"{said}; at most {_WIDEST}: {first.printed!r}"
    elif not again.right:
        said = "what it prints is not taken as the answer when it is typed on one line"
        yield card.program_at, f"{said}; print it more simply: {first.printed!r}"


async def _mend(crucible: Crucible, card: Card) -> AsyncIterator[tuple[int, str]]:
    wanted = await _run(crucible, card.mended)
    if wanted.failed or wanted.error:
        said = f"the mended program does not come to its end: {wanted.failed or wanted.error}"
        yield card.mended_at, said
        return
    if not wanted.printed.strip():
        said = "the mended program prints nothing, so that nobody could tell whether it is right"
        yield card.mended_at, f"{said}; print what the right line makes"
        return
    typed = await _run(crucible, card.with_line(card.mended_line))
    if not typed.prints_like(wanted):
        said = f"the mended line, typed, prints {typed.shown!r}, and the mended program"
        yield card.mended_at, f"{said} {wanted.shown!r}; it must be the same every time"
    broken = await _run(crucible, card.program)
    if broken.prints_like(wanted):
        said = "the broken program prints the same as the mended one, so any line would be right"
        yield card.program_at, f"{said}; print what only the right line makes ({wanted.printed!r})"


async def _run(crucible: Crucible, program: str, answer: str | None = None) -> truth.Ran:
    events = [event async for event in crucible.run(truth.job(program, answer))]
    return truth.heard(events)
