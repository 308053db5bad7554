"""How long one typed line takes, in a small world and in one as large as the whole road."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

import pytest

import oz.story
from oz.story.model import Exit, Room, Text, Thing, Variant, World
from tests.benchmarks.crowd import crowding
from tests.story.worlds import make_world

ROOMS, THINGS = 60, 600
LINES = (
    "look",
    "x thing3",
    "take widget",
    "take all",
    "n",
    "s",
    "i",
    "drop all",
    "x flurb",
    "exmine it",
)
MAX_MILLISECONDS = 5.0


def _text(key: str) -> Text:
    return Text(key, (Variant((), False, ("Told.",)),))


def _large(world: World) -> World:
    rooms = dict(world.rooms)
    things = dict(world.things)
    for number in range(ROOMS):
        id = f"k/r{number}"
        ways = (Exit("north", f"k/r{(number + 1) % ROOMS}"), Exit("south", f"k/r{number - 1}"))
        ways = ways if number else ways[:1]
        rooms[id] = Room(id, "k", f"Room {number}", _text(f"room {id}"), ways, (number, 9))
    for number in range(THINGS):
        id, kind = f"k/t{number}", number % 10
        things[id] = Thing(
            id=id,
            stage="k",
            name=f"the odd thing{kind}",
            nouns=(f"thing{kind}", "widget"),
            adjectives=("odd",),
            place=f"k/r{number % ROOMS}",
            description=_text(f"thing {id}"),
            portable=kind < 4,
        )
    return replace(world, rooms=rooms, things=things)


def _times(world: World, room: str) -> list[float]:
    state = replace(oz.story.begin(world).state, room=room)
    taken = []
    for line in LINES * 10:
        before = time.perf_counter()
        state = oz.story.step(world, state, line).state
        taken.append((time.perf_counter() - before) * 1000)
    return sorted(taken)


@pytest.mark.benchmark
def test_a_line_is_quick_in_a_large_world():
    small = make_world()
    ours, theirs = _times(_large(small), "k/r3"), _times(small, "k/kitchen")
    middle, late = statistics.median(ours), ours[int(len(ours) * 0.95)]
    ratio = middle / statistics.median(theirs)
    print(f"\nline: p50 {middle:.2f} ms, p95 {late:.2f} ms; {ratio:.1f} times the small world")
    assert late < MAX_MILLISECONDS * crowding()
