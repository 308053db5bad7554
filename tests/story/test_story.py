"""Rooms, rules, effects, spells and the telling of texts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import oz.story
from oz.story import stock, views
from oz.story.events import (
    Ask,
    Entered,
    Journalled,
    OpenSpell,
    Request,
    Scored,
    StageBegun,
    StageFinished,
    Voice,
)
from oz.story.model import Text, Variant
from oz.story.play import Play
from oz.story.state import State, dump, load
from oz.story.text import choose
from tests.story.worlds import Player, make_world, term


def passed(play: Player, spell: str) -> str:
    return play.take(oz.story.spell_passed(play.world, play.state, spell))


def test_the_beginning(play):
    assert play.said.startswith(
        "Dorothy lived in Kansas.\nGrey as far as one sees.\nThe kitchen\nA stove"
    )
    assert play.events(Entered) == [Entered("k/kitchen")]
    assert play.events(StageBegun) == [StageBegun("k")]
    assert not play.turn.took_turn


def test_tellings_go_on_and_the_last_repeats(play):
    assert "The kitchen again." in play("look")
    assert "The kitchen again." in play("look")


def test_brief_superbrief_and_verbose(play):
    play("brief")
    assert "Dust" in play("out")
    assert "Toto is with you." in play("in")
    assert "stove" not in play.said
    assert "kitchen again" not in play.said
    play("superbrief")
    assert "Hay" not in play.lines("out", "w")
    assert "Hay." in play("look")
    play("verbose")
    assert "Dust" in play("e")


def test_a_rule_instead_scores_once_and_writes_the_journal(play):
    play.lines("out", "w", "take egg", "e", "in")
    said = play("give egg to em")
    assert said.startswith("Em takes the egg.")
    assert play.events(Scored) == [Scored(3, 3, "for feeding Em")]
    assert play.events(Journalled) == [Journalled("Eggs make aunts happy.")]
    assert play("i").count("egg") == 0
    assert views.journal(play.world, play.state) == {
        "journal eggs": ("Eggs make aunts happy.",)
    }  # in this world texts are not named by their stage
    assert play("ask em about the secret") == "“Hush.”"


def test_an_undone_score_can_be_scored_again(play):
    play.lines("out", "w", "take egg", "e", "in")
    before = play.state
    play("give egg to em")
    play.state = before
    play("give egg to em")
    assert play.state.score == 3
    assert play.events(Scored)


def test_arriving_once(play):
    assert play.lines("out", "w").endswith("A hen looks up.")
    assert not play.lines("e", "w").endswith("A hen looks up.")


def test_after_rules_follow_the_action(play):
    said = play("open cupboard")
    assert said == "You open the cupboard.\nIn the cupboard: the ledger.\nThe cupboard creaks."
    assert play("open cupboard") == "The cupboard is open already."


def test_rules_of_every_turn(play):
    passed(play, "k/pump")
    said = play("in") if play.state.room == "k/yard" else play("u")
    assert said.endswith("The light goes.")
    assert "It is getting dark." in play("d")


def test_a_companion_comes_along_but_not_from_nowhere(play):
    play("out")
    assert "Toto is with you." in play.said
    play.state = Player(play.world, State("k/kitchen", places={"k/toto": "nowhere"})).state
    assert "Toto" not in play("out")


def test_a_gate_opens_when_the_spell_passes(play):
    play("out")
    assert play("e") == "The gate is shut."
    said = passed(play, "k/scales")
    assert said == "They balance.\nThe way east is open now."
    assert play.events(Scored) == [Scored(5, 5, "for casting “The scales”")]
    assert play("e").startswith("Colours.")
    assert play.events(StageBegun) == [StageBegun("m")]


def test_a_stage_is_finished_once(play):
    passed(play, "k/scales")
    assert not play.events(StageFinished)
    assert passed(play, "k/pump").startswith("Water.\nSomething clicks.")
    assert play.events(StageFinished) == [StageFinished("k")]
    play("wait")
    assert not play.events(StageFinished)


def test_passing_twice_changes_nothing(play):
    passed(play, "k/pump")
    state = play.state
    passed(play, "k/pump")
    assert play.state == state
    assert play.turn.events == ()
    assert not play.turn.took_turn


def test_a_passed_spell_can_be_opened_again(play):
    play("out")
    passed(play, "k/pump")
    passed(play, "k/scales")
    assert "waits" not in play("look")
    play("cast pump")
    assert play.state.desk == "k/pump"


def test_points_for_finding(play):
    play("take can")
    assert play.events(Scored) == [Scored(2, 2, "for finding the oil-can")]
    play.lines("drop can", "take can")
    assert not play.events(Scored)


def test_what_lies_on_the_table_is_told_until_it_was_taken(play):
    assert "An oil-can has been left on the table." in play("look")
    play.lines("take can", "drop can")
    assert "There is an oil-can here." in play("look")


def test_what_somebody_wears_is_no_belonging(play):
    assert play("x em") == "Thin and grey."
    assert play("x apron") == "Grey."


def test_scenery_of_several_rooms(play):
    assert play("x sky") == "You can see no sky here."
    play("out")
    assert play("x sky") == "Wide."
    play("w")
    assert play("x sky") == "Wide."


def test_brought_back_to_the_story(play):
    play.lines("out", "w", "take egg")
    told = play.state.told
    turn = oz.story.resume(play.world, play.state)
    assert turn.state == play.state
    assert turn.state.told == told
    assert not turn.took_turn
    first = turn.events[0]
    assert first.voice is Voice.SYSTEM
    assert first.text == (
        "The story so far: you have come to **Kansas**, with 0 of 20 points, in 3 turns. "
        "Spells cast: 0 of 3 in this stage. Next: Feed Em."
    )
    assert list(turn) == list(turn.events)


def test_views(play):
    world = play.world
    play("out")
    assert views.exits(world, play.state) == ("west", "in")
    assert views.things_here(world, play.state) == (
        "a grey stone", "a white stone", "a blue stone", "Toto",
    )  # fmt: skip
    assert views.carrying(world, play.state) == ("a handkerchief",)
    assert [o.spell for o in views.offers_here(world, play.state)] == ["k/scales", "k/pump"]
    assert views.spell_state(world, play.state, "k/pump") == "open"
    assert views.spell_state(world, play.state, "k/hens") == "closed"
    places = {place.id: place for place in views.places(world, play.state)}
    assert set(places) == {"k/kitchen", "k/yard", "k/barn", "k/cellar"}
    assert places["k/yard"].here
    assert places["k/yard"].spell_waiting
    assert ("east", "m/road", False) in places["k/yard"].exits
    assert not places["k/barn"].visited
    assert places["k/barn"].exits == ()
    assert all("up" not in [d for d, _, _ in place.exits] for place in places.values())
    assert views.goals(world, play.state) == ("Feed Em.",)


def test_a_variant_that_comes_late_begins_with_its_first_telling(world):
    text = Text(
        "t",
        (
            Variant((term("flag", "f"),), False, ("late one", "late two")),
            Variant((), False, ("one", "two", "three")),
            Variant((term("flag", "g"),), True, ("and more",)),
        ),
    )
    play = Play(world, State("k/kitchen"))
    told = []
    for flags in ((), (), ("f",), ("f",), (), ("g",)):
        play.change(flags=frozenset(flags))
        told.append(choose(play, text)[0])
        play.tell(text)
    assert told == ["one", "two", "late one", "late two", "three", "three\n\nand more"]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (term("in", "k/kitchen"), True),
        (term("here", "k/em"), True),
        (term("here", "k/egg"), False),
        (term("has", "k/handkerchief"), True),
        (term("at", "k/egg", "k/barn"), True),
        (term("open", "k/cupboard"), False),
        (term("visited", "k/barn"), False),
        (term("passed", "k/pump", negated=True), True),
        (term("talked", "k/em.cyclone"), False),
        (term("examined", "k/stove"), False),
    ],
)
def test_conditions(world, condition, holds):
    assert Play(world, State("k/kitchen")).holds((condition,)) is holds


def test_saved_state_loses_what_the_world_does_not_know(world, play):
    play.lines("out", "w", "take egg", "open cupboard")
    data = json.loads(json.dumps(dump(play.state)))
    data["room"] = "k/pantry"
    data["places"]["k/gone"] = "player"
    data["passed"] = ["k/pump", "k/old"]
    dropped: list[str] = []
    state = load(data, world, dropped)
    assert state.room == "k/kitchen"
    assert state.passed == {"k/pump"}
    assert dropped == ["k/gone", "k/pantry", "k/old"]


def test_a_state_from_a_room_that_is_gone_is_still_played(world):
    turn = oz.story.step(world, State("k/pantry"), "look")
    assert turn.state.room == "k/kitchen"
    assert oz.story.resume(world, State("x/pantry")).state.room == "k/kitchen"
    assert views.exits(world, State("k/pantry")) == ("out",)


def test_saved_state_of_the_wrong_type_is_refused_by_key(world, play):
    for key, wrong in (
        ("room", 3),
        ("flags", "x"),
        ("told", {"a": "b"}),
        ("turns", True),
        ("it", []),
    ):
        with pytest.raises(ValueError, match=f"^{key}:"):
            load({**dump(play.state), key: wrong}, world)
    with pytest.raises(ValueError, match=r"^room: missing"):
        load({}, world)


@pytest.mark.parametrize("kind", [{}, [1], 3, None, {"kind": "which"}])
def test_a_question_of_no_kind_was_never_asked(world, play, kind):
    """A journey may come from a bad disk or a stranger."""
    pending = {"kind": kind, "options": "k/egg", "at": "x", "words": 3, "stage": []}
    state = load({**dump(play.state), "pending": pending}, world)
    assert not state.pending
    for line in ("no", "oops egg", "first", "yes"):
        state = oz.story.step(world, state, line).state


def test_completion(play):
    complete = oz.story.completions
    assert "take" in complete(play.world, play.state, "ta")
    assert complete(play.world, play.state, "")[0] == "talk to aunt em"
    assert complete(play.world, play.state, "take ")[0] == "take oil-can"
    assert complete(play.world, play.state, "talk ") == ("talk to aunt em", "talk to toto")
    assert complete(play.world, play.state, "talk t")[0] == "talk to aunt em"
    assert complete(play.world, play.state, "talk x") == ()
    assert "x stove" in complete(play.world, play.state, "x s")
    assert complete(play.world, play.state, "X St") == ("X Stove",)
    assert "ask aunt em about cyclone" in complete(play.world, play.state, "ask aunt em ")
    assert not any("ledger" in line for line in complete(play.world, play.state, "take "))
    assert len(complete(play.world, play.state, "", limit=5)) == 5
    play("out")
    assert complete(play.world, play.state, "")[0] == "cast"
    assert complete(play.world, play.state, "cast ") == ("cast the scales", "cast the pump")
    words = oz.story.vocabulary(play.world, play.state)
    assert "grey stone" in words.nouns
    assert words.directions == ("west", "in")


def test_every_completion_is_understood(play):
    for room in ("k/kitchen", "k/yard", "k/barn"):
        state = State(room)
        for start in ("take ", "x ", "talk to ", "go ", "enter ", "give ", "put "):
            for line in oz.story.completions(play.world, state, start):
                turn = oz.story.step(play.world, state, line)
                said = " ".join(getattr(event, "text", "") for event in turn.events)
                assert "do not know" not in said, line
                assert "can see no" not in said, line


def test_after_the_end_every_spell_can_be_cast_from_anywhere():
    play = Player(replace(make_world(), ending="k"))
    play.lines("out", "west")
    assert "is not cast here" in play("cast scales")
    passed(play, "k/scales")
    said = passed(play, "k/pump")
    assert said.endswith(stock.ENDED)
    play("cast scales")
    assert play.events(OpenSpell) == [OpenSpell("k/scales")]
    play.lines("east", "in")
    assert "“The scales”, “The pump” or “The hens”" in play("cast the")
    play("pump")
    assert play.events(OpenSpell) == [OpenSpell("k/pump")]
    assert play("cast nothing at all") == stock.CAST_UNKNOWN


def test_without_an_ending_the_road_never_opens_so(play):
    for spell in ("k/scales", "k/pump"):
        assert stock.ENDED not in passed(play, spell)


@pytest.mark.parametrize("joint", [" then ", ", then "])
@pytest.mark.parametrize("word", ["spellbook", "reference torch.arange", "book torch.arange"])
def test_what_is_looked_up_ends_where_the_next_command_begins(play, word, joint):
    play(f"{word}{joint}look")
    assert [ask.argument for ask in play.events(Ask)] == [word.partition(" ")[2]]
    assert "The kitchen" in play.said


def test_several_may_be_looked_up_in_one_line(play):
    play("reference torch.arange then spellbook then look up torch.ones")
    assert [(ask.request, ask.argument) for ask in play.events(Ask)] == [
        (Request.REFERENCE, "torch.arange"),
        (Request.SPELLBOOK, ""),
        (Request.REFERENCE, "torch.ones"),
    ]


@pytest.mark.parametrize("joint", [". ", "; ", " then ", ", then ", " and then "])
def test_what_is_looked_up_may_come_after_another_command(play, joint):
    play(f"look{joint}reference torch.arange then look up torch.ones")
    assert "The kitchen" in play.said
    assert [ask.argument for ask in play.events(Ask)] == ["torch.arange", "torch.ones"]


def test_after_a_failure_nothing_more_is_looked_up(play):
    play("take the moon. reference torch.arange")
    assert not play.events(Ask)
