"""A journey's reviews in figures, also while it is open in another game. Only looks.

Between the journey (`oz.saves.study`), the lessons and the pure deck (`oz.study.deck`).
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from oz.campaign import Campaign
from oz.saves.study import studied
from oz.study.deck import Figures, deck, figures
from oz.tongue import _, ngettext


def review_figures(folder: Path, campaign: Campaign, now: datetime | None = None) -> Figures:
    """The reviews of the journey in `folder`, with these lessons, at the time `now` (default: by
    the clock). Raises `oz.saves.SavesError`."""
    now = now or datetime.now(UTC)
    found = studied(folder)
    passed = {spell: time_of(at) for spell, at in found.passes.items()}
    own, _anew = deck(campaign.reviews.values(), passed, found.cards, now)
    return figures(own, (rating for _, rating in found.ratings), now)


def as_data(found: Figures) -> dict[str, object]:
    """What ``oz stats --json`` prints of it."""
    return asdict(found)


def in_words(found: Figures) -> str:
    """The same for a reader; nothing before the first answer."""
    if not found.answers or found.remembered is None:
        return ""
    ideas = ngettext("{n} idea", "{n} ideas", found.cards).format(n=found.cards)
    return _(
        "Review: {ideas} in the deck, {due} of them due; remembered: {share:.0%} of {answers}."
    ).format(
        ideas=ideas,
        due=found.due,
        share=found.remembered,
        answers=ngettext("{n} answer", "{n} answers", found.answers).format(n=found.answers),
    )


def time_of(at: str) -> datetime | None:
    """When it was, as far as a journey tells it well: it may come from a stranger."""
    try:
        time = datetime.fromisoformat(at)
        return time.astimezone(UTC) if time.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
