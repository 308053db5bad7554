"""What the verbs of handling do: open, close, use, say, wait, where is, what is.

A handler takes the play, the command and one direct object (or none); it tells whether it
succeeded.
"""

from __future__ import annotations

from oz.story import stock
from oz.story.actions.common import is_person, is_real, no_object, plain
from oz.story.actions.looking import examine
from oz.story.actions.moving import enter
from oz.story.describe import describe_contents, unpassed
from oz.story.events import Ask, Request, Voice
from oz.story.model import PLAYER, Character
from oz.story.nouns import Problem, met, resolve
from oz.story.parser import Command
from oz.story.play import WAY, Play
from oz.story.words import bare, definite, phrase


def open_(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER or is_person(play, id):
        return plain(play, command, id)
    if id.startswith(WAY):
        return _open_way(play, id)
    thing = play.thing(id)
    if play.is_open(id) and thing.openable:
        return play.refuse(play.word(stock.OPEN_ALREADY, id))
    if not thing.openable:
        return play.refuse(play.word(stock.NOT_OPENABLE, id))
    play.set_open(id, open=True)
    play.say(play.word(stock.OPENED, id))
    if thing.container and play.contents(id):
        describe_contents(play, id)
    return True


def _open_way(play: Play, id: str) -> bool:
    way = play.way(id)
    if way is not None and not play.holds(way.when) and play.tell(way.blocked, Voice.REFUSAL):
        return False
    return play.refuse(play.word(stock.OPEN_ALREADY, id))


def close(play: Play, command: Command, id: str | None) -> bool:
    if id is None or id == PLAYER or is_person(play, id):
        return plain(play, command, id)
    thing = play.thing(id)
    if not thing.openable:
        return play.refuse(play.word(stock.NOT_CLOSABLE, id))
    if not play.is_open(id):
        return play.refuse(play.word(stock.CLOSED_ALREADY, id))
    play.set_open(id, open=False)
    play.say(play.word(stock.CLOSED, id))
    return True


def use(play: Play, command: Command, id: str | None) -> bool:
    """'use' is a guess of the player's: do the plain thing if there is one."""
    if id is None or id == PLAYER or is_person(play, id):
        return plain(play, command, id)
    if id.startswith(WAY):
        return enter(play, command, id)
    if command.second is not None:
        play.say(play.word(stock.USE_ON, id, command.second))
        return True
    thing = play.thing(id)
    if thing.read is not None or thing.conjure:
        return examine(play, command, id)
    if thing.openable and not play.is_open(id):
        return open_(play, command, id)
    if unpassed(play):
        play.say(stock.USE_SPELL, Voice.CUE)
        return True
    return play.refuse(play.word(stock.USE, id))


def wait(play: Play, _: Command, __: str | None) -> bool:
    play.say(stock.WAIT[play.state.turns % len(stock.WAIT)])
    return True


def _meant(play: Play, words: tuple[str, ...]) -> str | None:
    """The one thing in sight that `words` name."""
    words = bare(words)
    if not words:
        return None
    found = resolve(play, list(words), (0, len(words)), many=False, rather="")
    if isinstance(found, Problem):
        return found.options[0] if found.options else None
    return found[0]


def where(play: Play, command: Command, _: str | None) -> bool:
    id = _meant(play, command.topic)
    if id is not None and is_real(play, id):
        place = play.place(id)
        if play.carried(id):
            text = play.word(stock.WHERE_HAVE, id)
        elif place in play.world.things:
            text = play.word(stock.WHERE_IN, id, place)
        else:
            text = play.word(stock.WHERE_HERE, id)
        play.say(text)
        return True
    if id is not None:
        play.say(stock.HERE_ALREADY)
        return True
    id = met(play, bare(command.topic))
    if id is not None:
        room = play.world.rooms.get(play.place(id))
        if room is not None and room.id in play.state.visited:
            play.say(play.word(stock.WHERE_LAST, id, room=definite(room.name)))
            return True
    return play.refuse(stock.WHERE_UNKNOWN)


def who(play: Play, command: Command, _: str | None) -> bool:
    id = _meant(play, command.topic)
    if id == PLAYER:
        return no_object(play, Command("whoami"), None)
    if id is not None and is_real(play, id):
        return examine(play, command, id)
    id = met(play, bare(command.topic))
    if id is not None:
        play.say(play.word(stock.WHO_AWAY, id))
        return True
    return _somebody_knows(play, command) or play.refuse(stock.WHO_UNKNOWN)


def what(play: Play, command: Command, _: str | None) -> bool:
    """'what is …': a thing in sight, something to ask about, or a name of PyTorch's to look up."""
    id = _meant(play, command.topic)
    if id is not None:
        return examine(play, command, id)
    topic = command.topic
    if topic[-1] in {"this", "that", "it", "these", "those"}:
        return play.refuse(stock.SAY_WHICH)
    if topic[0] in {"in", "on", "inside", "under"}:
        return play.refuse(stock.UNSEEN.format(what=stock.SUCH_THING))
    if _somebody_knows(play, command):
        return True
    if topic[-1] in {"do", "mean", "return", "for"} and len(topic) > 1:
        topic = topic[:-1]
    play.events.append(Ask(Request.REFERENCE, " ".join(topic)))
    return True


def _somebody_knows(play: Play, command: Command) -> bool:
    topic = bare(command.topic)
    for person in play.people():
        for known_topic in person.topics:
            if topic in {phrase(word) for word in known_topic.words} and play.holds(
                known_topic.when
            ):
                short = play.the(person.id).removeprefix("the ").lower()
                play.say(
                    stock.WHAT_ASK.format(
                        Who=play.The(person.id), short=short, topic=" ".join(topic)
                    ),
                    Voice.CUE,
                )
                return True
    return False


def nearest_person(play: Play) -> Character | None:
    """The one whom words without an address are for: the only one here, companions last."""
    people = play.people()
    others = [person for person in people if not play.follows(person)]
    chosen = others or people
    return chosen[0] if len(chosen) == 1 else None
