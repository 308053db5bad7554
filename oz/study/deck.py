"""The player's deck: which cards are in it, which of them are due, and in what order.

A card is in the deck once its spell has passed. Pure: what is kept and what time it is are handed
in; what has to be kept anew is handed back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from oz.study import schedule
from oz.study.cards import Card
from oz.study.schedule import Answer, Standing


@dataclass(frozen=True, slots=True)
class Figures:
    """A deck in figures."""

    cards: int
    due: int
    answers: int
    """Questions that were answered."""
    right: int
    remembered: float | None
    """Share of the answers that were right, or nearly; `None` before the first."""


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards that are the player's, each with how well it is known."""

    cards: Mapping[str, tuple[Card, Standing]]
    """By id, in the order of the road."""

    def due(self, now: datetime) -> tuple[Card, ...]:
        """The cards to be asked at the time `now`, the most urgent first."""
        return _urgent((pair for pair in self.cards.values() if pair[1].is_due(now)), now)

    def all(self, now: datetime, stage: str = "") -> tuple[Card, ...]:
        """All cards, or those of one stage, the most urgent first."""
        chosen = (pair for pair in self.cards.values() if stage in ("", pair[0].stage))
        return _urgent(chosen, now)

    def next(self, now: datetime) -> timedelta | None:
        """How long it is until a card may be asked; `None` in an empty deck."""
        waits = [standing.due - schedule.EARLY - now for _, standing in self.cards.values()]
        return max(min(waits), timedelta()) if waits else None


def _urgent(pairs: Iterable[tuple[Card, Standing]], now: datetime) -> tuple[Card, ...]:
    """What is soonest forgotten first; of such as are alike, what was longest not asked."""
    ordered = sorted(pairs, key=lambda pair: (pair[1].recall(now), pair[1].last))
    return tuple(card for card, _ in ordered)


def deck(
    cards: Iterable[Card],
    passed: Mapping[str, datetime | None],
    kept: Mapping[str, str],
    now: datetime,
) -> tuple[Deck, dict[str, str]]:
    """The deck, and what of it is to be kept anew: cards that have come into it, that cannot be
    read any more, or that were asked with a clock that has since been set back.

    `passed`: the spells that passed, with the time where it is known. `kept`: what the journey
    keeps of each card.
    """
    found: dict[str, tuple[Card, Standing]] = {}
    anew: dict[str, str] = {}
    for card in cards:
        if card.after not in passed:
            continue
        before = schedule.load(kept[card.id]) if card.id in kept else None
        standing = _standing(before, passed[card.after], now)
        if standing != before:
            anew[card.id] = schedule.dump(standing)
        found[card.id] = (card, standing)
    return Deck(found), anew


def _standing(before: Standing | None, passed: datetime | None, now: datetime) -> Standing:
    if before is not None:
        return schedule.settled(before, now)
    return schedule.begun(min(passed, now) if passed is not None else now)


def figures(deck: Deck, ratings: Iterable[int], now: datetime) -> Figures:
    """The deck in figures; `ratings`: how each question was answered (`Answer`)."""
    given = [rating for rating in ratings if rating in set(Answer)]
    right = sum(rating != Answer.WRONG for rating in given)
    share = round(right / len(given), 4) if given else None
    return Figures(len(deck.cards), len(deck.due(now)), len(given), right, share)
