"""Carrying out effects and rules: what the files of a stage say happens.

Knows `Play` and the walk from room to room; knows no verb and no parser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from oz.story import stock
from oz.story.describe import describe_room
from oz.story.events import (
    Conjure,
    Journalled,
    OpenSpell,
    Scored,
    StageBegun,
    StageFinished,
    Voice,
)
from oz.story.model import PLAYER, Character, Effect, Rule, Text, Topic
from oz.story.play import Play
from oz.story.state import finished_mark

_MAX_DEPTH = 8
"""Rooms that rules may send Dorothy through in one go; a circle of 'arrive' rules ends here."""


def begin_stage(play: Play) -> None:
    """Announce the stage of this room if Dorothy has not been in it before."""
    stage = play.world.stages.get(play.room.stage)
    mark = f"stage:{play.room.stage}"
    if stage is None or mark in play.state.fired:
        return
    play.change(fired=play.state.fired | {mark})
    play.events.append(StageBegun(stage.id))
    play.tell(stage.arrival)


def arrive(play: Play, room: str, depth: int = 0) -> None:
    """Bring Dorothy to `room`: announce, describe, and let the rules about arriving speak."""
    if room not in play.world.rooms:
        return
    play.stand_in(room)
    begin_stage(play)
    describe_room(play, always=False)
    play.change(visited=play.state.visited | {room})
    if depth < _MAX_DEPTH:
        run_rules(play, "arrive", (room,), depth=depth + 1)


def score(play: Play, key: str, points: int, reason: str) -> None:
    """Give points once for `key`."""
    if key in play.state.scored or points == 0:
        return
    play.change(scored={**play.state.scored, key: points})
    play.events.append(Scored(points, play.state.score, reason))


def _text(play: Play, effect: Effect) -> Text | None:
    return effect.text or play.words.text(effect.target)


def _say(play: Play, effect: Effect, _: int) -> None:
    play.tell(_text(play, effect))


def _score(play: Play, effect: Effect, _: int) -> None:
    reason = play.wording(_text(play, effect)) or stock.SCORE_REASON
    key = effect.text.key if effect.text else effect.target
    score(play, key, effect.points, reason)


def _journal(play: Play, effect: Effect, _: int) -> None:
    text = _text(play, effect)
    if text is None or text.key in play.state.journal:
        return
    wording = play.wording(text)
    if wording:
        play.change(journal=(*play.state.journal, text.key))
        play.events.append(Journalled(wording))


def _move(play: Play, effect: Effect, depth: int) -> None:
    if effect.target == PLAYER:
        arrive(play, effect.place, depth)
    else:
        play.move(effect.target, effect.place)


def _conjure(play: Play, effect: Effect, _: int) -> None:
    """Let a thing show what its snippet prints, as when it is examined."""
    source = play.thing(effect.target).conjure
    if source:
        play.events.append(Conjure(effect.target, source))


def _offer(play: Play, effect: Effect, _: int) -> None:
    open_spell(play, effect.target)


_EFFECTS: dict[str, Callable[[Play, Effect, int], None]] = {
    "set": lambda play, effect, _: play.change(flags=play.state.flags | {effect.target}),
    "clear": lambda play, effect, _: play.change(flags=play.state.flags - {effect.target}),
    "move": _move,
    "go": lambda play, effect, depth: arrive(play, effect.target, depth),
    "say": _say,
    "score": _score,
    "journal": _journal,
    "open": lambda play, effect, _: play.set_open(effect.target, open=True),
    "close": lambda play, effect, _: play.set_open(effect.target, open=False),
    "conjure": _conjure,
    "offer": _offer,
    "finish": lambda play, *_: finish_stage(play, play.room.stage),
}


def carry_out(play: Play, effects: Iterable[Effect], depth: int = 0) -> None:
    """Carry out `effects`, in order."""
    for effect in effects:
        _EFFECTS[effect.name](play, effect, depth)


def open_spell(play: Play, spell: str) -> None:
    """Open the desk of `spell`."""
    play.change(desk=spell, proving=None)
    play.events.append(OpenSpell(spell))


def finish_stage(play: Play, stage: str) -> None:
    """Announce that the stage is over, once."""
    mark = finished_mark(stage)
    if mark not in play.state.fired and stage in play.world.stages:
        play.change(fired=play.state.fired | {mark})
        play.events.append(StageFinished(stage))
        if stage == play.world.ending:
            play.say(stock.ENDED, Voice.SYSTEM)


def check_finished(play: Play, *stages: str) -> None:
    """Announce those of `stages`, and the present one, that are finished now."""
    for id in dict.fromkeys((*stages, play.room.stage)):
        stage = play.world.stages.get(id)
        if stage is None:
            continue
        # An empty condition would hold before anything was done.
        done = (
            play.done(stage)
            if stage.finished
            else bool(stage.spells) and play.state.passed.issuperset(stage.spells)
        )
        if done:
            finish_stage(play, id)


# --- rules
# ------------------------------------------------------------------------------------------


def rule_matches(play: Play, rule: Rule, objects: tuple[str, ...], second: str | None) -> bool:
    """Whether `rule` speaks of these objects, has not fired for good, and its condition holds."""
    if rule.thing is not None and rule.thing not in objects:
        return False
    if rule.second is not None and rule.second != second:
        return False
    if rule.once and rule.id in play.state.fired:
        return False
    return play.holds(rule.when)


def matching_rules(
    play: Play, on: str, objects: tuple[str, ...], second: str | None
) -> Iterator[Rule]:
    """The rules about `on` that may fire, each looked at when its turn comes: those before it may
    have changed everything."""
    for head in play.words.heads(on):
        if head.thing is not None and head.thing not in objects:
            continue
        if not play.holds(head.needs):
            continue
        if rule_matches(play, rule := play.words.rule(head), objects, second):
            yield rule


def fire(play: Play, rule: Rule, depth: int = 0) -> None:
    """What `rule` says and does."""
    if rule.once:
        play.change(fired=play.state.fired | {rule.id})
    play.tell(rule.say)
    carry_out(play, rule.do, depth)


def run_rules(play: Play, on: str, objects: tuple[str, ...] = (), depth: int = 0) -> None:
    """Fire every rule about the happening `on` ('arrive', 'turn', 'pass')."""
    for rule in matching_rules(play, on, objects, None):
        fire(play, rule, depth)


def topic_reply(play: Play, person: Character, topic: Topic) -> None:
    """The character's reply about `topic`; its consequences the first time only."""
    key = f"{person.id}.{topic.id}"
    first = key not in play.state.talked
    if not play.tell(topic.reply, Voice.SPEECH, person.id):
        play.say(play.word(stock.DEFAULT_TOPIC, person.id))
    if first:
        play.change(talked=play.state.talked | {key})
        carry_out(play, topic.do)
