"""Commands about the game and about spells: they take no turn, and no rule hears of them.

What the story can answer itself it says; what it cannot is an `Ask` or an `OpenSpell` for the
session.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from oz.story import placement, stock, views
from oz.story.actions.common import person
from oz.story.actions.doing import nearest_person
from oz.story.actions.people import cue_topics
from oz.story.commands import parted
from oz.story.describe import unpassed
from oz.story.effects import open_spell
from oz.story.events import Ask, Request, Voice
from oz.story.model import Offer
from oz.story.parser import Command
from oz.story.play import Play
from oz.story.speech import SPEECH
from oz.story.words import bare, definite, listed

_OWN = "".join(f"{word}|" for word in SPEECH.raw)
_RAW = re.compile(
    rf"^\s*(?:please\s+)?(?P<verb>{_OWN}answer|transcript|script|reference|ref|doc|docs|look\s+up"
    r"|broadcast|spellbook|grimoire|book(?=\s+\S))\b[\s:]*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
"""Commands whose rest is taken as it was typed: code, file names."""


_SPELLBOOK = frozenset({"spellbook", "grimoire", "book"})
_LOOKED_UP = _SPELLBOOK | {"reference", "ref", "doc", "docs", "look up"}
"""Those after which a name of the API is what is taken as it was typed, and 'then' is none."""
_THEN = "|".join(["then", *(word for word, meant in SPEECH.small.items() if meant == "then")])
_ENDS = re.compile(rf"\s*[.;]\s+|[\s,]+(?:and\s+)?(?:{_THEN})\s+", re.IGNORECASE)
"""What a command may end with before another."""
_NUMBERED = re.compile(r"^\s*(?:restore|load)\s+(?P<number>\d{1,9})\s*$", re.IGNORECASE)


def raw_command(play: Play, line: str) -> str | None:
    """Carry out a command whose argument must not be taken apart, if `line` begins with one. What
    of the line comes after it is given back, mostly nothing; `None`: it was no such command."""
    numbered = _NUMBERED.match(line)
    if numbered is not None:
        play.events.append(Ask(Request.RESTORE, numbered["number"]))
        return ""
    match = _RAW.match(line)
    if match is None:
        return None
    verb = " ".join(match["verb"].lower().split())
    verb = SPEECH.raw.get(verb, verb)
    rest, after = match["rest"].strip(), ""
    if verb in _LOOKED_UP:
        rest, after = parted(rest)
    if verb == "answer":
        # Without a desk there is nothing to answer, and 'answer yes' is something to say.
        if play.state.desk is None:
            return None
        play.events.append(Ask(Request.ANSWER, rest))
    elif verb in {"transcript", "script"}:
        rest = SPEECH.switch.get(rest.lower(), rest)
        play.events.append(Ask(Request.TRANSCRIPT, rest or "on"))
    elif verb == "restore":
        play.events.append(Ask(Request.RESTORE, rest))
    elif verb == "broadcast":
        play.events.append(Ask(Request.BROADCAST, rest.rstrip("?")))
    elif verb in _SPELLBOOK:
        play.events.append(Ask(Request.SPELLBOOK, rest.rstrip("?")))
    else:
        play.events.append(Ask(Request.REFERENCE, rest.rstrip("?")))
    return after


def up_to_raw(line: str) -> tuple[str, str]:
    """`line` up to a command that `raw_command` carries out, and from there on."""
    for end in _ENDS.finditer(line):
        if _RAW.match(line[end.end() :]) and line[: end.start()].strip():
            return line[: end.start()], line[end.end() :]
    return line, ""


_TURNING = frozenset({Request.UNDO, Request.RESTORE, Request.RESTART, Request.QUIT})


def _request(request: Request) -> Callable[[Play, Command], bool]:
    def ask(play: Play, command: Command) -> bool:
        topic = " ".join(command.topic)
        play.events.append(Ask(request, SPEECH.switch.get(topic, topic)))
        # After these, what the rest of the line was said about may not be there any more.
        return request not in _TURNING

    return ask


def _said(text: str) -> Callable[[Play, Command], bool]:
    def say(play: Play, _: Command) -> bool:
        play.say(text, Voice.SYSTEM)
        return True

    return say


def _score(play: Play, _: Command) -> bool:
    play.say(views.score_text(play.world, play.state), Voice.SYSTEM)
    return True


def _goals(play: Play, _: Command) -> bool:
    goals = views.goals(play.world, play.state)
    lines = [stock.GOALS, "", *(f"- {goal}" for goal in goals)] if goals else [stock.GOALS_NONE]
    play.say("\n".join(lines), Voice.SYSTEM)
    return True


def _exits(play: Play, _: Command) -> bool:
    play.say(views.exits_text(play.world, play.state), Voice.CUE)
    return True


def _things(play: Play, _: Command) -> bool:
    here = views.things_here(play.world, play.state)
    play.say(stock.THINGS.format(things=listed(here)) if here else stock.THINGS_NONE, Voice.SYSTEM)
    return True


def _topics(play: Play, command: Command) -> bool:
    who = person(play, command.object) if command.object else nearest_person(play)
    people = [who] if who else [p for p in play.people() if p.topics]
    said = [cue_topics(play, p, all=True) for p in people if p is not None]
    if any(said):
        return True
    if who is None:
        return play.refuse(stock.TOPICS_NOBODY if play.people() else stock.NOBODY_HERE)
    return play.refuse(play.word(stock.TOPICS_NONE, who.id))


def _mode(mode: str, text: str) -> Callable[[Play, Command], bool]:
    def change(play: Play, _: Command) -> bool:
        play.change(mode=mode)
        play.say(text, Voice.SYSTEM)
        return True

    return change


# --- spells
# -----------------------------------------------------------------------------------------


def _cast(play: Play, command: Command) -> bool:
    return cast_named(play, command.topic) if command.topic else _cast_here(play)


def _cast_here(play: Play) -> bool:
    waiting = unpassed(play) or play.offers()
    if len(waiting) == 1:
        if waiting[0].spell in play.state.passed:
            play.say(stock.CAST_AGAIN.format(title=waiting[0].title), Voice.CUE)
        open_spell(play, waiting[0].spell)
        return True
    if waiting:
        return which_spell(play, waiting)
    known = next(
        (
            play.world.rooms[room]
            for offer in play.world.offers.values()
            if offer.spell not in play.state.passed
            and play.holds(offer.when)
            and not play.behind(offer.spell)
            for room in offer.rooms
            if room in play.state.visited
        ),
        None,
    )
    if known is not None:
        return play.refuse(stock.CAST_NONE_BUT.format(room=definite(known.name)))
    return play.refuse(stock.CAST_NONE)


def which_spell(play: Play, offers: list[Offer]) -> bool:
    """Ask which of several spells is meant."""
    titles = listed([f"“{offer.title}”" for offer in offers], "or")
    pending = {"kind": "spell", "options": [offer.spell for offer in offers]}
    play.ask(stock.WHICH_SPELL.format(options=titles), pending)
    return False


def offers_named(play: Play, words: tuple[str, ...], among: list[Offer]) -> list[Offer]:
    """Offers of `among` that `words` name: by the whole name, else by words that occur in it."""
    words = bare(tuple(word for word in words if word not in {"spell", "called"}) or words)
    exact = [offer for offer in among if words in play.words.offer_names[offer.spell]]
    if exact:
        return exact
    wanted = set(words)
    return [
        offer
        for offer in among
        if any(wanted <= set(name) for name in play.words.offer_names[offer.spell])
    ]


def cast_named(play: Play, words: tuple[str, ...]) -> bool:
    """'cast NAME': open it if it is offered here; else say honestly where it is."""
    here = offers_named(play, words, play.offers())
    here = [o for o in here if o.spell not in play.state.passed] or here
    if len(here) == 1:
        open_spell(play, here[0].spell)
        return True
    if here:
        return which_spell(play, here)
    found = offers_named(play, words, list(play.world.offers.values()))
    anywhere = _anywhere(play, found)
    if len(anywhere) > 1:
        return which_spell(play, anywhere)
    if anywhere:
        open_spell(play, anywhere[0].spell)
        return True
    if not found:
        return play.refuse(stock.CAST_UNKNOWN)
    visited = [o for o in found if not play.state.visited.isdisjoint(o.rooms)]
    return elsewhere(play, (visited or found)[0])


def elsewhere(play: Play, offer: Offer) -> bool:
    """Say honestly where a spell is cast that is not cast here and now."""
    if play.state.room in offer.rooms:
        return play.refuse(stock.CAST_NOT_YET.format(title=offer.title))
    seen = [room for room in offer.rooms if room in play.state.visited]
    if not seen:
        return play.refuse(stock.CAST_UNSEEN.format(title=offer.title))
    room = definite(play.world.rooms[seen[0]].name)
    return play.refuse(stock.CAST_ELSEWHERE.format(title=offer.title, room=room))


def _anywhere(play: Play, found: list[Offer]) -> list[Offer]:
    """What of `found` opens wherever Dorothy is: all of it once the story is told; before, what was
    left out in proven stages, beside which those of this stage are asked about too."""
    if play.free:
        return found
    left = [offer for offer in found if play.behind(offer.spell)]
    here = [o for o in found if o not in left and play.words.stage_of[o.spell] == play.room.stage]
    here = [offer for offer in here if offer.spell not in play.state.passed]
    waiting = [offer for offer in left if offer.spell not in play.state.passed]
    if waiting:
        return [*here, *waiting]
    return [] if here else left


def castable(play: Play, offer: Offer) -> bool:
    """Whether its desk opens here and now."""
    return play.free or play.behind(offer.spell) or offer in play.offers()


_COMMANDS: dict[str, Callable[[Play, Command], bool]] = {
    "cast": _cast,
    "prove": lambda play, _: placement.asked(play),
    "spells": _request(Request.SPELLS),
    "run": _request(Request.RUN),
    "stop": _request(Request.STOP),
    "show-code": _request(Request.SHOW),
    "edit": _request(Request.EDIT),
    "briefing": _request(Request.BRIEFING),
    "hint": _request(Request.HINT),
    "solution": _request(Request.SOLUTION),
    "reset": _request(Request.RESET),
    "attempts": _request(Request.ATTEMPTS),
    "tensors": _request(Request.TENSORS),
    "map": _request(Request.MAP),
    "journal": _request(Request.JOURNAL),
    "statistics": _request(Request.STATISTICS),
    "report": _request(Request.REPORT),
    "review": _request(Request.REVIEW),
    "version": _request(Request.VERSION),
    "save": _request(Request.SAVE),
    "restore": _request(Request.RESTORE),
    "restart": _request(Request.RESTART),
    "quit": _request(Request.QUIT),
    "undo": _request(Request.UNDO),
    "help": _said(f"{stock.HELP}\n\n{stock.HELP_PROVE}"),
    "score": _score,
    "goals": _goals,
    "exits": _exits,
    "things": _things,
    "topics": _topics,
    "verbose": _mode("verbose", stock.VERBOSE),
    "brief": _mode("brief", stock.BRIEF),
    "superbrief": _mode("superbrief", stock.SUPERBRIEF),
}


def carry_out(play: Play, command: Command) -> bool:
    """Carry out a command about the game; whether it could be done."""
    if command.verb == "about":
        play.say(play.world.about or stock.NO_ABOUT, Voice.SYSTEM)
        return True
    if command.verb == "credits":
        play.say(play.world.credits or stock.NO_CREDITS, Voice.SYSTEM)
        return True
    return _COMMANDS[command.verb](play, command)
