"""How rooms, things and spells to be cast are described.

Knows `Play`; changes nothing but the count of what was told.
"""

from __future__ import annotations

import re

from oz.story import stock
from oz.story.events import Said, Voice
from oz.story.model import Character, Offer, Thing
from oz.story.play import Play
from oz.story.words import capital


def describe_room(play: Play, *, always: bool) -> None:
    """Name and describe the room, what lies in it, and which spell waits.

    `always`: in full, whatever the mode says ('look'); else the mode decides.
    """
    room = play.room
    play.say(room.name, Voice.TITLE)
    start = len(play.events)
    full = always or play.state.mode == "verbose"
    if play.state.mode == "brief" and room.id not in play.state.visited:
        full = True
    if full:
        play.tell(room.description)
    if full or play.state.mode != "superbrief":
        describe_things(play, start)
    cue_offers(play)


def describe_things(play: Play, start: int) -> None:
    """What lies and who is in this room; not those whom the prose since event `start` has named."""
    loose: list[Thing] = []
    company: list[str] = []
    others: list[str] = []
    for id in play.sight():
        thing = play.thing(id)
        if play.place(id) != play.state.room:
            if thing.lists is not None and not play.carried(id) and id not in play.state.taken:
                play.tell(thing.lists)
            continue
        if thing.lists is not None and (id not in play.state.taken or isinstance(thing, Character)):
            if not play.tell(thing.lists) and isinstance(thing, Character) and play.follows(thing):
                company.append(id)
        elif isinstance(thing, Character):
            (company if play.follows(thing) else others).append(id)
        elif thing.portable:
            loose.append(thing)
    for id in play.contents(play.state.room):
        _laid_open(play, id)
    if loose:
        ids = [thing.id for thing in loose]
        play.say(stock.LIE_HERE.format(things=play.list_a(ids), are=_are(play, ids)), Voice.PROSE)
    for found, form in ((others, stock.IS_HERE), (company, stock.WITH_YOU)):
        prose = "\n".join(e.text for e in play.events[start:] if isinstance(e, Said))
        ids = [id for id in found if not _named(play, id, prose)]
        if ids:
            who = capital(play.list_the(ids))
            play.say(form.format(Who=who, are=_are(play, ids)), Voice.PROSE)


def _named(play: Play, id: str, prose: str) -> bool:
    """Whether `prose` speaks of the character by name."""
    return re.search(rf"\b{re.escape(play.the(id))}\b", prose, re.IGNORECASE) is not None


def _are(play: Play, ids: list[str]) -> str:
    many = len(ids) > 1 or play.thing(ids[0]).plural
    return stock.ARE if many else stock.IS


def _laid_open(play: Play, id: str) -> None:
    """What lies in or on something that stands here, if one can see it without going near."""
    thing = play.thing(id)
    if isinstance(thing, Character) or not play.shows_inside(id):
        return
    inside = [
        other
        for other in play.contents(id)
        if play.thing(other).portable
        and (play.thing(other).lists is None or other in play.state.taken)
    ]
    if inside:
        form = stock.IN_IT if thing.container else stock.ON_IT
        play.say(play.word(form, id, things=play.list_a(inside)), Voice.PROSE)


def cue_offers(play: Play) -> None:
    """The spells that wait here, by the room's own sentence or the stock one."""
    for offer in unpassed(play):
        if play.behind(offer.spell):
            play.say(stock.CUE_SPELL_LEFT.format(title=offer.title), Voice.CUE)
        elif not play.tell(offer.cue, Voice.CUE):
            play.say(stock.CUE_SPELL.format(title=offer.title), Voice.CUE)


def unpassed(play: Play) -> list[Offer]:
    """Spells that wait here."""
    return [offer for offer in play.offers() if offer.spell not in play.state.passed]


def describe_contents(play: Play, id: str, *, always: bool = False) -> bool:
    """What is in, on or with the thing; `always`: say so if it is nothing, too."""
    thing = play.thing(id)
    if not play.shows_inside(id):
        play.say(play.word(stock.IS_CLOSED, id))
        return True
    inside = play.contents(id)
    if isinstance(thing, Character):  # what is part of somebody is told by how they look
        inside = [other for other in inside if play.thing(other).portable]
    if inside:
        if isinstance(thing, Character):
            form = stock.HAS
        elif thing.container:
            form = stock.IN_IT
        else:
            form = stock.ON_IT
        play.say(play.word(form, id, things=play.list_a(inside)))
        return True
    if thing.openable and thing.container:
        play.say(play.word(stock.IS_OPEN_EMPTY, id))
        return True
    if always and thing.container:
        play.say(play.word(stock.EMPTY, id))
        return True
    return False
