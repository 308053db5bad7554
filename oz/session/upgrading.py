"""A journey and the lessons it was played with, brought together after the lessons have changed.

Attempts, hints and drafts of a spell that was renamed go with it, and so do the answers to a card;
with a stage that was renamed all of its spells and cards go, and with a spell that went to another
stage its cards. What was done with one that is gone stays where it is. The player is told once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from oz.campaign import Campaign
from oz.saves import Journey
from oz.story.renames import called_now
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
    stages = _stages(campaign)
    named = {old: new for old, new in campaign.world.renamed.items() if new in now}
    names = {**_of_stages(stages, now), **named}
    with journey.transaction():
        for old, new in names.items():
            if old in tried or journey.hints_seen(old):
                journey.rename_spell(old, new)
            _move_drafts(journey, old, new)
        for old, new in stages.items():
            journey.rename_stage(old, new)
        _rename_cards(journey, campaign, stages, names)
        if known != set(now):
            journey.note(spells=json.dumps(sorted(now)))
    if known is None:
        return ""
    gone = sorted(id for id in tried if id in known and id not in now and id not in names)
    visited = {room.partition("/")[0] for room in state.visited}
    begun = [id for id in now if id not in known and id.partition("/")[0] in visited]
    added = [id for id in begun if id not in names.values()]
    been = {id.partition("/")[0] for id in known}
    called = [(old, named[old]) for old in sorted(named) if old in known]
    called += [(old, stages[old]) for old in sorted(stages) if old in been]
    return _told(called, gone, added, campaign)


def _known(journey: Journey) -> set[str] | None:
    """The spells there were when the journey was last open; `None`: nobody noted them."""
    try:
        noted = json.loads(journey.meta("spells") or "null")
    except (ValueError, RecursionError):
        return None
    return {str(id) for id in noted} if isinstance(noted, list) else None


def _stages(campaign: Campaign) -> dict[str, str]:
    """Stages that were called otherwise, and are no longer called so."""
    there = campaign.world.stages
    renamed = campaign.world.renamed.items()
    return {old: new for old, new in renamed if new in there and old not in there}


def _of_stages(stages: Mapping[str, str], now: Iterable[str]) -> dict[str, str]:
    """What the spells of renamed `stages` were called, and what they are called `now`."""
    before = {new: old for old, new in stages.items()}
    parts = ((id, *id.split("/", 1)) for id in now)
    return {f"{before[stage]}/{name}": id for id, stage, name in parts if stage in before}


def _rename_cards(
    journey: Journey, campaign: Campaign, stages: Mapping[str, str], spells: Mapping[str, str]
) -> None:
    """Cards are called anew like spells, and go with their stage, or with their spell to another.
    Those that are gone stay, in case they come back."""
    cards = campaign.reviews
    names = {**campaign.world.renamed, **stages}
    if not names:
        return
    for old in journey.cards():
        if old in cards:
            continue
        stage, _slash, name = old.partition("/")
        gone_to = {
            f"{new.partition('/')[0]}/{name}": new
            for spell, new in spells.items()
            if spell.partition("/")[0] == stage
        }
        moved = [id for id, spell in gone_to.items() if id in cards and cards[id].after == spell]
        for new in (called_now(old, names), *moved):
            if new in cards:
                journey.rename_card(old, new)
                break


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
