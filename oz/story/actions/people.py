"""What the verbs of talking do: talk, ask, tell, order, say.

A handler takes the play, the command and one direct object (or none); it tells whether it
succeeded.
"""

from __future__ import annotations

from oz.story import stock
from oz.story.actions.common import announce, no_object, person
from oz.story.actions.doing import nearest_person
from oz.story.effects import topic_reply
from oz.story.events import Voice
from oz.story.model import PLAYER, Character, Topic
from oz.story.parser import Command
from oz.story.play import Play
from oz.story.speech import SPEECH
from oz.story.words import bare, listed, phrase

_ARTICLES = SPEECH.articles | {"the", "a", "an"}


def _whom(play: Play, command: Command, id: str | None) -> Character | None:
    """Whom it is said to; says why when there is nobody."""
    if id == PLAYER:
        no_object(play, command, id)
        return None
    if id is not None:
        who = person(play, id)
        if who is None:
            play.refuse(play.word(stock.NO_ANSWER_THING, id))
        return who
    who = nearest_person(play)
    if who is None:
        play.refuse(stock.NOBODY_HERE)
        return None
    announce(play, play.word(stock.TO_WHOM, who.id))
    return who


def talk(play: Play, command: Command, id: str | None) -> bool:
    who = _whom(play, command, id)
    if who is None:
        return False
    if not play.tell(who.greeting, Voice.SPEECH, who.id):
        play.say(play.word(stock.GREETING, who.id))
    cue_topics(play, who)
    return True


def open_topics(play: Play, who: Character, *, all: bool = False) -> list[Topic]:
    """Topics that are offered now, those not spoken of yet (or all)."""
    return [
        topic
        for topic in who.topics
        if topic.listed
        and play.holds(topic.when)
        and (all or f"{who.id}.{topic.id}" not in play.state.talked)
    ]


def cue_topics(play: Play, who: Character, *, all: bool = False) -> bool:
    """Say what one could ask; whether there was anything."""
    topics = [topic.listed for topic in open_topics(play, who, all=all)]
    if not topics:
        return False
    them = play.name(who.id).agreeing["them"]
    named = play.whom(who.id) if all else them
    text = stock.TOPICS.format(who=named, topics=listed(topics, "or"))
    play.say(text, Voice.CUE)
    return True


def find_topic(play: Play, who: Character, words: tuple[str, ...]) -> Topic | None:
    """The topic that `words` mean: an exact name before the longest that occurs in them."""
    words = _unfold(words)
    best: tuple[int, Topic | None] = (0, None)
    for topic in who.topics:
        if not play.holds(topic.when):
            continue
        for name in {phrase(word) for word in topic.words} | {phrase(topic.id)}:
            size = _fit(words, bare(name) if name else name)
            if size > best[0]:
                best = (size, topic)
    return best[1]


def _unfold(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in bare(words) if word not in _ARTICLES)


def _fit(words: tuple[str, ...], name: tuple[str, ...]) -> int:
    if not name or not words:
        return 0
    if words == name:
        return 1000
    spans = (words[i : i + len(name)] for i in range(len(words) - len(name) + 1))
    return len(name) if name in spans else 0


def _about(play: Play, command: Command, who: Character) -> Topic | None:
    """The topic asked about; 'it' and the like mean what they mean elsewhere."""
    words = bare(command.topic)
    if len(words) == 1 and words[0] in {"it", "him", "her", "them"}:
        id = {"it": play.state.it, "him": play.state.him, "her": play.state.her}.get(words[0])
        if words[0] == "them" and play.state.them:
            id = play.state.them[0]
        for noun in sorted(play.words.nouns.get(id or "", frozenset())):
            topic = find_topic(play, who, noun)
            if topic is not None:
                return topic
    return find_topic(play, who, words)


def ask(play: Play, command: Command, id: str | None) -> bool:
    who = _whom(play, command, id)
    if who is None:
        return False
    if not command.topic:
        return talk(play, command, who.id)
    topic = _about(play, command, who)
    if topic is not None:
        topic_reply(play, who, topic)
        return True
    if not play.tell(who.default, Voice.SPEECH, who.id):
        play.say(play.word(stock.DEFAULT_TOPIC, who.id))
    cue_topics(play, who)
    return True


def order(play: Play, command: Command, id: str | None) -> bool:
    """'boq, go north': nobody takes orders, but questions and greetings among them are heard."""
    who = person(play, id) if id else None
    if who is None:
        return play.refuse(play.word(stock.ORDER_THING, id or PLAYER))
    words = command.topic
    if not words or words[0] in {"hello", "hi", "hey", "hullo", "greetings"}:
        return talk(play, command, who.id)
    if words[0] in {"come", "follow", "heel", "here"} and play.follows(who):
        play.say(play.word(stock.ORDER_COME, who.id))
        return True
    topic = find_topic(play, who, words)
    if topic is not None:
        topic_reply(play, who, topic)
    else:
        play.say(play.word(stock.ORDER, who.id))
    return True


def say(play: Play, command: Command, id: str | None) -> bool:
    if not command.topic:
        return no_object(play, command, None)
    who = person(play, id) if id and id != PLAYER else nearest_person(play)
    if who is None:
        play.say(stock.SAY.format(text=" ".join(command.topic)))
        return True
    topic = find_topic(play, who, command.topic)
    if topic is not None:
        topic_reply(play, who, topic)
    else:
        play.say(play.word(stock.SAY_TO, who.id))
    return True
