"""The spellbook: what was met, where it was used, and its example, really run."""

from __future__ import annotations

from pathlib import Path

import pytest

from oz.campaign import Campaign
from oz.crucible import Crucible
from oz.saves import Attempt, Journey
from oz.session import Conjured, Session
from oz.session.spellbook import chapters, listed, used_in
from tests.session.conftest import Player

pytestmark = pytest.mark.asyncio(loop_scope="session")


def met(found: Session) -> set[str]:
    return {entry.name for chapter in found.shelf.spellbook() for entry in chapter.entries}


async def test_a_name_is_met_when_a_spell_about_it_is_opened(player: Player) -> None:
    assert "Your spellbook is empty yet." in await player.reads("spellbook")
    await player.types("cast scales")
    desk = player.session.desk("kansas/scales")
    known = met(player.session)
    assert known >= {name for name in desk.spell.reference if name.startswith("torch")}
    assert "torch.linspace" not in known
    said = await player.reads("spellbook")
    assert said.startswith("Your spellbook, with what you have met so far.")
    assert "more names are to be met here." in said


async def test_what_was_not_met_is_in_the_whole_book_alone(player: Player) -> None:
    assert "You have not met `torch.linspace` yet" in await player.reads("spellbook torch.linspace")
    assert "nothing on `torch.nonsense`" in await player.reads("spellbook torch.nonsense")
    assert "`torch.linspace(start, end, steps" in await player.reads("reference torch.linspace")


async def test_a_page_has_the_signature_the_words_the_example_and_the_uses(
    folder: Path, crucible: Crucible
) -> None:
    async with await Session.open(folder, crucible=crucible) as session:
        player = Player(session)
        events = await player.types("spellbook torch.arange")
        said = await player.reads("book arange")
    assert [event.text for event in events if isinstance(event, Conjured)] == [
        "tensor([0, 1, 2, 3, 4]) tensor([2, 5, 8])"
    ]
    assert said.startswith("`torch.arange(start=0, end, step=1")
    assert "Where you met it:\n\n- *" in said
    assert "your line" in said


async def test_the_spellbook_of_one_stage(folder: Path, crucible: Crucible) -> None:
    async with await Session.open(folder, crucible=crucible) as session:
        said = await Player(session).reads("spellbook kansas")
    assert "`torch.manual_seed" in said
    assert "torch.arange" not in said


async def test_several_names_are_told(folder: Path, crucible: Crucible) -> None:
    async with await Session.open(folder, crucible=crucible) as session:
        said = await Player(session).reads("spellbook zeros")
        assert said.startswith("`torch.zeros(")
        assert "There are several: " in await Player(session).reads("spellbook like")


async def test_ones_own_line_comes_before_all_others(folder: Path, campaign: Campaign) -> None:
    spell = next(
        spell
        for spell in campaign.spells.values()
        if spell.program is None and "torch.arange(" in spell.solution.read_text("utf-8")
    )
    everything = used_in(campaign, "torch.arange", {spell.id}, {spell.id: "from torch import *"})
    (model,) = everything
    assert model.whose == "model"
    code = "from torch import arange\n\nx = arange(3)\n"
    (own,) = used_in(campaign, "torch.arange", {spell.id}, {spell.id: code})
    assert (own.whose, own.line, own.code) == ("yours", 3, "x = arange(3)")


async def test_the_model_answer_is_not_told_before_the_pass(campaign: Campaign) -> None:
    for spell in campaign.spells.values():
        for one in used_in(campaign, spell.reference[0], {spell.id}, {}) if spell.reference else ():
            assert one.whose == "given"
            assert one.code in (spell.program or spell.starter).read_text("utf-8") + (
                spell.starter.read_text("utf-8")
            )


async def test_a_draft_that_is_no_program_uses_nothing(campaign: Campaign) -> None:
    id = "munchkins/seven-stones"
    id = id if id in campaign.spells else next(iter(campaign.spells))
    found = list(used_in(campaign, "torch.arange", set(), {id: "def arange( torch"}))
    assert all(one.whose != "yours" for one in found)


async def test_every_name_of_the_road_is_met_at_its_end(campaign: Campaign) -> None:
    begun, opened = set(campaign.world.stages), set(campaign.spells)
    found = chapters(campaign, begun, opened)
    names = [entry.name for chapter in found for entry in chapter.entries]
    assert sorted(names) == sorted(campaign.references)
    assert all(chapter.unmet == 0 for chapter in found)
    assert listed(found).count("\n- `") == len(names)


async def test_a_thing_that_is_a_book_can_still_be_named(player: Player) -> None:
    assert "do with" in await player.reads("book")


async def test_a_stage_not_begun_has_no_chapter(campaign: Campaign) -> None:
    assert chapters(campaign, set(), set(campaign.spells)) == ()


async def test_an_attempt_makes_a_spell_known_as_a_draft_does(
    tmp_path: Path, crucible: Crucible
) -> None:
    with Journey.open(tmp_path / "toto") as journey:
        journey.add_attempt(Attempt("kansas/scales", "x", "failed", None, 0.1))
    async with await Session.open(tmp_path / "toto", crucible=crucible) as session:
        assert "torch.float32" in met(session)


async def test_a_name_is_completed(folder: Path, crucible: Crucible) -> None:
    async with await Session.open(folder, crucible=crucible) as session:
        complete = session.completions
        assert complete("spellbook aran") == ("spellbook torch.arange",)
        assert complete("spellbook torch.lin") == ("spellbook torch.linspace",)
        assert complete("spellbook kan") == ("spellbook kansas",)
        assert complete("spellbook torch.compile") == ()
        assert complete("reference torch.nn.functional.cr")[0].endswith(".cross_entropy")
        assert complete("journal mu") == ("journal munchkins",)
        assert complete("journal the pump") == ("journal the pump that wants a driver",)
        assert "spellbook" in complete("spellb")
        assert complete("examine l")
