"""What front ends and the session show beside the story: pure functions of a world and a state.

None of them changes anything, takes a turn, or counts a telling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from oz.story import stock
from oz.story.actions.moving import in_order, open_ways
from oz.story.model import PLAYER, Character, Goal, Offer, Stage, World
from oz.story.play import Play
from oz.story.speech import SPEECH
from oz.story.state import State
from oz.story.words import definite, listed
from oz.tongue import ngettext


@dataclass(frozen=True, slots=True)
class Place:
    """A room on the map of its stage."""

    id: str
    name: str
    column: int
    row: int
    here: bool
    visited: bool
    exits: tuple[tuple[str, str, bool], ...]
    """Direction, id of the room beyond, whether it is open now."""
    spell_waiting: bool
    """A spell can be cast here that is not passed yet."""


SpellState = Literal["closed", "open", "passed"]


def chapter(world: World, state: State) -> Stage | None:
    """The stage that the journey is in: that of the room, or, once that one is finished, the last
    one that was begun (who goes back into the landed house has not gone back to Kansas)."""
    play = Play(world, state)
    here = world.stages.get(play.room.stage)
    if here is None or not play.done(here):
        return here
    begun = [stage for stage in world.stages.values() if state.visited.intersection(stage.rooms)]
    return begun[-1] if begun else here


def goals(world: World, state: State) -> tuple[str, ...]:
    """What there is to do now, in words."""
    play = Play(world, state)
    stage = chapter(world, state)
    found: tuple[Goal, ...] = stage.goals if stage else ()
    return tuple(
        goal.text
        for goal in found
        if play.holds(goal.when) and not (goal.done and play.holds(goal.done))
    )


def exits(world: World, state: State) -> tuple[str, ...]:
    """Directions that are open, in compass order."""
    return tuple(open_ways(Play(world, state)))


def exits_text(world: World, state: State) -> str:
    """The ways out in a sentence: open ones, with the names of rooms one knows, and shut ones."""
    play = Play(world, state)
    ways = {way.direction: way for way in play.shown_ways()}
    open_: dict[str, str] = {}
    shut: dict[str, str] = {}
    for direction in in_order(tuple(ways.values())):
        way = ways[direction]
        room = world.rooms.get(way.to)
        told = SPEECH.way(direction)
        if room is not None and room.id in state.visited:
            told = stock.CUE_WAY_TO.format(way=told, room=definite(room.name))
        # 'in' beside 'north' to the same place says nothing more.
        (open_ if play.holds(way.when) else shut).setdefault(way.to, told)
    text = (
        stock.CUE_WAYS.format(ways=listed(tuple(open_.values()), "or"))
        if open_
        else stock.CUE_WAYS_NONE
    )
    return f"{text} {stock.CUE_SHUT.format(ways=listed(tuple(shut.values())))}" if shut else text


def things_here(world: World, state: State) -> tuple[str, ...]:
    """Names of portable things and characters in sight that Dorothy does not carry."""
    play = Play(world, state)
    return tuple(
        play.a(id)
        for id in play.sight()
        if not play.carried(id)
        and (play.thing(id).portable or isinstance(play.thing(id), Character))
    )


def carrying(world: World, state: State) -> tuple[str, ...]:
    """Names of what Dorothy has in her hands."""
    play = Play(world, state)
    return tuple(play.a(id) for id in play.contents(PLAYER))


def places(world: World, state: State) -> tuple[Place, ...]:
    """Rooms of this stage that were visited, and their visible neighbours, in the files' order."""
    play = Play(world, state)
    state = play.state
    stage = world.stages.get(play.room.stage)
    rooms = stage.rooms if stage else (state.room,)
    ways = {
        id: play.shown_ways(id)
        for id in rooms
        if id in world.rooms and (id in state.visited or id == state.room)
    }
    beyond = {way.to for shown in ways.values() for way in shown}
    found = []
    for id in rooms:
        room = world.rooms.get(id)
        if room is None or (id not in ways and id not in beyond):
            continue
        found.append(
            Place(
                id=id,
                name=room.name,
                column=room.map[0],
                row=room.map[1],
                here=id == state.room,
                visited=id in state.visited,
                exits=tuple((w.direction, w.to, play.holds(w.when)) for w in ways.get(id, ())),
                spell_waiting=id in ways and spell_waiting(world, state, id),
            )
        )
    return tuple(found)


def spell_waiting(world: World, state: State, room: str) -> bool:
    """Whether a spell can be cast in `room` that is not passed yet."""
    play = Play(world, state)
    spells = play.words.spells_in.get(room, ())
    return any(
        s not in state.passed and (play.behind(s) or play.holds(world.offers[s].when))
        for s in spells
    )


def offers_here(world: World, state: State) -> tuple[Offer, ...]:
    """Spells that can be cast in this room now; passed ones, which can be looked at again, last."""
    offers = Play(world, state).offers()
    return tuple(sorted(offers, key=lambda offer: offer.spell in state.passed))


def spell_state(world: World, state: State, spell: str) -> SpellState:
    """``passed``; ``open``: it can be cast now, in a place that Dorothy has been to; else
    ``closed``. (Whether it was tried is for the journey to know.)"""
    if spell in state.passed:
        return "passed"
    offer = world.offers.get(spell)
    if offer is None:
        return "closed"
    play = Play(world, state)
    if play.behind(spell):
        return "open"
    reached = play.free or not (state.visited | {state.room}).isdisjoint(offer.rooms)
    return "open" if reached and play.holds(offer.when) else "closed"


def proven(world: World, state: State) -> tuple[str, ...]:
    """Titles of the stages that were proven, in the order of the road."""
    return tuple(stage.title for stage in world.stages.values() if stage.id in state.proven)


def left_out(world: World, state: State) -> dict[str, tuple[str, ...]]:
    """Spells of proven stages that were not cast since, by stage."""
    return {
        stage.id: tuple(spell for spell in stage.spells if spell not in state.passed)
        for stage in world.stages.values()
        if stage.id in state.proven
    }


def turns_word(turns: int) -> str:
    return ngettext("turn", "turns", turns)


def score_text(world: World, state: State) -> str:
    """The answer to 'score'."""
    return stock.SCORE.format(
        score=state.score, total=world.max_score, turns=state.turns, word=turns_word(state.turns)
    )


def journal(world: World, state: State) -> dict[str, tuple[str, ...]]:
    """What was noted, Markdown, by the stage in which it was, each in the order of noting."""
    play = Play(world, state)
    found: dict[str, tuple[str, ...]] = {}
    for key in state.journal:
        if entry := play.wording(play.words.text(key)):
            stage = key.partition("/")[0]
            found[stage] = (*found.get(stage, ()), entry)
    return found


def stage_of(world: World, state: State) -> str:
    """Id of the stage in which Dorothy is."""
    return Play(world, state).room.stage
