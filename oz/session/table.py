"""What the rooms of a session share: the campaign, the journey, and where the story stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from oz.campaign import Campaign
from oz.crucible.model import Namespace
from oz.saves import Journey
from oz.session.model import SessionEvent
from oz.spells.model import Spell
from oz.story.events import Said, Voice
from oz.story.model import World
from oz.story.state import State
from oz.study.cards import Card


@dataclass(frozen=True, slots=True)
class CastNow:
    """Stands among the answers to a typed line where a cast is to be made. Never leaves the
    session."""

    spell: str


@dataclass(frozen=True, slots=True)
class StopNow:
    """Stands where the cast under way is to be stopped. Never leaves the session."""


@dataclass(frozen=True, slots=True)
class ReportNow:
    """Stands where the report of the journey is to be written. Never leaves the session."""


@dataclass(frozen=True, slots=True)
class TruthNow:
    """Stands where a card's program is to be run and an answer to it judged. Never leaves the
    session."""

    card: Card
    answer: str


Answer = SessionEvent | CastNow | StopNow | ReportNow | TruthNow


@dataclass
class Table:
    """The state of one session. Changed by its rooms, one turn at a time."""

    campaign: Campaign
    journey: Journey
    state: State
    news: str = ""
    """What has changed in the lessons since the journey was last open."""
    where: str = ""
    """Lessons of which the campaign is; for messages."""
    seen: dict[str, str] = field(default_factory=dict)
    """Digest of each draft when the game last read or wrote it."""
    question: Callable[[], Iterable[Answer]] | None = None
    """What 'yes' to the question just asked would do."""
    stepped: bool = False
    """The line being answered changed where the story stands (a restart, a restore)."""
    running: str | None = None
    """The spell of the cast under way."""
    left: tuple[str, Namespace] | None = None
    """The spell that was cast last, in this sitting, and what its program left behind."""

    @property
    def world(self) -> World:
        return self.campaign.world

    def spell(self, id: str) -> Spell:
        """The spell `id`. Raises `KeyError`, naming it."""
        return self.campaign.spells[id]


def system(text: str) -> Said:
    """Something about the game, not the story."""
    return Said(text, Voice.SYSTEM)


def refusal(text: str) -> Said:
    return Said(text, Voice.REFUSAL)
