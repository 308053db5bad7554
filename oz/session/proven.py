"""What is said of stages that were proven instead of walked: beside the spells, and on the map.

Pure: a status in, Markdown out.
"""

from __future__ import annotations

from oz.session.model import Status
from oz.story.words import listed
from oz.tongue import _


def beside_spells(status: Status) -> str:
    """What stands below the spells of this stage: those left out in the stages that were proven;
    empty where none was."""
    if not status.proven:
        return ""
    lines = [f"- {title}: {_left(spells)}" for title, spells in status.proven]
    head = _("Proven, and what was left out there (`cast` and a name opens it, wherever you are):")
    return head + "\n\n" + "\n".join(lines)


def _left(spells: tuple[str, ...]) -> str:
    return ", ".join(f"`{id.split('/', 1)[1]}`" for id in spells) or _("nothing")


def on_the_map(status: Status) -> str:
    """What stands below the map; empty where no stage was proven."""
    titles = [title for title, __ in status.proven]
    return _("Proven, not walked: {stages}.").format(stages=listed(titles)) if titles else ""
