"""What is meant where several things, ways or people could be: ordinals, hidden ways, feeding, and
things that are seen from afar."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oz.story.model import NOWHERE, PLAYER, World
from oz.story.play import Play
from oz.story.state import State
from tests.story.worlds import Player, make_world


@pytest.fixture
def play() -> Player:
    return Player(make_world())


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("take the first stone", {"k/grey"}),
        ("take second stone", {"k/white"}),
        ("take the 3rd stone", {"k/blue"}),
        ("take the last stone", {"k/blue"}),
        ("take the second smooth stone", {"k/white"}),
        ("take the first of the stones", {"k/grey"}),
        ("take the first stone and the last stone", {"k/grey", "k/blue"}),
    ],
)
def test_ordinals_choose_among_several(play: Player, line: str, taken: set[str]) -> None:
    play("out")
    play(line)
    assert play.state.taken == taken


def test_an_ordinal_that_there_are_too_few_for(play: Player) -> None:
    play("out")
    assert play("take the fifth stone") == "You can see only three of those."
    assert play("x the second pump") == "You can see only one of those."
    assert play("x the second dragon") != "You can see only one of those."
    assert not play.state.taken


def test_a_hidden_way_says_why_it_is_shut_to_who_goes_there(play: Player) -> None:
    assert play("exits") == "You can go out. Shut for now: down."
    assert play("u") == "No ladder yet."
    assert play("go up") == "No ladder yet."
    assert play.state.room == "k/kitchen"


def test_a_hidden_way_is_told_by_its_name(play: Player) -> None:
    world = play.world
    kitchen = world.rooms["k/kitchen"]
    ways = tuple(replace(way, nouns=("loft",)) if way.hidden else way for way in kitchen.exits)
    rooms = {**world.rooms, "k/kitchen": replace(kitchen, exits=ways)}
    play = Player(replace(world, rooms=rooms))
    for line in ("loft", "enter loft", "go to the loft"):
        assert play(line) == "No ladder yet."


def test_a_hidden_way_without_a_word_of_its_own_is_none(play: Player) -> None:
    world = play.world
    kitchen = world.rooms["k/kitchen"]
    ways = tuple(replace(way, blocked=None) if way.hidden else way for way in kitchen.exits)
    play = Player(replace(world, rooms={**world.rooms, "k/kitchen": replace(kitchen, exits=ways)}))
    assert play("u") == "There is no way up from here. You can go out."


def test_who_is_fed_is_asked_what_with(play: Player) -> None:
    assert play("feed em") == "What do you want to feed Aunt Em?"
    play.lines("out", "west")
    assert play("feed hay") == "What do you want to feed the hay with?"
    assert play("egg").startswith("(first taking the egg)")
    assert play("feed egg") == "Whom do you want to feed the egg to?"
    assert play("give hay") == "Whom do you want to give the hay to?"


SKY = "k/sky"


@pytest.mark.parametrize(
    ("place", "portable", "seen"),
    [
        ("k/cellar", False, True),  # an effect moved it: it is still seen from where it was seen
        (NOWHERE, False, False),
        (PLAYER, False, True),  # Dorothy stands there, and has it
        ("k/cellar", True, False),  # carried off
    ],
)
def test_what_is_seen_from_other_rooms_when_it_was_moved(
    place: str, portable: bool, seen: bool
) -> None:
    world = make_world()
    world = _with(world, portable=portable)
    state = State("k/barn", places={SKY: place})
    assert (SKY in Play(world, state).sight()) is seen
    assert SKY not in Play(world, replace(state, room="k/yard")).sight() or place == PLAYER


def _with(world: World, *, portable: bool) -> World:
    sky = replace(world.things[SKY], portable=portable)
    return replace(world, things={**world.things, SKY: sky})
