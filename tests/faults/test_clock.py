"""A clock that was set back, between two sittings and amid one: nothing is lost, nothing is odd."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from pathlib import Path

import pytest

from oz import campaign
from oz.crucible import Crucible
from oz.report import as_text, gather
from oz.saves import Journey, journeys
from oz.saves.figures import figures
from oz.saves.lock import Lock
from oz.session import Session
from tests.session.conftest import Player, listed

YEARS = dt.timedelta(days=1200)


@pytest.fixture
def back(monkeypatch: pytest.MonkeyPatch):
    """Set the clock back, for every module of the game."""

    class Earlier(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return super().now(tz) - YEARS

    def set_back() -> None:
        for name, module in list(sys.modules.items()):
            if name.startswith("oz.") and getattr(module, "datetime", None) is dt.datetime:
                monkeypatch.setattr(module, "datetime", Earlier)

    return set_back


async def test_a_clock_set_back_loses_no_turn_and_no_attempt(
    tmp_path: Path, crucible: Crucible, back
) -> None:
    folder = tmp_path / "journey"
    spell = "kansas/scales"
    async with await Session.open(folder, crucible=crucible) as session:
        await listed(session.begin())
        await Player(session).types("look", "hint")
        session.write_draft(spell, "book = True\nscales = True\n")
        await listed(session.cast(spell))
        back()
        session.write_draft(spell, "book = False\nscales = True\n")
        await listed(session.cast(spell))
        await Player(session).types("south")
    async with await Session.open(folder, crucible=crucible) as session:
        await listed(session.begin())
        player = Player(session)
        assert session.status.room == "kansas/yard"
        assert session.history()[-1] == "south"
        assert [made.reason for made in session.attempts(spell)] == ["failed", "passed"]
        assert "Undone" in await player.reads("undo")
        for page in ("statistics", "journal", "restore", "attempts", "review"):
            told = await player.reads(page)
            assert told
            assert not re.search(r"-\d+ (second|minute|hour|day|s\b)", told), told
    report = as_text(gather(folder, campaign.load(None), {}))
    assert not re.search(r"-\d+ (second|minute|hour|day|s\b)", report)
    found = figures(folder)
    assert found.played >= 0
    assert [(one.spell, one.casts, one.before_pass) for one in found.spells] == [(spell, 2, 1)]


def test_a_lock_of_the_future_locks_and_goes(tmp_path: Path, back) -> None:
    folder = tmp_path / "journey"
    Journey.open(folder).close()
    back()
    with Journey.open(folder):
        pass
    with Lock(folder):
        pass


def test_drafts_put_beside_each_other_keep_names_of_their_own(tmp_path: Path, back) -> None:
    from oz.saves import drafts

    path = tmp_path / "spells" / "kansas" / "scales.py"
    drafts.write(path, "a\n", None)
    for text in ("theirs", "theirs again"):
        path.write_text(text)
        assert drafts.write(path, f"ours {text}\n", "another").conflict
        back()
    kept = sorted(one.read_text() for one in (path.parent / "kept").iterdir())
    assert kept == ["theirs", "theirs again"]


def test_a_journey_of_the_future_is_listed(tmp_path: Path) -> None:
    for name, at in (("of the future", 2**33), ("of the first day", 0)):
        with Journey.open(tmp_path / name) as journey:
            journey.add_turn("look", "", "{}")
        os.utime(tmp_path / name / "journey.sqlite3", (at, at))
    assert {info.name for info in journeys(tmp_path)} == {"of the future", "of the first day"}
