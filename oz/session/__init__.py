"""One journey being played. Both front ends talk only to this.

The session joins the pure story (`oz.story`), the spells and their judging (`oz.spells`), the
crucible and the journey on disk (`oz.saves`). It knows no screen and no torch.

Two journeys through it: a typed line (`Session.submit`) is parsed and stepped, its turn is
committed, then its events are given out. A cast (`Session.cast`) runs the draft in the crucible,
streams what happens, commits the attempt with its code, and tells the story when it passed.
"""

from oz.session.game import Session
from oz.session.model import (
    Conjured,
    Desk,
    DeskOpened,
    DraftChanged,
    EditorWanted,
    HintShown,
    Judged,
    Left,
    SessionEvent,
    Status,
)
from oz.story.views import Place

__all__ = [
    "Conjured",
    "Desk",
    "DeskOpened",
    "DraftChanged",
    "EditorWanted",
    "HintShown",
    "Judged",
    "Left",
    "Place",
    "Session",
    "SessionEvent",
    "Status",
]
