"""What other programs do to a journey while it is played: editors, a full disk, a kill."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from oz.crucible import Crucible
from oz.crucible.model import Reason
from oz.saves import JourneyDamaged, SavesError
from oz.session import DraftChanged, Judged, Session
from tests.session.conftest import SCALES, Player, listed, words

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def next_change(changes: AsyncIterator[DraftChanged]) -> DraftChanged:
    async with asyncio.timeout(20):
        return await anext(changes)


async def test_another_editors_save_is_told_and_read(player: Player) -> None:
    path = player.session.desk(SCALES).path
    changes = player.session.draft_changes()
    change = asyncio.ensure_future(next_change(changes))
    number = 0
    while not change.done():  # the watcher says nowhere that it has begun
        number += 1
        path.write_text(f"book = {number}\n")
        await asyncio.sleep(0.3)
    assert change.result() == DraftChanged(SCALES, conflict=False)
    assert re.fullmatch(r"book = \d+\n", player.session.desk(SCALES).source)
    await changes.aclose()


async def test_the_games_own_saves_are_no_news(player: Player) -> None:
    player.session.desk(SCALES)
    changes = player.session.draft_changes()
    change = asyncio.ensure_future(next_change(changes))
    for number in range(4):
        player.session.write_draft(SCALES, f"book = {number}\n")
        await asyncio.sleep(0.2)
    assert not change.done()
    change.cancel()
    await asyncio.gather(change, return_exceptions=True)
    await changes.aclose()


async def test_when_both_sides_changed_the_player_is_asked_and_neither_is_lost(
    player: Player,
) -> None:
    desk = player.session.desk(SCALES)
    desk.path.write_text("theirs = 1\n")
    player.session.write_draft(SCALES, "mine = 1\n")
    changes = player.session.draft_changes()
    change = await next_change(changes)
    await changes.aclose()
    assert change.conflict
    assert change.theirs is not None
    assert player.session.desk(SCALES).source == "mine = 1\n"
    assert player.session.take_draft(SCALES, change.theirs) == "theirs = 1\n"
    assert desk.path.read_text() == "theirs = 1\n"
    kept = {file.read_text() for file in (desk.path.parent / "kept").iterdir()}
    assert kept == {"theirs = 1\n", "mine = 1\n"}


async def test_looking_at_the_desk_or_casting_hides_no_change(player: Player) -> None:
    path = player.session.desk(SCALES, taken=True).path
    path.write_text("theirs = 1\n")
    assert player.session.desk(SCALES).source == "theirs = 1\n"
    await player.types("cast scales", "hint", "show code")
    await listed(player.session.cast(SCALES))
    player.session.write_draft(SCALES, "mine = 1\n")
    changes = player.session.draft_changes()
    change = await next_change(changes)
    await changes.aclose()
    assert change.conflict
    assert change.theirs is not None
    assert change.theirs.read_text() == "theirs = 1\n"


async def test_what_was_taken_into_an_editor_is_no_clash(player: Player) -> None:
    path = player.session.desk(SCALES, taken=True).path
    path.write_text("theirs = 1\n")
    source = player.session.desk(SCALES, taken=True).source
    player.session.write_draft(SCALES, source + "mine = 1\n")
    assert path.read_text() == "theirs = 1\nmine = 1\n"
    assert not (path.parent / "kept").exists()


async def test_an_answer_written_into_a_changed_draft_keeps_the_change_and_tells_it(
    player: Player,
) -> None:
    predict = next(
        spell.id for spell in player.session._table.campaign.spells.values() if spell.questions
    )
    path = player.session.desk(predict, taken=True).path
    path.write_text("other = 1\n")
    question = player.session.unanswered(predict)[0].id
    player.session.answer(predict, question, "2")
    assert path.read_text() == f"other = 1\n{question} = 2\n"
    changes = player.session.draft_changes()
    assert await next_change(changes) == DraftChanged(predict, conflict=False)
    await changes.aclose()


async def test_a_draft_of_odd_bytes_can_be_cast_and_is_kept(player: Player) -> None:
    path = player.session.desk(SCALES).path
    path.write_bytes(b"book = False  # caf\xe9\r\nscales = True\r\n")
    events = await listed(player.session.cast(SCALES))
    assert any(getattr(event, "first_pass", False) for event in events)
    assert path.read_bytes() == b"book = False  # caf\xe9\r\nscales = True\r\n"


async def test_a_draft_that_cannot_be_read_is_said(player: Player) -> None:
    path = player.session.desk(SCALES).path
    path.unlink()
    path.mkdir()
    assert "cannot be read" in words(await listed(player.session.cast(SCALES)))
    assert "cannot be read" in await player.reads("cast scales", "show code")
    with pytest.raises(SavesError):
        player.session.desk(SCALES)
    assert "kitchen" in (await player.reads("look")).lower()


async def test_a_turn_that_cannot_be_saved_is_not_done(player: Player) -> None:
    database = player.session._table.journey._database
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    before = player.session.status
    told = ""
    for _ in range(200):
        before = player.session.status
        told = await player.reads("south", "north")
        if "could not be saved" in told:
            break
    assert "disk is full" in told
    database.execute("PRAGMA max_page_count = 1000000")
    await player.types("look")
    assert player.session.status.turns >= before.turns
    with closing(sqlite3.connect(player.session.folder / "journey.sqlite3")) as other:
        turns = other.execute("SELECT state FROM turns ORDER BY id DESC LIMIT 1").fetchone()
    assert json.loads(turns[0])["turns"] == player.session.status.turns


GAME = """
import asyncio, sys
from pathlib import Path
from oz.session import Session

class Cold:                            # no code is run here, so none need be lit
    async def start(self): ...
    async def close(self): ...

async def main():
    async with await Session.open(Path(sys.argv[1]), crucible=Cold()) as session:
        async for _ in session.begin():
            pass
        while True:
            for line in ("south", "look", "score", "north", "undo", "undo"):
                async for _ in session.submit(line):
                    pass
                print(len(session.history()), session.status.room, session.status.turns, flush=True)

asyncio.run(main())
"""


async def test_a_state_that_cannot_be_read_gives_way_to_the_one_before(
    tmp_path: Path, crucible: Crucible
) -> None:
    folder = tmp_path / "j"
    async with await Session.open(folder, crucible=crucible) as session:
        await listed(session.begin())
        await Player(session).types("south", "look")
    with closing(sqlite3.connect(folder / "journey.sqlite3")) as other, other:
        other.execute("UPDATE turns SET state = '{\"turns\": \"x\"}' WHERE line = 'look'")
    async with await Session.open(folder, crucible=crucible) as session:
        assert session.status.room == "kansas/yard"
    with closing(sqlite3.connect(folder / "journey.sqlite3")) as other, other:
        other.execute("UPDATE turns SET state = '[]'")
    with pytest.raises(JourneyDamaged, match="left as it is"):
        await Session.open(folder, crucible=crucible)


async def test_stop_ends_the_cast_and_not_what_waits_behind_it(player: Player) -> None:
    player.session.write_draft(SCALES, "while True:\n    pass\n")
    waiting: asyncio.Task[str] | None = None
    async for event in player.session.cast(SCALES):
        if waiting is None:
            waiting = asyncio.ensure_future(player.reads("examine scales"))
            await asyncio.sleep(0.1)
            await player.types("stop")
        if isinstance(event, Judged):
            assert event.verdict.reason is Reason.STOPPED
    assert waiting is not None
    assert "tensor(0.1000)" in await waiting


def killed_game(folder: Path, answers: int) -> list[bytes]:
    """What a game in a process of its own showed until it was killed, after so many answers."""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", GAME, str(folder)],
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as game:
        assert game.stdout is not None
        shown = [game.stdout.readline() for _ in range(answers)]
        game.send_signal(signal.SIGKILL)
        return shown + game.stdout.readlines()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
async def test_a_killed_game_loses_nothing_that_was_answered(
    tmp_path: Path, crucible: Crucible
) -> None:
    folder = tmp_path / "j"
    answered = 0
    for round in range(4):
        shown = await asyncio.to_thread(killed_game, folder, 3 + 5 * round)
        last = [line for line in shown if line.endswith(b"\n")][-1].split()
        answered = int(last[0])
        async with await Session.open(folder, crucible=crucible) as session:
            lines = len(session.history())
            assert lines in (answered, answered + 1)
            if lines == answered:
                assert session.status.room == last[1].decode()
                assert session.status.turns == int(last[2])
