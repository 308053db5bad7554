"""What a player of text adventures types, and what is understood."""

from __future__ import annotations

import pytest

from oz.story.events import Ask, Conjure, Entered, OpenSpell, Request, Voice


def test_look_and_its_short_form(play):
    assert "The kitchen" in play("l")
    assert play("look around") == play("where am I?")


def test_examine_by_noun_adjective_article_and_quote(play):
    assert play("x stove") == "Black iron."
    assert play("please look at the stove") == "Black iron."
    assert play("EXAMINE THE STOVE!!") == "Black iron."
    assert play("x “stove”") == "Black iron."
    assert "Painted blue" in play("x blue cupboard")
    assert "Painted blue" in play("examine the blue one")


def test_hyphens_and_spaces_are_alike(play):
    for name in ("oil-can", "oil can", "can", "the oil‐can".replace("‐", "-")):
        assert play(f"x {name}") == "It drips."


def test_a_conjuring_thing_asks_for_its_snippet(play):
    play.lines("open cupboard", "take book")
    play("x ledger")
    assert play.events(Conjure) == [Conjure("k/ledger", "print(1)")]


def test_a_rule_has_a_thing_conjure_if_it_can(play):
    play.lines("open cupboard", "take book")
    play("touch ledger")
    assert play.events(Conjure) == [Conjure("k/ledger", "print(1)")]


def test_what_is_in_a_shut_cupboard_is_not_in_sight(play):
    assert play("x ledger") == "You can see no ledger here."
    assert not play.turn.took_turn
    play("open cupboard")
    assert "Rows of eggs." in play("x ledger")


def test_which_stone_takes_an_answer(play):
    play("out")
    assert (
        play("x stone") == "Which stone do you mean, the grey one, the white one or the blue one?"
    )
    assert play.voices == [Voice.QUESTION]
    assert not play.turn.took_turn
    assert play("the grey one") == "Grey."
    assert play("again") == "Grey."


@pytest.mark.parametrize(
    ("answer", "told"),
    [("2", "White."), ("the last one", "Blue."), ("blue stone", "Blue."), ("first", "Grey.")],
)
def test_which_stone_takes_numbers_too(play, answer, told):
    play.lines("out", "x stone")
    assert play(answer) == told


def test_which_stone_narrows(play):
    play.lines("out", "x stone")
    assert play("smooth") == "Which smooth do you mean, the grey stone or the white stone?"
    assert play("white") == "White."


def test_which_stone_takes_several_for_a_verb_of_several(play):
    play.lines("out", "take stone")
    assert play("grey and blue").count("Taken.") == 2
    assert play("i").count("stone") == 2


def test_which_stone_takes_a_new_command_instead(play):
    play.lines("out", "x stone")
    assert "Dust and a pump." in play("look")
    assert "not a verb" in play("grey one") or "do with" in play.said


def test_never_mind(play):
    play.lines("out", "x stone")
    assert play("never mind") == "Very well."
    assert not play.turn.took_turn


def test_missing_object_is_asked_for(play):
    assert play("take") == "What do you want to take?"
    assert play("oil-can") == "You take the oil-can from the table."
    assert play("give oil-can") == "Whom do you want to give the oil-can to?"
    assert "leaves it with you" in play("em")
    assert play("examine") == "What do you want to examine?"
    assert "The kitchen" in play("look")


def test_plural_takes_all_of_a_kind(play):
    play("out")
    assert play("take stones").count("Taken.") == 3
    assert play("drop them").count("Dropped.") == 3


def test_all_and_except(play):
    play("out")
    said = play("take all except the white one")
    assert "grey" in said
    assert "white" not in said
    assert play("take everything but the grey stone") == "The white stone: Taken."
    play("drop all stones except the blue one and white stone")
    assert "grey" not in play("i")
    assert "initials" not in play("drop all but handkerchief")


def test_lists(play):
    play.lines("out", "w")
    assert play("take egg, basket and the boots").count("Taken.") == 3


def test_several_commands_in_a_line(play):
    assert "Dust" in play("take oil-can then go out")
    assert "Hay." in play("w. look")
    assert play("take egg and put it in basket and i").endswith("- a handkerchief")
    assert play("e, in, out and w").count("TITLE") == 0
    assert play.state.room == "k/barn"
    assert len(play.events(Entered)) == 4


def test_a_failure_stops_the_line(play):
    play("take stove then go out")
    assert play.state.room == "k/kitchen"
    play("x stone. go out")
    assert play.state.room == "k/kitchen"


def test_pronouns(play):
    play("x em")
    assert play("ask her about the storm") == "“It is coming.”"
    play("x stove")
    assert play("touch it") == "It is hot."
    assert play("x him") == "It is not clear what “him” stands for."
    play.lines("out", "w")
    play("x henry")
    assert play("x him") == "He never laughs."
    play("x boots")
    assert play("take them") == "Taken."
    assert play("drop it then look").startswith("Dropped.")


def test_ask_her_about_it(play):
    play.lines("out", "w", "take egg", "e", "in", "x egg")
    assert play("ask her about it") == "“From the barn.”"


def test_put_it_in_it(play):
    play.lines("out", "w", "take basket")
    assert "as far inside" in play("put it in it")
    play("put basket in basket")
    assert play.voices == [Voice.REFUSAL]


def test_implicit_actions_are_announced(play):
    said = play("put oil-can in cupboard")
    assert said.startswith(
        "(first taking the oil-can)\n(first opening the cupboard)\nThe cupboard creaks"
    )
    assert "(first opening the trapdoor)" in play("down")
    assert play.state.room == "k/cellar"


def test_unknown_words_and_oops(play):
    assert play("frobnicate stove") == "“frobnicate” is not a verb I know."
    assert play("oops examine") == "Black iron."
    assert play("x flurb") == "I do not know the word “flurb”."
    assert not play.turn.took_turn
    assert play("oops stove") == "Black iron."
    assert play("oops stove") == "There is no word to put right."
    assert play("x flurb").startswith("I do not")
    assert play("oops").startswith("Say the word as well")
    assert play("oops the table").startswith("Scrubbed.")


def test_did_you_mean(play):
    assert play("exmaine stove").endswith("Did you mean “examine”?")
    assert play("yes") == "Black iron."
    assert play("x cupbord").endswith("Did you mean “cupboard”?")
    assert "Painted" in play("cupboard")
    play("x cupbord")
    assert "Painted" in play("oops")
    play("x cupbord")
    assert play("no") == "Very well."


def test_a_noun_alone(play):
    assert play("stove") == "What do you want to do with the stove?"
    assert play("x it") == "Black iron."
    play("yard")
    assert play.state.room == "k/yard"


def test_again_repeats_commands_not_questions(play):
    assert play("g") == "There is nothing yet to do again."
    play("x stove")
    play("score")
    assert play("again") == "Black iron."
    assert play("x stove. g. g").count("Black iron.") == 3


def test_people_are_spoken_to(play):
    assert "Mind the step" in play("em, hello")
    assert play("em, what is the storm?") == "“It is coming.”"
    assert play("toto, come") == "Toto comes along anyway."
    assert play("em, go north") == "Aunt Em listens to the end, and goes on as before."
    assert "Mind the step" in play("dorothy, talk to em")
    assert play("ask about the storm") == "(to Aunt Em)\n“It is coming.”"
    assert play("tell em about eggs") == "“From the barn.”"
    assert play("ask em about philosophy").startswith("“I have no time for that.”")
    assert play("talk to stove") == "The stove does not answer."
    play("out")
    assert play("em, hello") == "Aunt Em is not here."


def test_talking_offers_topics_that_are_open_and_new(play):
    assert play("talk to em").endswith("You could ask her about the cyclone or eggs.")
    play("ask em about cyclone")
    assert play("talk to em").endswith("You could ask her about eggs.")
    assert "secret" not in play("topics")
    assert play("ask em about secret").startswith("“I have no time")


def test_questions(play):
    assert play("what is the stove?") == "Black iron."
    assert play("who is toto") == "Small, black, right."
    assert play("who is boq") == "You have not met anybody of that name."
    assert play("where is toto") == "Toto is here."
    assert "ask em about storm" in play("what is a storm?") or "Aunt Em" in play.said
    play("what is a tensor?")
    assert play.events(Ask) == [Ask(Request.REFERENCE, "tensor")]
    play("what is torch.arange?")
    assert play.events(Ask) == [Ask(Request.REFERENCE, "torch.arange")]
    play("out")
    assert play("where is em") == "Aunt Em is not here. You would look in the kitchen."
    assert play("who is aunt em") == "Aunt Em is not here."


def test_what_a_reviewer_pokes_at(play):
    assert play("x me").startswith("Dorothy Gale")
    assert play("take toto") == "Toto would rather walk."
    assert play("kiss em") == "Aunt Em is surprised, and does not wipe it off."
    assert play("pet toto") == "Toto allows it, for as long as it lasts."
    assert play("eat stove") == "The stove is not food."
    assert "NameError" in play("xyzzy")
    assert play("plugh") == "That works in other caves."
    assert "Aunt Em would say the same" in play("damn it")
    assert play("smell") == "Soup."
    assert play("listen to the stove") == "The clock."
    assert play("take me") == "You are in your own hands as it is."
    assert play("open stove") == "The stove does not open."
    assert play("search table") == "On the table: an oil-can."
    assert play("touch the stove") == "It is hot."
    assert play("jump").startswith("You jump.")
    assert play("take stove") == "The stove stays where it is."


def test_nothing_at_all(play):
    for line in ("", "   ", "...", "?", "\x00", "🦁", ",,,"):
        assert play(line).startswith("Nothing said")
        assert not play.turn.took_turn


def test_too_much(play):
    assert play("take " + "egg and " * 200).startswith("That is more than one breath")
    assert play("wait. " * 40).endswith("say the rest again.")


def test_short_and_long_directions(play):
    for there, back in (("out", "in"), ("go out", "go in"), ("exit", "enter house")):
        play(there)
        assert play.state.room == "k/yard"
        play(back)
        assert play.state.room == "k/kitchen"
    assert play("n") == "There is no way north from here. You can go out."
    assert not play.events(Entered)


def test_ways_by_name(play):
    play("go to the yard")
    assert play.state.room == "k/yard"
    assert play("go through gate") == "The gate is shut."
    assert play("x gate") == "The gate is shut."
    play("w")
    assert play("go to kitchen") == "The kitchen is some way off. It begins with going east."
    play("go to yard")
    play("go to kitchen")
    assert play.state.room == "k/kitchen"
    play("open trapdoor. climb down trapdoor")
    assert play.state.room == "k/cellar"


def test_hidden_ways_do_not_show(play):
    assert play("exits") == "You can go out. Shut for now: down."
    assert play("ne") == "There is no way northeast from here. You can go out."


def test_casting(play):
    assert play("cast") == "There is no spell to be cast here."
    assert play("cast hens").endswith("in a place you have not come to yet.")
    assert play("cast fireball").startswith("You know no spell of that name.")
    play("out")
    assert play("cast") == "Which spell do you mean, “The scales” or “The pump”?"
    play("the pump")
    assert play.events(OpenSpell) == [OpenSpell("k/pump")]
    assert play.state.desk == "k/pump"
    play("cast weights")
    assert play.events(OpenSpell) == [OpenSpell("k/scales")]
    play("in")
    assert play("cast the scales") == "“The scales” is not cast here, but here: the yard."
    assert play("cast") == "There is no spell to be cast here. You remember one for the yard."


@pytest.mark.parametrize(
    ("line", "request_", "argument"),
    [
        ("save", Request.SAVE, ""),
        ("tensors", Request.TENSORS, ""),
        ("list variables", Request.TENSORS, ""),
        ("q", Request.QUIT, ""),
        ("undo", Request.UNDO, ""),
        ("hint", Request.HINT, ""),
        ("give me a hint", Request.HINT, ""),
        ("run", Request.RUN, ""),
        ("run it", Request.RUN, ""),
        ("show code", Request.SHOW, ""),
        ("show my draft", Request.SHOW, ""),
        ("spells", Request.SPELLS, ""),
        ("stop", Request.STOP, ""),
        ("map", Request.MAP, ""),
        ("journal", Request.JOURNAL, ""),
        ("j", Request.JOURNAL, ""),
        ("journal the pump", Request.JOURNAL, "pump"),
        ("journal tin-cottage", Request.JOURNAL, "tin cottage"),
        ("spellbook", Request.SPELLBOOK, ""),
        ("grimoire", Request.SPELLBOOK, ""),
        ("spellbook torch.Tensor.view?", Request.SPELLBOOK, "torch.Tensor.view"),
        ("book torch.arange", Request.SPELLBOOK, "torch.arange"),
        ("solution", Request.SOLUTION, ""),
        ("transcript on my notes.txt", Request.TRANSCRIPT, "on my notes.txt"),
        ("restore 3", Request.RESTORE, "3"),
        ("restore", Request.RESTORE, ""),
        ("hint for pump", Request.HINT, "for pump"),
        ("transcript off", Request.TRANSCRIPT, "off"),
        ("script", Request.TRANSCRIPT, "on"),
        ("reference torch.Tensor.view", Request.REFERENCE, "torch.Tensor.view"),
        ("ref torch.arange", Request.REFERENCE, "torch.arange"),
    ],
)
def test_requests(play, line, request_, argument):
    play(line)
    assert play.events(Ask) == [Ask(request_, argument)]
    assert not play.turn.took_turn


def test_answers_are_kept_as_typed(play):
    play.lines("out", "cast pump")
    play("answer first = (3, 4), Then.")
    assert play.events(Ask) == [Ask(Request.ANSWER, "first = (3, 4), Then.")]


def test_undo_stops_the_line(play):
    play("undo. go out")
    assert play.events(Ask) == [Ask(Request.UNDO)]
    assert play.state.room == "k/kitchen"


def test_run_north_is_no_cast(play):
    play("run out")
    assert play.state.room == "k/yard"


def test_about_the_game(play):
    assert play("about") == "About Oz."
    assert play("credits") == "By hand."
    assert play("score") == "You have 0 of 20 points, in 0 turns."
    assert "Feed Em." in play("goals")
    assert "cast" in play("help")
    assert play.voices == [Voice.SYSTEM]


def test_two_missing_things_are_asked_for_one_after_the_other(play):
    assert play("give") == "What do you want to give?"
    assert play("hanky") == "Whom do you want to give the handkerchief to?"
    assert play("em") == "Aunt Em looks at the handkerchief, and leaves it with you."
    assert play("tell") == "Whom do you want to tell?"
    assert play("em") == "What do you want to tell Aunt Em about?"
    assert play("the storm") == "“It is coming.”"


def test_talking_where_there_are_several_asks_to_whom(play):
    play.lines("out", "w")
    assert play("talk") == "To whom, Uncle Henry or Hank?"
    assert not play.turn.took_turn
    assert play("the mule") == "Hank nods to you, and waits."
    play("ask about eggs")
    assert play("uncle henry") == "Uncle Henry has nothing to say about that."


def test_all_from_somewhere_means_what_is_there(play):
    play("open cupboard")
    assert play("take all from cupboard") == "The ledger: You take the ledger from the cupboard."
    assert play("take all from table") == "The oil-can: You take the oil-can from the table."
    assert play("take all from stove").endswith("nothing here that could be picked up.")


def test_questions_without_an_answer_are_answered(play):
    for line in ("is this a game?", "why", "go home", "good dog", "what's this?", "are you there?"):
        assert "not a verb" not in play(line), line
    play("what does torch.zeros do?")
    assert play.events(Ask) == [Ask(Request.REFERENCE, "torch.zeros")]
