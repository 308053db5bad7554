"""'prove': where it is refused, what leaving costs, and what may follow it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oz import campaign
from oz.story.events import Ask, OpenSpell, Request, Said, StageFinished, Voice
from oz.story.model import World
from oz.story.state import dump, finished_mark, load
from oz.story.views import chapter, goals, spell_state
from tests.proving.paces import Paces


@pytest.fixture(scope="module")
def world() -> World:
    return campaign.load().world


@pytest.fixture
def dorothy(world: World) -> Paces:
    """At the very beginning."""
    return Paces.begin(world)


def said(paces: Paces) -> str:
    return "\n".join(event.text for event in paces.events if isinstance(event, Said))


def refused(paces: Paces) -> bool:
    """Whether 'prove' is refused, and nothing has changed by it."""
    before = paces.state
    paces.type("prove")
    voices = {event.voice for event in paces.events if isinstance(event, Said)}
    return voices == {Voice.REFUSAL} and paces.state == before


def test_it_says_what_is_wanted_and_asks_first(dorothy: Paces) -> None:
    dorothy.type("prove")
    assert "“Any machine”" in said(dorothy)
    assert "which machine they run on" in said(dorothy)
    assert dorothy.state.desk is None
    dorothy.type("yes")
    assert dorothy.events == [OpenSpell("kansas/any-machine")]
    assert dorothy.state.proving == "kansas"


@pytest.mark.parametrize("words", ["placement", "prove it", "prove this stage", "prove kansas"])
def test_it_can_be_called_otherwise(words: str, dorothy: Paces) -> None:
    dorothy.type(words)
    assert dorothy.state.pending["kind"] == "prove"


@pytest.mark.parametrize("words", ["no", "never mind"])
def test_no_leaves_everything_as_it_was(words: str, dorothy: Paces) -> None:
    before = dorothy.state
    dorothy.type("prove")
    dorothy.type(words)
    assert dorothy.state == before


def test_another_command_is_no_answer(dorothy: Paces) -> None:
    dorothy.type("prove")
    dorothy.type("x ledger")
    assert "kansas/ledger" in dorothy.state.examined
    dorothy.type("yes")
    assert dorothy.state.desk is None


def test_asking_takes_no_turn(dorothy: Paces) -> None:
    dorothy.type("prove")
    dorothy.type("yes")
    assert dorothy.state.turns == 0


def test_the_proof_brings_dorothy_to_the_next_stage(dorothy: Paces) -> None:
    dorothy.prove("kansas")
    assert dorothy.state.room == "munchkins/clearing"
    assert dorothy.state.passed == {"kansas/any-machine"}
    assert dorothy.play.carried("kansas/basket")
    assert dorothy.play.place("kansas/toto") == "munchkins/clearing"
    assert StageFinished("kansas") in dorothy.events
    assert "`prove` works in this stage too" in said(dorothy)
    assert dorothy.state.turns == 1


def test_the_desk_left_is_the_proof_given_up(dorothy: Paces, world: World) -> None:
    dorothy.type("prove")
    dorothy.type("yes")
    dorothy.state = replace(dorothy.state, desk=None, proving=None)  # as the session leaves it
    assert not dorothy.state.proven
    dorothy.walk("kansas")
    assert not dorothy.state.proven
    assert finished_mark("kansas") in dorothy.state.fired


def test_another_desk_is_no_proof(dorothy: Paces) -> None:
    dorothy.type("prove")
    dorothy.type("yes")
    dorothy.type("cast scales")
    assert dorothy.state.proving is None
    dorothy.cast("kansas/scales")
    assert not dorothy.state.proven


def test_not_while_a_desk_is_open(dorothy: Paces) -> None:
    dorothy.type("cast scales")
    assert refused(dorothy)
    assert "“Aunt Em's scales” is open" in said(dorothy)
    dorothy.cast("kansas/scales")
    dorothy.type("prove")  # a desk whose spell has passed keeps nobody
    assert dorothy.state.pending["kind"] == "prove"


def test_not_while_proving(dorothy: Paces) -> None:
    dorothy.type("prove")
    dorothy.type("yes")
    assert refused(dorothy)
    assert "This is the proof" in said(dorothy)


def test_not_in_a_stage_that_was_proven(dorothy: Paces) -> None:
    dorothy.prove("kansas")
    dorothy.type("in")
    assert dorothy.state.room == "kansas/kitchen"
    assert refused(dorothy)
    assert "*Kansas* is proven already" in said(dorothy)
    assert "*Munchkin country*" in said(dorothy)


def test_not_in_a_stage_that_was_walked(dorothy: Paces) -> None:
    dorothy.walk("kansas")
    dorothy.type("in")
    assert refused(dorothy)
    assert "to its end" in said(dorothy)
    dorothy.type("out")
    dorothy.walk("munchkins")
    assert refused(dorothy)


def test_not_in_a_stage_that_the_road_has_left_behind(dorothy: Paces, world: World) -> None:
    dorothy.walk("kansas")
    state = dorothy.state  # lessons that changed can leave a stage unfinished behind one
    dorothy.state = replace(
        state, room="kansas/kitchen", passed=frozenset(), fired=state.fired - {"finished:kansas"}
    )
    assert refused(dorothy)
    assert "has led on" in said(dorothy)


def test_not_in_the_last_stage_nor_when_the_story_is_told(dorothy: Paces, world: World) -> None:
    for stage in list(world.stages)[:-1]:
        dorothy.prove(stage)
    assert dorothy.state.room == "glinda/road"
    assert refused(dorothy)
    assert "the end of the road is walked" in said(dorothy)
    assert "`prove` works" not in said(dorothy)
    dorothy.state = replace(dorothy.state, fired=dorothy.state.fired | {finished_mark("glinda")})
    assert dorothy.play.free
    assert refused(dorothy)
    assert "The story is told" in said(dorothy)


def test_a_trial_that_has_passed_proves_what_is_left(dorothy: Paces, world: World) -> None:
    for stage in list(world.stages)[: list(world.stages).index("gates")]:
        dorothy.prove(stage)
    dorothy.cast("gates/reading")
    score, turns = dorothy.state.score, dorothy.state.turns
    dorothy.type("prove")
    assert "has passed already" in said(dorothy)
    dorothy.type("yes")
    assert dorothy.state.room == "throne/anteroom"
    assert "gates" in dorothy.state.proven
    assert dorothy.state.score == score
    assert dorothy.state.turns == turns + 1


def test_undone_it_has_not_been_proven(dorothy: Paces) -> None:
    dorothy.prove("kansas")
    dorothy.type("undo")
    assert not dorothy.state.proven
    assert not dorothy.state.passed
    assert dorothy.state.room == "kansas/kitchen"
    assert dorothy.state.proving == "kansas"  # the desk is open again, and what it was opened for
    dorothy.cast("kansas/any-machine")
    assert dorothy.state.proven == {"kansas"}


def test_what_was_half_walked_can_be_proven(dorothy: Paces) -> None:
    dorothy.walk("kansas")
    for line in ("n", "talk to the witch of the north"):
        dorothy.type(line)
    dorothy.cast("munchkins/first-stones")
    score = dorothy.state.score
    passed = dorothy.state.passed
    dorothy.prove("munchkins")
    assert dorothy.state.passed == passed | {"munchkins/harvest"}
    assert dorothy.state.score == score + 10
    assert "kansas" not in dorothy.state.proven


def test_a_spell_that_was_left_out_tells_no_victory_twice(dorothy: Paces, world: World) -> None:
    dorothy.prove("kansas")
    dorothy.type("cast kansas scales")
    score, journal = dorothy.state.score, dorothy.state.journal
    dorothy.cast("kansas/scales")
    told = dorothy.play.world.texts["kansas/victory scales"].variants[0].tellings[0].strip()
    assert told not in said(dorothy)
    assert "cast after all" in said(dorothy)
    assert dorothy.state.score == score + world.offers["kansas/scales"].points
    assert len(dorothy.state.journal) == len(journal) + 1


def test_a_room_of_a_proven_stage_says_what_was_left_out(dorothy: Paces) -> None:
    dorothy.prove("kansas")
    dorothy.type("in")
    assert "“Aunt Em's scales” was left out here" in said(dorothy)
    dorothy.type("cast")
    assert dorothy.events == [OpenSpell("kansas/scales")]


def test_which_is_asked_where_several_are_called_so(dorothy: Paces, world: World) -> None:
    for stage in ("kansas", "munchkins", "road", "cornfield"):
        dorothy.prove(stage)
    dorothy.type("cast drawing")
    options = dorothy.state.pending["options"]
    assert options == ["tin-cottage/drawing", "cornfield/drawing"]
    dorothy.type("first")  # not to be cast yet, and it is said so
    assert dorothy.state.desk != "tin-cottage/drawing"
    dorothy.type("cast drawing")
    dorothy.type("second")
    assert dorothy.state.desk == "cornfield/drawing"


def test_the_views_know_it(dorothy: Paces, world: World) -> None:
    dorothy.prove("kansas")
    dorothy.type("in")
    state = dorothy.state
    stage = chapter(world, state)
    assert stage is not None
    assert stage.id == "munchkins"
    assert goals(world, state)
    assert spell_state(world, state, "kansas/pump") == "open"
    assert spell_state(world, state, "kansas/any-machine") == "passed"


def test_what_is_kept_comes_back(dorothy: Paces, world: World) -> None:
    dorothy.type("prove")
    dorothy.type("yes")
    assert load(dump(dorothy.state), world) == dorothy.state
    dorothy.cast("kansas/any-machine")
    data = dump(dorothy.state)
    assert data["proven"] == ["kansas"]
    assert load(data, world) == dorothy.state
    del data["proven"], data["proving"]  # a journey of before
    assert load(data, world).proven == frozenset()


def test_a_stage_that_the_lessons_have_lost_is_kept_aside(dorothy: Paces, world: World) -> None:
    dorothy.prove("kansas")
    data = {**dump(dorothy.state), "proven": ["kansas", "old"], "proving": "older"}
    dropped: list[str] = []
    state = load(data, world, dropped)
    assert state.proven == {"kansas"}
    assert state.proving is None
    assert "old" in dropped
    assert "proven old" in state.kept


def test_what_happens_by_itself_has_happened(dorothy: Paces, world: World) -> None:
    for stage in ("kansas", "munchkins", "road"):
        dorothy.prove(stage)
    for line in ("w", "w"):  # back over the ridge, to where the gang would have come
        dorothy.type(line)
    assert dorothy.state.room == "road/sand"
    assert Ask(Request.UNDO) not in dorothy.events
    once = [r for r in world.rules if r.once and r.on in {"arrive", "turn"}]
    assert {r.id for r in once if r.id.startswith("road/")} <= dorothy.state.fired
