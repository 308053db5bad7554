"""A journey and the lessons it was played with, brought together after the lessons have changed.

Attempts, hints and drafts of a spell that was renamed go with it, and so do the answers to a card;
those of one that is gone stay where they are. The player is told once.
"""

from __future__ import annotations

import json

from oz.campaign import Campaign
from oz.saves import Journey
from oz.story.state import State
from oz.tongue import _

_MOST = 6
"""New spells that are named; of more it is only said how many."""


def upgrade(journey: Journey, campaign: Campaign, state: State) -> str:
    """Bring `journey` up to the lessons; what to tell of it, Markdown, empty where nothing changed.

    Raises `oz.saves.SavesError`.
    """
    known = _known(journey)
    now = campaign.spells.keys()
    tried = journey.tried()
    names = {old: new for old, new in campaign.world.renamed.items() if new in now}
    with journey.transaction():
        for old, new in names.items():
            if old in tried:
                journey.rename_spell(old, new)
            _move_drafts(journey, old, new)
        _rename_cards(journey, campaign)
        if known != set(now):
            journey.note(spells=json.dumps(sorted(now)))
    if known is None:
        return ""
    gone = sorted(id for id in tried if id in known and id not in now and id not in names)
    visited = {room.partition("/")[0] for room in state.visited}
    begun = [id for id in now if id not in known and id.partition("/")[0] in visited]
    added = [id for id in begun if id not in names.values()]
    called = sorted(old for old in names if old in known)
    return _told([(old, names[old]) for old in called], gone, added, campaign)


def _known(journey: Journey) -> set[str] | None:
    """The spells there were when the journey was last open; `None`: nobody noted them."""
    try:
        noted = json.loads(journey.meta("spells") or "null")
    except (ValueError, RecursionError):
        return None
    return {str(id) for id in noted} if isinstance(noted, list) else None


def _rename_cards(journey: Journey, campaign: Campaign) -> None:
    """Cards are called anew like spells. Those that are gone stay, in case they come back."""
    names = {
        old: new
        for old, new in campaign.world.renamed.items()
        if new in campaign.reviews and old not in campaign.reviews
    }
    for old in names.keys() & journey.cards().keys() if names else ():
        journey.rename_card(old, names[old])


def _move_drafts(journey: Journey, old: str, new: str) -> None:
    for suffix in (".py", ".sh"):
        before, after = (
            journey.draft(stage, name + suffix)
            for stage, name in (old.split("/", 1), new.split("/", 1))
        )
        if before.is_file() and not after.exists():
            after.parent.mkdir(parents=True, exist_ok=True)
            before.rename(after)


def _told(
    called: list[tuple[str, str]], gone: list[str], new: list[str], campaign: Campaign
) -> str:
    told = [
        _("`{old}` is `{now}` now, and what you did goes with it.").format(old=old, now=now)
        for old, now in called
    ]
    told += [
        _("`{id}` is no longer on the road; your attempts at it are kept.").format(id=id)
        for id in gone
    ]
    if len(new) > _MOST:
        told.append(
            _("There are {count} new spells in stages that you have been to.").format(
                count=len(new)
            )
        )
    elif new:
        titles = ", ".join(f"*{campaign.spells[id].title}*" for id in new)
        told.append(_("New in stages that you have been to: {titles}.").format(titles=titles))
    return " ".join([_("The lessons have changed since you were here."), *told]) if told else ""
