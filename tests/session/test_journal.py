"""The journal: notes, what was learned, and the player's own passed code, by stage."""

from __future__ import annotations

from pathlib import Path

import pytest

from oz.campaign import Campaign
from oz.crucible import Crucible
from oz.saves import Attempt, Journey
from oz.session import Session
from tests.session.conftest import Player, listed
from tests.session.finished import OWN

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_new_journal_is_empty(player: Player) -> None:
    assert "The journal is empty yet." in await player.reads("journal")


async def test_a_note_is_told_as_it_was_written(player: Player) -> None:
    await player.types("x scales")
    said = await player.reads("x balance", "ask em about scales", "journal")
    state = player.session.shelf.journal()
    assert [stage.id for stage in state] == ["kansas"]
    for stage in state:
        for note in stage.learned:
            assert note.split()[0] in said


async def test_the_whole_journal_names_the_spells_by_stage(
    folder: Path, crucible: Crucible
) -> None:
    async with await Session.open(folder, crucible=crucible) as session:
        said = await Player(session).reads("journal")
    assert said.startswith("What you have written down:\n\n## Kansas\n\n")
    kansas = said.split("## ")[1]
    assert "Spells in your own code (`journal kansas` shows it): Aunt Em's scales; " in kansas
    assert OWN.strip() not in said


async def test_a_stage_is_shown_with_every_program(folder: Path, crucible: Crucible) -> None:
    async with await Session.open(folder, crucible=crucible) as session:
        said = await Player(session).reads("journal kansas")
        spells = session.world.stages["kansas"].spells
    assert said.count(OWN.strip()) == len(spells)
    assert "*Worth knowing.*" in said


@pytest.mark.parametrize(
    "name", ["scales", "the scales", "kansas/scales", "Aunt Em's  Scales", "scale"]
)
async def test_a_spell_is_found_by_any_of_its_names(
    folder: Path, crucible: Crucible, name: str
) -> None:
    async with await Session.open(folder, crucible=crucible) as session:
        said = await Player(session).reads(f"journal {name}")
    assert said.startswith("## Aunt Em's scales\n\nFirst passed on ")
    assert "; 2 casts." in said
    assert said.count(OWN.strip()) == 1
    assert "What was wanted:" in said


async def test_the_newest_code_that_passed_is_the_one_that_is_shown(
    folder: Path, campaign: Campaign, crucible: Crucible
) -> None:
    with Journey.open(folder) as journey:
        journey.add_attempt(Attempt("kansas/scales", "better = 1\n", "passed", None, 0.1))
        journey.add_attempt(Attempt("kansas/scales", "worse = 1\n", "failed", None, 0.1))
    async with await Session.open(folder, crucible=crucible) as session:
        said = await Player(session).reads("journal scales")
    assert "```python\nbetter = 1\n```" in said
    assert OWN.strip() not in said


async def test_of_a_prediction_the_program_is_shown_too(
    folder: Path, crucible: Crucible, campaign: Campaign
) -> None:
    spell = next(s for s in campaign.spells.values() if s.program and s.stage == "kansas")
    async with await Session.open(folder, crucible=crucible) as session:
        said = await Player(session).reads(f"journal {spell.id}")
    assert spell.program is not None
    assert spell.program.read_text("utf-8").strip() in said
    assert "\n\nYour answers:\n\n```python\n" in said


async def test_what_the_journal_does_not_have_is_said(folder: Path, crucible: Crucible) -> None:
    async with await Session.open(folder, crucible=crucible) as session:
        player = Player(session)
        assert "nothing on `glinda`" in await player.reads("journal glinda")
        assert "*Kansas*, *Munchkin country*" in await player.reads("journal `nowhere`")
        assert "The journal has several of that name" in await player.reads("journal e")


async def test_the_journal_takes_no_turn_and_may_stand_among_other_commands(
    player: Player,
) -> None:
    before = player.session.status.turns
    await player.types("journal", "journal scales", "journal then look")
    assert player.session.status.turns == before + 1


async def test_a_journey_of_another_hand_cannot_break_the_page(
    tmp_path: Path, campaign: Campaign, crucible: Crucible
) -> None:
    with Journey.open(tmp_path / "toto") as journey:
        journey.add_attempt(Attempt("kansas/scales", "```\n# x\n``` **", "passed", None, 0.1))
        journey.add_attempt(Attempt("kansas/nothing", "x", "passed", None, 0.1))
        journey._database.execute("UPDATE attempts SET at = 'never'")
        journey._database.execute("UPDATE turns SET at = 'never'")
    async with await Session.open(tmp_path / "toto", crucible=crucible) as session:
        await listed(session.begin())
        said = await Player(session).reads("journal scales", "journal", "statistics")
    assert "````python\n```\n# x\n``` **\n````" in said
