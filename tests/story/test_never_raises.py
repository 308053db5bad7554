"""Whatever is typed, the story answers: nothing raises, nothing is silent, nothing is twice."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import oz.story
from oz.story import verbs
from oz.story.events import Said
from oz.story.lexicon import lexicon
from oz.story.model import NOWHERE, PLAYER, World
from oz.story.play import Play
from oz.story.state import State, dump, load
from tests.story.worlds import make_world

WORLD = make_world()
LINES = 10_000
_OWN = sorted(lexicon(WORLD).words)
_SMALL = [
    "all",
    "it",
    "her",
    "him",
    "them",
    "and",
    "then",
    ".",
    ",",
    "except",
    "but",
    "the",
    "to",
    "in",
]
_SMALL += [
    "on",
    "about",
    "with",
    "?",
    "!",
    "one",
    "2",
    "yes",
    "g",
    "undo",
    "oops",
    "is",
    "what",
    "from",
]
_NAMES = [
    "egg",
    "stone",
    "grey",
    "ledger",
    "em",
    "toto",
    "cupboard",
    "basket",
    "stove",
    "yard",
    "gate",
]

words = st.one_of(st.sampled_from(_OWN), st.sampled_from(_SMALL), st.sampled_from(_NAMES))
sensible = st.tuples(st.sampled_from(sorted(verbs.verb_words())), st.lists(words, max_size=6)).map(
    lambda pair: " ".join([pair[0], *pair[1]])
)
jumbled = st.lists(words, max_size=9).map(" ".join)
wild = st.text(max_size=60)
lines = st.one_of(sensible, sensible, jumbled, wild)


def _sane(world: World, before: State, line: str) -> State:
    kept = json.dumps(dump(before))
    turn = oz.story.step(world, before, line)
    assert turn.events, line
    assert all(event.text.strip() for event in turn.events if isinstance(event, Said)), line
    assert json.dumps(dump(before)) == kept, "the state that came in was changed"
    assert (turn.state.turns > before.turns) is turn.took_turn, line
    play = Play(world, turn.state)
    for thing in world.things:
        place = play.place(thing)
        for _ in world.things:
            if place not in world.things:
                break
            place = play.place(place)
        assert place in world.rooms or place in {PLAYER, NOWHERE}, (
            f"{thing} is inside itself: {line}"
        )
    data = json.loads(json.dumps(dump(turn.state)))
    assert load(data, world) == load(data) == turn.state
    return turn.state


def _play(batch: list[str]) -> None:
    state = oz.story.begin(WORLD).state
    for line in batch:
        state = _sane(WORLD, state, line)
        oz.story.completions(WORLD, state, line[:12])


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(lines, min_size=8, max_size=12))
def test_a_thousand_lines(batch):
    _play(batch)


@pytest.mark.slow
@settings(max_examples=LINES // 20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(lines, min_size=20, max_size=20))
def test_ten_thousand_lines(batch):
    _play(batch)


_GAME = [
    line.replace("|", "\0").split("\0")[0]
    for verb in verbs.VERBS
    if verb.game
    for line in verb.lines
    if "{" not in line and " " not in line
]


@settings(max_examples=60, deadline=None)
@given(st.lists(lines, max_size=6), st.sampled_from(_GAME))
def test_commands_about_the_game_take_no_turn(before, line):
    state = oz.story.begin(WORLD).state
    for earlier in before:
        state = oz.story.step(WORLD, state, earlier).state
    turn = oz.story.step(WORLD, state, line)
    assert not turn.took_turn
    assert turn.state.turns == state.turns
    assert turn.state.places == state.places


@settings(max_examples=60, deadline=None)
@given(st.lists(lines, max_size=8))
def test_the_same_lines_make_the_same_story(batch):
    def events() -> list[object]:
        state, found = oz.story.begin(WORLD).state, []
        for line in batch:
            turn = oz.story.step(WORLD, state, line)
            state, found = turn.state, [*found, *turn.events]
        return found

    assert events() == events()


_junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(dump(State("k/kitchen")))), _junk, lines)
def test_a_damaged_state_is_refused_by_key_or_played(key, value, line):
    data = dump(oz.story.begin(WORLD).state)
    data[key] = value
    refused = ""
    try:
        state = load(data, WORLD)
    except ValueError as error:
        refused = str(error)
    if refused:
        assert refused.startswith(f"{key}:")
        return
    for typed in (line, "again", "yes", "x it", "x her", "take them", "oops egg", "look"):
        state = oz.story.step(WORLD, state, typed).state
