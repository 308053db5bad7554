"""A journey being played: typed lines, casts, the desk, undo, leaving and coming back."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from oz.crucible import Crucible, open_crucible
from oz.crucible.model import Announced, Check, Event, Finished, Reason
from oz.saves import JourneyInUse
from oz.session import DeskOpened, HintShown, Judged, Left, Session
from oz.session.words import with_worth_knowing
from oz.story.events import Ask, Conjure, Entered, OpenSpell, Said, Scored, StageBegun
from tests.session.conftest import SCALES, Player, listed, verdicts, words

pytestmark = pytest.mark.asyncio(loop_scope="session")

RIGHT = "book = False\nscales = True\n"


async def test_a_new_journey_begins_with_the_opening(tmp_path: Path, crucible: Crucible) -> None:
    async with await Session.open(tmp_path / "journey", crucible=crucible) as session:
        events = await listed(session.begin())
    assert any(isinstance(event, StageBegun) for event in events)
    assert "The kitchen" in words(events)


async def test_what_only_the_session_can_do_never_reaches_the_front_end(player: Player) -> None:
    events = await player.types("x scales", "cast scales", "map", "hint", "undo", "save", "score")
    assert not [event for event in events if isinstance(event, Ask | Conjure | OpenSpell)]


async def test_examining_a_tensor_shows_what_torch_prints(player: Player) -> None:
    assert "tensor(0.1000)" in await player.reads("examine scales")


async def test_cast_opens_the_desk_and_gives_a_draft_on_disk(player: Player) -> None:
    events = await player.types("cast scales")
    assert DeskOpened(SCALES) in events
    desk = player.session.desk(SCALES)
    assert desk.path.read_text("utf-8") == desk.source == desk.spell.starter.read_text("utf-8")
    assert player.session.status.desk == SCALES


async def test_a_prediction_in_which_nothing_is_predicted_is_not_cast(player: Player) -> None:
    events = await player.types("cast scales", "run")
    assert "Nothing is answered here yet" in words(events)
    assert not verdicts(events)
    assert not player.session.attempts(SCALES)
    assert player.session.desk(SCALES).state == "open"
    judged = verdicts(await player.types("answer book False", "run"))
    assert [j.verdict.reason for j in judged] == [Reason.FAILED]
    assert judged[0].verdict.message
    assert judged[0].attempt == player.session.desk(SCALES).attempts == 1
    assert player.session.desk(SCALES).state == "tried"


async def test_a_cast_that_was_never_begun_is_no_attempt(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unlit(self: object, job: object) -> AsyncIterator[list[Event]]:
        yield [Finished(Reason.CRASH, "The crucible could not be lit.")]

    monkeypatch.setattr("oz.session.casting.Furnace.run", unlit)
    await player.types("cast scales")
    events = await player.types("answer book False", "run")
    assert "could not be lit" in words(events)
    assert "counts as no attempt" in words(events)
    assert not verdicts(events)
    assert not player.session.attempts(SCALES)


async def test_tensors_lists_what_the_last_run_left_behind(player: Player) -> None:
    assert "Nothing has been cast" in await player.reads("tensors")
    source = (
        "import torch\nrow = torch.arange(3)\nw = torch.ones(2, 2, requires_grad=True)\n"
        "net = torch.nn.Linear(3, 4)\n"
    )
    player.session.write_draft(SCALES, source)
    await listed(player.session.cast(SCALES))
    told = await player.reads("tensors")
    assert "row  (3,) int64, 0 to 2" in told
    assert "w    (2, 2) float32, requires grad" in told
    assert "net  module" in told
    player.session.write_draft(SCALES, "1 / 0\n")
    await listed(player.session.cast(SCALES))
    assert "left no tensor" in await player.reads("tensors")


async def test_a_pass_streams_its_checks_then_the_verdict_then_the_story(player: Player) -> None:
    player.session.write_draft(SCALES, RIGHT)
    events = await listed(player.session.cast(SCALES))
    kinds = [type(event) for event in events]
    order = [Announced, Check, Finished, Judged, Scored]
    places = [kinds.index(kind) for kind in order]
    assert places == sorted(places)
    assert verdicts(events)[0].first_pass
    assert "Worth knowing" in words(events)
    assert (SCALES, "Aunt Em's scales", "passed") in player.session.status.spells


async def test_a_second_pass_tells_the_story_only_once(player: Player) -> None:
    player.session.write_draft(SCALES, RIGHT)
    await listed(player.session.cast(SCALES))
    events = await listed(player.session.cast(SCALES))
    assert verdicts(events)[0].verdict.passed
    assert not verdicts(events)[0].first_pass
    assert not any(isinstance(event, Scored) for event in events)


async def test_an_endless_loop_can_be_stopped_and_the_game_goes_on(player: Player) -> None:
    player.session.write_draft(SCALES, "while True:\n    pass\n")
    reasons = []
    async for event in player.session.cast(SCALES):
        if not reasons:
            reasons.append(None)
            assert player.session.running
            await player.session.stop()
        if isinstance(event, Judged):
            reasons.append(event.verdict.reason)
    assert reasons == [None, Reason.STOPPED]
    assert "kitchen" in (await player.reads("look")).lower()


async def test_predictions_are_answered_at_the_prompt(player: Player) -> None:
    await player.types("cast scales", "answer book False", "answer True")
    source = player.session.desk(SCALES).source
    assert "book = False" in source
    assert "scales = True" in source
    assert not player.session.unanswered(SCALES)


async def test_hints_come_in_layers_and_then_the_solution_may_be_seen(player: Player) -> None:
    await player.types("cast scales")
    assert player.session.solution(SCALES) is None
    shown = [e for e in await player.types(*["hint"] * 4) if isinstance(e, HintShown)]
    assert [(hint.number, hint.of) for hint in shown] == [(1, 3), (2, 3), (3, 3), (3, 3)]
    assert player.session.solution(SCALES) is not None


async def test_undo_takes_back_steps_but_never_a_draft(player: Player) -> None:
    before = player.session.status
    await player.types("talk to aunt em", "examine cupboard")
    player.session.write_draft(SCALES, RIGHT)
    await player.types("undo", "undo")
    assert player.session.status == before
    assert player.session.desk(SCALES).source == RIGHT
    assert "nothing left" in await player.reads("undo", "undo")


async def test_undoing_a_pass_names_the_spell_and_keeps_the_draft(player: Player) -> None:
    player.session.write_draft(SCALES, RIGHT)
    await listed(player.session.cast(SCALES))
    assert "Aunt Em's scales" in await player.reads("undo")
    assert player.session.desk(SCALES).source == RIGHT
    assert verdicts(await player.types("cast scales", "run"))[0].first_pass


async def test_reset_asks_first_and_keeps_the_old_draft(player: Player) -> None:
    starter = player.session.desk(SCALES).source
    player.session.write_draft(SCALES, RIGHT)
    await player.types("cast scales", "reset", "no")
    assert player.session.desk(SCALES).source == RIGHT
    await player.types("reset", "yes")
    assert player.session.desk(SCALES).source == starter
    assert [a.code for a in player.session.attempts(SCALES)] == [RIGHT]


async def test_leaving_and_coming_back(tmp_path: Path, crucible: Crucible) -> None:
    async with await Session.open(tmp_path / "j", crucible=crucible) as session:
        await listed(session.begin())
        player = Player(session)
        session.write_draft(SCALES, RIGHT)
        await listed(session.cast(SCALES))
        await player.types("close desk", "south")
        assert Left() in await player.types("quit")
        status, history = session.status, session.history()
    async with await Session.open(tmp_path / "j", crucible=crucible) as session:
        assert session.status == status
        assert session.history() == history
        assert "yard" in words(await listed(session.begin())).lower()
        assert session.desk(SCALES).source == RIGHT
        assert "> quit" in session.transcript()
        await Player(session).types("undo")
        assert session.status.room == "kansas/kitchen"


async def test_a_second_game_on_the_same_journey_is_told_so(
    tmp_path: Path, crucible: Crucible
) -> None:
    async with await Session.open(tmp_path / "j", crucible=crucible):
        with pytest.raises(JourneyInUse):
            await Session.open(tmp_path / "j", crucible=crucible)


async def test_the_reference_runs_its_example(player: Player) -> None:
    assert "tensor([0.5000, 1.5000]) torch.int64" in await player.reads("reference torch.tensor")


async def test_no_request_of_the_story_goes_unanswered(player: Player) -> None:
    lines = [
        "save",
        "restore",
        "restart",
        "no",
        "quit",
        "undo",
        "hint",
        "spells",
        "solution",
        "reset",
        "no",
        "run",
        "stop",
        "edit",
        "show",
        "briefing",
        "answer",
        "map",
        "journal",
        "reference",
        "attempts",
        "version",
    ]
    for line in (*lines, "transcript on", "transcript off"):
        assert await player.types(line), line


async def test_the_game_survives_the_end_of_its_crucible(tmp_path: Path) -> None:
    own = open_crucible()
    await own.start()
    async with await Session.open(tmp_path / "j", crucible=own) as session:
        await listed(session.begin())
        player = Player(session)
        await player.types("x scales")
        for pid in own.pids:
            os.kill(pid, signal.SIGKILL)
        shown = await player.reads("x scales", "x scales")
        assert "tensor(0.1000)" in shown
    await own.close()


async def test_worth_knowing_comes_before_the_story_goes_elsewhere(player: Player) -> None:
    spell = player.session.desk("kansas/any-machine").spell
    victory, landing = Said("The house rises."), Said("The clearing")
    story = [victory, Entered("munchkins/clearing"), landing]
    shown = with_worth_knowing(story, spell)
    assert [shown[0], *shown[2:]] == story
    assert "Worth knowing" in words(shown[1:2])


async def test_back_in_the_landed_house_the_journey_is_still_in_munchkin_country(
    player: Player,
) -> None:
    table = player.session._table
    kansas = frozenset(id for id in table.campaign.spells if id.startswith("kansas/"))
    visited = frozenset({"kansas/kitchen", "munchkins/clearing"})
    table.state = replace(table.state, passed=kansas, visited=visited)
    status = player.session.status
    assert (status.stage, status.room) == ("munchkins", "kansas/kitchen")
    assert "munchkins/first-stones" in {id for id, _, _ in status.spells}
    assert status.goals


async def test_broadcasting_is_drawn_for_shapes_and_for_what_a_run_left(player: Player) -> None:
    assert "the shape (3, 4)" in await player.reads("broadcast (3, 1) and (4,)")
    assert "do not broadcast" in await player.reads("broadcast 3,2 with 4")
    assert "Which shapes?" in await player.reads("broadcast")
    assert "`moon` is no shape" in await player.reads("broadcast moon (3,)")
    assert "Which shapes?" in await player.reads("broadcast (1) (1) (1) (1) (1)")
    player.session.write_draft(SCALES, "import torch\nflour = torch.ones(2, 1)\n")
    await listed(player.session.cast(SCALES))
    said = await player.reads("broadcast flour and (3,)")
    assert "flour (2, 1) is repeated along -1 (3 times)" in said


async def test_a_topic_leads_to_the_entries_that_speak_of_it(player: Player) -> None:
    assert "torch.broadcast_shapes" in await player.reads("reference broadcasting")
