"""What a session says, and what front ends show beside the story, as plain frozen data.

Nothing here knows a file, a process or a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from oz.crucible.model import Event as CrucibleEvent
from oz.crucible.model import Picture
from oz.spells.model import Spell, Verdict
from oz.story.events import StoryEvent
from oz.story.views import Place

# --- what a session says besides story events and crucible events ---------------------------------


@dataclass(frozen=True, slots=True)
class Conjured:
    """The real output of a thing's snippet, to be shown where `Conjure` stood."""

    thing: str
    text: str
    failed: bool = False
    pictures: tuple[Picture, ...] = ()
    """Images that the snippet left in public names."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The end of a cast: what the game says of it."""

    verdict: Verdict
    attempt: int
    """1 for the first attempt at this spell."""
    first_pass: bool = False


@dataclass(frozen=True, slots=True)
class DeskOpened:
    """The desk of a spell is to be shown (`OpenSpell`, or resuming)."""

    spell: str


@dataclass(frozen=True, slots=True)
class HintShown:
    spell: str
    number: int
    of: int
    text: str


@dataclass(frozen=True, slots=True)
class EditorWanted:
    """The front end is to open this file in the player's own editor."""

    path: Path


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """The draft was changed on disk by another program. `conflict`: and in the game too.

    Without a conflict, take it anew (`Session.desk`, `taken`). With one, the game's text is the
    draft now and the other side lies in `theirs`; ask, and call `Session.take_draft` if that one is
    wanted (the game's is then kept beside). Whichever is chosen, neither is lost.
    """

    spell: str
    conflict: bool
    theirs: Path | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """The player asked to leave; everything is saved."""


SessionEvent = (
    StoryEvent
    | CrucibleEvent
    | Conjured
    | Judged
    | DeskOpened
    | HintShown
    | EditorWanted
    | DraftChanged
    | Left
)
"""Front ends never see `Conjure`, `OpenSpell` or `Ask`: the session answers those."""


# --- what front ends show beside the story --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Status:
    """Everything the side panels and the prompt need; cheap to make after every turn."""

    stage: str
    """The stage that the journey is in; the room may be one of an earlier stage."""
    stage_title: str
    room: str
    room_name: str
    score: int
    max_score: int
    turns: int
    goals: tuple[str, ...]
    exits: tuple[str, ...]
    """Directions that are open, in compass order."""
    things_here: tuple[str, ...]
    """Names of portable things and characters in sight."""
    carrying: tuple[str, ...]
    places: tuple[Place, ...]
    """Visited rooms of this stage and their visible neighbours."""
    spells: tuple[tuple[str, str, str], ...]
    """(id, title, state) of this stage's spells; state: ``closed``, ``open``, ``tried`` or
    ``passed``."""
    desk: str | None
    """The spell whose desk is open."""
    proven: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The title of each stage that was proven instead of walked, and the ids of the spells that
    were left out there and not cast since."""
    known: Mapping[str, str] = field(default_factory=dict)
    """Names of visited rooms of other stages to which a way of this one leads, by id."""

    @property
    def names(self) -> Mapping[str, str]:
        """What the places and those beyond are called, as far as Dorothy has seen them, by id."""
        return {**self.known, **{place.id: place.name for place in self.places}}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the spell desk shows."""

    spell: Spell
    path: Path
    """The draft on disk."""
    source: str
    """Its text."""
    state: str
    attempts: int
    hints_seen: int
    """The first so many of `spell.hints` were seen."""
    solution_open: bool
    """The model answer may be looked at: after a pass, or after the last hint."""
