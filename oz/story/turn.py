"""One typed line, one step: the straight road from words to what happened.

`step` parts a line into commands, has each understood (`oz.story.parser`), carried out
(`oz.story.actions`, `oz.story.game`) and followed by the passing of time. Pure: the same world,
state and line give the same turn, and the state that came in is never changed.
"""

from __future__ import annotations

from dataclasses import replace

from oz.story import game, pending, placement, stock, verbs, views
from oz.story.actions import handler
from oz.story.actions.common import afterwards, announce, instead
from oz.story.actions.doing import nearest_person
from oz.story.actions.taking import imply_held
from oz.story.commands import polite, split, understood
from oz.story.describe import describe_room
from oz.story.effects import arrive, check_finished, run_rules, score
from oz.story.events import Said, Voice
from oz.story.model import PLAYER, Character, World
from oz.story.parser import Command, Trouble, parse
from oz.story.play import WAY, Play, Turn
from oz.story.speech import SPEECH
from oz.story.state import State
from oz.story.words import STOP, capital, listed, phrase, tokens

MAX_COMMANDS = 12
"""Commands of one line that are carried out."""


def begin(world: World) -> Turn:
    """The opening of a new journey: the opening text, the first stage, the first room."""
    play = Play(world, State(room=world.start))
    play.tell(world.opening)
    arrive(play, world.start)
    return play.turn()


def resume(world: World, state: State) -> Turn:
    """'The story so far' and where one stands, for a journey taken up again. Takes no turn."""
    play = Play(world, state)
    stood = play.state
    stage = world.stages.get(play.room.stage)
    if stage is not None:
        passed = sum(spell in state.passed for spell in stage.spells)
        lines = [
            stock.SO_FAR.format(
                stage=stage.title, score=state.score, total=world.max_score, turns=state.turns,
                word=views.turns_word(state.turns),
            ),
            stock.SO_FAR_PASSED.format(count=passed, of=len(stage.spells)),
        ]  # fmt: skip
        if proven := views.proven(world, state):
            lines.append(stock.SO_FAR_PROVEN.format(stages=listed(proven)))
        goals = views.goals(world, state)
        if goals:
            lines.append(stock.SO_FAR_GOAL.format(goal=goals[0]))
        play.say(" ".join(lines), Voice.SYSTEM)
    describe_room(play, always=True)
    return Turn(stood, tuple(play.events), took_turn=False)


def spell_passed(world: World, state: State, spell_id: str) -> Turn:
    """The story after a spell has passed: victory, score, rules about it, ways that open.

    A spell that had passed before changes nothing and takes no turn.
    """
    play = Play(world, state)
    if spell_id in state.passed:
        return play.turn()
    if (stage := placement.proves(play, spell_id)) is not None:
        placement.prove(play, stage)
        end_turn(play)
        return play.turn()
    if play.behind(spell_id):
        placement.cast_afterwards(play, spell_id)
        end_turn(play)
        return play.turn()
    shut = {way.direction for way in play.shown_ways() if not play.holds(way.when)}
    offer = world.offers.get(spell_id)
    room = state.room
    play.change(passed=state.passed | {spell_id}, pending={})
    if offer is not None:
        play.tell(offer.victory)
        reason = stock.SPELL_REASON.format(title=offer.title)
        score(play, f"spell {spell_id}", offer.points, reason)
    run_rules(play, "pass", (spell_id,))
    if play.state.room == room:
        opened = [
            w.direction for w in play.shown_ways() if w.direction in shut and play.holds(w.when)
        ]
        if opened:
            told = listed([SPEECH.way(way) for way in opened])
            play.say(stock.OPENED_WAY.format(way=told), Voice.CUE)
    end_turn(play, play.words.stage_of.get(spell_id, ""))
    return play.turn()


def step(world: World, state: State, line: str) -> Turn:
    """One typed line, which may hold several commands; stops after a failure or a question."""
    play = Play(world, state)
    play.typed = line
    asked = dict(state.pending)
    if asked or state.unknown_word:
        play.change(pending={}, unknown_word="")
    _line(play, line, asked)
    return play.turn()


def _line(play: Play, line: str, asked: dict[str, object]) -> None:
    while (rest := game.raw_command(play, line)) is not None:
        if not rest:
            return
        line, asked = rest, {}
    line, later = game.up_to_raw(line)
    words = understood(play, tokens(line))
    commands = split(play, words)
    if not commands:
        play.refuse(stock.NOTHING_TYPED)
        return
    for number, command in enumerate(commands[:MAX_COMMANDS]):
        if not _command(play, command, asked if number == 0 else {}):
            return
    if len(commands) > MAX_COMMANDS:
        play.refuse(stock.TOO_MANY)
    elif later:
        _line(play, later, {})


def _command(play: Play, words: list[str], asked: dict[str, object]) -> bool:
    """One command; whether the next may follow."""
    if asked:
        answered = pending.answer(play, asked, words)
        if answered is pending.PROVEN:
            end_turn(play)
            return False
        if answered is not None:
            return bool(answered) and _understand(play, understood(play, answered))
    if words[0] == "oops":
        corrected = pending.oops(play, asked, words)
        return corrected is not None and _understand(play, corrected)
    words = polite(words)
    if words in (["again"], ["g"], ["repeat"]):
        words = play.state.last_line.split()
        if not words:
            return play.refuse(stock.NO_AGAIN)
    return _understand(play, words)


def _understand(play: Play, words: list[str]) -> bool:
    found = parse(play, words)
    if isinstance(found, Trouble):
        pending.remember(play, found)
        return False
    if verbs.BY_NAME[found.verb].game:
        return game.carry_out(play, found)
    if _asked_whom(play, found):
        return False
    play.change(last_line=" ".join(words))
    done = perform(play, found)
    end_turn(play)
    return done


def end_turn(play: Play, *stages: str) -> None:
    """Time goes on: rules of every turn, stages that are finished now."""
    play.took_turn = True
    play.change(turns=play.state.turns + 1)
    run_rules(play, "turn")
    check_finished(play, *stages)


# --- carrying out
# -----------------------------------------------------------------------------------


def perform(play: Play, command: Command) -> bool:
    """Carry out a command in the story, on each of its objects."""
    command = _addressed(play, command)
    _refer(play, command)
    if not command.objects:
        return _perform_on(play, command, None)
    done = True
    objects = command.objects
    if command.listed and command.second is not None:
        objects = tuple(id for id in objects if id != command.second) or objects
        if command.verb == "take":
            objects = tuple(id for id in objects if play.place(id) == command.second)
            if not objects:
                return play.refuse(play.word(stock.NOTHING_IN, command.second, command.second))
    for id in objects:
        start = len(play.events)
        done = _perform_on(play, command, id) and done
        if command.listed:
            _head(play, start, capital(play.the(id)))
    return done


def _addressed(play: Play, command: Command) -> Command:
    """Words without an address are for the one person who is here."""
    if command.verb not in {"talk", "ask", "tell"} or command.objects:
        return command
    who = nearest_person(play)
    if who is None:
        return command
    announce(play, play.word(stock.TO_WHOM, who.id))
    return replace(command, objects=(who.id,))


def _asked_whom(play: Play, command: Command) -> bool:
    """Ask who is spoken to, where several could be; whether that was asked."""
    if command.verb not in {"talk", "ask", "tell"} or command.objects:
        return False
    people = play.people()
    people = [person for person in people if not play.follows(person)] or people
    if len(people) < 2:
        return False
    words = ["ask", "about", *command.topic] if command.topic else ["talk", "to"]
    at = [1, 1] if command.topic else [2, 2]
    names = play.list_the([person.id for person in people], "or")
    play.ask(
        stock.TO_WHICH.format(people=names),
        {"kind": "which", "words": words, "at": at, "options": [person.id for person in people]},
    )
    return True


def _head(play: Play, start: int, name: str) -> None:
    """Set the name of the thing before what was said about it."""
    for index in range(start, len(play.events)):
        event = play.events[index]
        if isinstance(event, Said) and not event.text.startswith("("):
            play.events[index] = replace(event, text=f"{name}: {event.text}")
            return


def _perform_on(play: Play, command: Command, id: str | None) -> bool:
    if id is not None and id in play.world.things and not play.in_sight(id):
        return play.refuse(play.word(stock.GONE, id))
    verb = verbs.BY_NAME[command.verb]
    if verb.held and id is not None and id != PLAYER and not play.carried(id):
        before = len(play.events)
        if not imply_held(play, id) and len(play.events) > before:
            return False
    objects = _meant(play, command, id)
    if instead(play, command.verb, objects, command.second):
        return True
    done = handler(command.verb)(play, command, id)
    if done:
        afterwards(play, command.verb, objects, command.second)
    return done


def _meant(play: Play, command: Command, id: str | None) -> tuple[str, ...]:
    """What a rule may call the direct object: the thing, the direction, things that a way is named
    for."""
    if id is None:
        direction = command.direction
        return (direction, f"{play.room.stage}/{direction}") if direction else ()
    if not id.startswith(WAY):
        return (id,)
    way = play.way(id)
    nouns = {phrase(noun) for noun in way.nouns} if way else set()
    doors = [t for t in play.sight() if not nouns.isdisjoint(play.words.nouns[t])]
    return (id, *doors)


def _refer(play: Play, command: Command) -> None:
    """What 'it', 'him', 'her' and 'them' mean from now on."""
    if command.second is not None and isinstance(play.thing(command.second), Character):
        _pronoun(play, command.second)
    for id in command.objects[:1]:
        if id != PLAYER:
            _pronoun(play, id)
    if len(command.objects) > 1:
        play.change(them=command.objects)
        if SPEECH.said.get("her") == SPEECH.said.get("them") is not None:
            play.change(her=None)  # one word for both: the last that was spoken of


def _pronoun(play: Play, id: str) -> None:
    for word in play.name(id).pronouns:
        if word == "them":
            play.change(them=(id,))
        elif word == "it":
            play.change(it=id)
        elif word == "him":
            play.change(him=id)
        else:
            play.change(her=id)


__all__ = ["STOP", "Turn", "begin", "perform", "resume", "spell_passed", "step"]
