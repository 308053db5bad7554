"""What a step of the story says: ordered, frozen events for whoever shows them.

No event is a command to the screen; what needs the world outside (`Conjure`, `OpenSpell`, `Ask`) is
carried out by `oz.session`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Voice(StrEnum):
    """Who or what speaks; front ends set each apart."""

    TITLE = "title"
    """The name of a place or a stage."""
    PROSE = "prose"
    SPEECH = "speech"
    """A character's words (`Said.who`)."""
    REPORT = "report"
    """The outcome of an ordinary action: 'Taken.'"""
    REFUSAL = "refusal"
    """It cannot be done; nothing changed."""
    QUESTION = "question"
    """The game asks back ('Which stone do you mean, …?')."""
    CUE = "cue"
    """A pointer to what can be done: exits, a spell to be cast, topics."""
    SYSTEM = "system"
    """About the game, not the story: help, score, save."""


@dataclass(frozen=True, slots=True)
class Said:
    """Text for the player. Markdown (emphasis, code, lists, fenced code; no links, no HTML)."""

    text: str
    voice: Voice = Voice.PROSE
    who: str | None = None
    """Id of the character who speaks, for `Voice.SPEECH`."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Dorothy stands in another room now."""

    room: str


@dataclass(frozen=True, slots=True)
class StageBegun:
    stage: str


@dataclass(frozen=True, slots=True)
class StageFinished:
    stage: str


@dataclass(frozen=True, slots=True)
class Scored:
    points: int
    total: int
    reason: str


@dataclass(frozen=True, slots=True)
class Journalled:
    """An entry was added to the journal."""

    text: str


@dataclass(frozen=True, slots=True)
class Conjure:
    """Run this snippet and show its output here: examining a PyTorch thing shows a real one."""

    thing: str
    source: str


@dataclass(frozen=True, slots=True)
class OpenSpell:
    """Open the desk of this spell."""

    spell: str


class Request(StrEnum):
    """Commands about the game that the story cannot carry out itself. They take no turn."""

    SAVE = "save"
    RESTORE = "restore"
    RESTART = "restart"
    QUIT = "quit"
    UNDO = "undo"
    HINT = "hint"
    SPELLS = "spells"
    """List the spells of this stage and how they stand."""
    SOLUTION = "solution"
    RESET = "reset"
    """Put the starter back as the draft (the old draft is kept)."""
    RUN = "run"
    """Cast the draft of the open spell."""
    STOP = "stop"
    EDIT = "edit"
    """Open the draft in the player's own editor."""
    SHOW = "show"
    """Show the draft of the open spell."""
    BRIEFING = "briefing"
    ANSWER = "answer"
    """Answer a question of a predict spell; the argument is the answer."""
    TRANSCRIPT = "transcript"
    """Argument: ``on [FILE]`` or ``off``."""
    MAP = "map"
    JOURNAL = "journal"
    """The argument: a stage or a spell of which all is wanted."""
    SPELLBOOK = "spellbook"
    """The names of the API that were met; the argument: one of them, or a stage."""
    REFERENCE = "reference"
    """Look up an API; the argument is its name."""
    BROADCAST = "broadcast"
    """Draw how shapes broadcast; the argument names them."""
    ATTEMPTS = "attempts"
    TENSORS = "tensors"
    """List what the last run left behind."""
    STATISTICS = "statistics"
    """Time, attempts, what was hard."""
    REPORT = "report"
    """Write the report of the journey."""
    REVIEW = "review"
    """Ask what is about to be forgotten; the argument: ``all``, a stage, ``on`` or ``off``."""
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class Ask:
    """Asks the session to do `request`."""

    request: Request
    argument: str = ""


StoryEvent = (
    Said | Entered | StageBegun | StageFinished | Scored | Journalled | Conjure | OpenSpell | Ask
)
