"""Faults of the disk met by a session: a clear word each, nothing lost, and the game goes on."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from oz.crucible import Crucible
from oz.saves import JourneyInUse, SavesError
from oz.session import Left, Session, SessionEvent
from tests.kills.yard import LESSONS
from tests.session.conftest import Player, listed, words

HENS, JAR = "barn/hens", "barn/jar"
RIGHT = "import torch\nhens = torch.arange(7)\n"
FILLED = 'import torch\ntorch.save(torch.rand(3), "jar.pt")\n'


@pytest_asyncio.fixture(loop_scope="session")
async def player(tmp_path: Path, crucible: Crucible) -> AsyncIterator[Player]:
    """A player in a barn."""
    folder = tmp_path / "journey"
    async with await Session.open(folder, lessons=LESSONS, crucible=crucible) as session:
        await listed(session.begin())
        yield Player(session)


def blocked(folder: Path) -> Path:
    """Put a file where the folder is, which stops root too; gives where the folder is now."""
    aside = folder.with_name(f"{folder.name}-aside")
    if folder.exists():
        folder.rename(aside)
    folder.write_text("in the way")
    return aside


def unblocked(folder: Path) -> None:
    folder.unlink()
    aside = folder.with_name(f"{folder.name}-aside")
    if aside.exists():
        aside.rename(folder)


async def cast(player: Player, spell: str, source: str) -> list[SessionEvent]:
    player.session.write_draft(spell, source)
    return await listed(player.session.cast(spell))


async def test_a_folder_that_goes_away_is_said_and_may_come_back(player: Player) -> None:
    folder = player.session.folder
    await player.types("take lamp")
    player.session.open_desk(HENS)
    away = folder.with_name("away")
    folder.rename(away)
    assert "is gone" in await player.reads("look")
    assert any(isinstance(event, Left) for event in await player.types("quit"))
    with pytest.raises(SavesError, match="is gone"):
        player.session.desk(HENS)
    with pytest.raises(SavesError, match="is gone"):
        player.session.write_draft(HENS, RIGHT)
    assert "is gone" in words(await listed(player.session.cast(HENS)))
    player.session.close_desk()
    assert player.session.status.desk is None
    assert not folder.exists()
    away.rename(folder)
    assert "The barn" in await player.reads("look")
    assert player.session.history() == ("take lamp", "look")


async def test_another_folder_in_its_place_is_not_written_in(
    player: Player, tmp_path: Path
) -> None:
    folder = player.session.folder
    await player.types("take lamp")
    shutil.copytree(folder, tmp_path / "copy")
    folder.rename(tmp_path / "away")
    (tmp_path / "copy").rename(folder)
    before = (folder / "journey.sqlite3").read_bytes()
    assert "is another one now" in await player.reads("look")
    assert (folder / "journey.sqlite3").read_bytes() == before


async def test_a_model_that_cannot_be_kept_is_said_and_made_again(player: Player) -> None:
    models = player.session.folder / "models"
    blocked(models)
    told = words(await cast(player, JAR, FILLED))
    assert "`jar.pt` could not be kept" in told
    unblocked(models)
    assert "could not be kept" not in words(await cast(player, JAR, FILLED))
    assert (models / "jar.pt").is_file()


async def test_a_backup_that_cannot_be_made_is_said(player: Player) -> None:
    backups = player.session.folder / "backups"
    blocked(backups)
    assert "No backup could be made" in words(await cast(player, HENS, RIGHT))
    unblocked(backups)
    assert player.session.desk(HENS).state == "passed"


async def test_drafts_that_cannot_be_written_are_said(player: Player) -> None:
    await cast(player, HENS, RIGHT)
    drafts = player.session.folder / "spells" / "barn"
    blocked(drafts)
    assert "cannot be" in await player.reads("cast jar")
    with pytest.raises(SavesError):
        player.session.write_draft(HENS, "hens = 1\n")
    assert "The barn" in await player.reads("look")
    unblocked(drafts)
    assert player.session.desk(HENS).source == RIGHT


async def test_a_cast_that_cannot_be_noted_is_said_and_can_be_made_again(player: Player) -> None:
    player.session.write_draft(HENS, RIGHT + "# much\n" * 100_000)
    database = player.session._table.journey._database
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    assert "disk is full" in words(await listed(player.session.cast(HENS)))
    assert player.session.desk(HENS).attempts == 0
    database.execute("PRAGMA max_page_count = 1000000")
    await listed(player.session.cast(HENS))
    assert player.session.desk(HENS).state == "passed"


async def test_a_second_session_is_refused_and_the_first_goes_on(
    player: Player, crucible: Crucible
) -> None:
    with pytest.raises(JourneyInUse, match="open in another game"):
        await Session.open(player.session.folder, lessons=LESSONS, crucible=crucible)
    assert "The barn" in await player.reads("look")
