"""When a card comes back: the FSRS scheduler, as this game uses it.

The pass of a card's spell counts as the first time that it was known; from there on each answer
moves it. All intervals are whole days and the same for the same answers (nothing is left to
chance). Times are UTC, and whoever asks says what time it is.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from fsrs import Card as FsrsCard
from fsrs import Rating, Scheduler, State

EARLY = timedelta(hours=8)
"""A card may be asked so long before it is due: who plays in the evening shall not miss it by an
hour, and get it a day later."""
_LONGEST = 365
"""Days."""
_STABLE = 36_500.0
"""Days of stability, at most: more would make no difference."""
_SCHEDULER = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=_LONGEST, enable_fuzzing=False
)


class Answer(IntEnum):
    """How a question was answered. The values are kept in journeys."""

    WRONG = 1
    NEARLY = 2
    RIGHT = 3


_RATINGS = {
    Answer.WRONG: Rating.Again,
    Answer.NEARLY: Rating.Hard,
    Answer.RIGHT: Rating.Good,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How well a card is known, as far as its answers tell."""

    stability: float
    """Days after which it is remembered with a probability of 0.9."""
    difficulty: float
    """From 1 to 10."""
    last: datetime
    """When it was last asked, or its spell passed."""
    due: datetime

    def is_due(self, now: datetime) -> bool:
        """Whether it may be asked at the time `now`."""
        return self.due - EARLY <= now

    def recall(self, now: datetime) -> float:
        """The probability, by the model, that it is remembered at the time `now`."""
        return float(_SCHEDULER.get_card_retrievability(_card(self), _utc(now)))


def begun(at: datetime) -> Standing:
    """A card whose spell passed at the time `at`."""
    at = _utc(at)
    card, _ = _SCHEDULER.review_card(FsrsCard(card_id=0, due=at), Rating.Good, at)
    return _standing(card)


def after(standing: Standing, answer: Answer, now: datetime) -> Standing:
    """The card after an `answer` at the time `now`."""
    now = _utc(now)
    card, _ = _SCHEDULER.review_card(_card(standing), _RATINGS[answer], now)
    return _standing(card)


def settled(standing: Standing, now: datetime) -> Standing:
    """The same card where the clock was right. One that was last asked in the future was asked
    with a clock that ran ahead and has been set back: it then comes as long after now as it was to
    come after that."""
    if standing.last <= now + EARLY:
        return standing
    return replace(standing, last=_utc(now), due=_utc(now) + (standing.due - standing.last))


def dump(standing: Standing) -> str:
    """`standing` as the journey keeps it, JSON."""
    return json.dumps({
        "stability": standing.stability,
        "difficulty": standing.difficulty,
        "last": standing.last.isoformat(),
        "due": standing.due.isoformat(),
    })  # fmt: skip


def load(text: str) -> Standing | None:
    """What was kept, or `None` for what is no standing at all: such a card begins anew."""
    try:
        data = json.loads(text)
        found = Standing(
            _between(data["stability"], 0.0, _STABLE),
            _between(data["difficulty"], 1.0, 10.0),
            _utc(datetime.fromisoformat(data["last"])),
            _utc(datetime.fromisoformat(data["due"])),
        )
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    whole = timedelta() <= found.due - found.last <= timedelta(days=_LONGEST + 1)
    return found if whole else None


def _between(value: object, least: float, most: float) -> float:
    number = value if isinstance(value, (int, float)) else math.nan
    if not least <= number <= most or (not least and not number):
        raise ValueError(value)
    return float(number)


def _utc(time: datetime) -> datetime:
    """Raises `ValueError` for a time that says no zone."""
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    return time.astimezone(UTC)


def _card(standing: Standing) -> FsrsCard:
    return FsrsCard(
        card_id=0,
        state=State.Review,
        stability=standing.stability,
        difficulty=standing.difficulty,
        due=standing.due,
        last_review=standing.last,
    )


def _standing(card: FsrsCard) -> Standing:
    assert card.stability is not None
    assert card.difficulty is not None
    assert card.last_review is not None
    return Standing(min(card.stability, _STABLE), card.difficulty, card.last_review, card.due)
