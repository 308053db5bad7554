"""All checks, one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from oz.campaign import Campaign, Fault
from oz.lessons_check import (
    answers,
    cards,
    files,
    kept,
    nouns,
    placing,
    roads,
    taught,
    translated,
    walk,
)

Say = Callable[[str], object]


def check_lessons(
    campaign: Campaign, *, say: Say = lambda _text: None, run: bool = True
) -> tuple[Fault, ...]:
    """Every fault in `campaign`, in the order of the files.

    `say` is told of progress, a line at a time. Without `run` no program is run: what is left
    can be checked while one writes.
    """
    found: list[Fault] = []
    for name, check in (
        ("files", files.check),
        ("what is kept", kept.check),
        ("roads", roads.check),
        ("walk", walk.check),
        ("proving", placing.check),
        ("nouns", nouns.check),
        ("cards", cards.check),
        ("other languages", translated.check),
    ):
        faults = check(campaign)
        say(f"{_mark(not faults)} {name}")
        found += faults
    if not run:
        found += taught.check(campaign)
    else:
        found += asyncio.run(answers.check(campaign, say))
    return tuple(sorted(set(found)))


def check_cards(campaign: Campaign, *, say: Say = lambda _text: None) -> tuple[Fault, ...]:
    """Every fault in the cards of ``review.md``, and in nothing else."""
    if not campaign.reviews:
        return ()
    found = [*cards.check(campaign), *asyncio.run(answers.check_cards(campaign, say))]
    return tuple(sorted(set(found)))


def _mark(good: bool) -> str:
    return "✓" if good else "✗"
