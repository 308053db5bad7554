"""Lessons that change under a journey: renamed, gone and new spells, and nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from oz.crucible import Crucible
from oz.saves.keepsakes import KeptCurve, keepsakes
from oz.session import Session
from tests.session.conftest import listed, verdicts, words

pytestmark = pytest.mark.asyncio(loop_scope="session")

GOOD = Path(__file__).parents[1] / "lessons" / "good"
SPELL, OLD = "kansas/first-count", "kansas/old-count"
RIGHT = (GOOD / "01_kansas/spells/01_first_count/solution.py").read_text("utf-8")


def lessons(folder: Path, name: str = "first_count", extra: str = "") -> Path:
    """The good lessons, in which the first spell is called `name`."""
    root = Path(shutil.copytree(GOOD, folder))
    if name != "first_count":
        spells = root / "01_kansas" / "spells"
        (spells / "01_first_count").rename(spells / f"01_{name}")
        for file in [*root.rglob("*.toml"), *root.rglob("*.md")]:
            text = file.read_text("utf-8").replace("first-count", name.replace("_", "-"))
            file.write_text(text, "utf-8")
    top = root / "campaign.toml"
    top.write_text(top.read_text("utf-8") + extra, "utf-8")
    return root


async def opened(folder: Path, root: Path, crucible: Crucible) -> Session:
    return await Session.open(folder, lessons=root, crucible=crucible)


@pytest.fixture
async def played(tmp_path: Path, crucible: Crucible) -> Path:
    """A journey in which the spell, called otherwise then, was passed after a hint."""
    root = lessons(tmp_path / "then", "old_count")
    async with await opened(tmp_path / "dorothy", root, crucible) as session:
        await listed(session.begin())
        session.hint(OLD)
        session.write_draft(OLD, RIGHT)
        (judged,) = verdicts(await listed(session.cast(OLD)))
        assert judged.verdict.passed
        session._table.journey.keep(OLD, 1, True, (KeptCurve("loss", ((1.0, 2.0), (2.0, 1.0))),))
    return tmp_path / "dorothy"


async def test_what_was_done_with_a_renamed_spell_goes_with_it(
    tmp_path: Path, played: Path, crucible: Crucible
) -> None:
    root = lessons(tmp_path / "now", extra=f'\n[renamed]\n"{OLD}" = "{SPELL}"\n')
    async with await opened(played, root, crucible) as session:
        said = words(await listed(session.begin()))
        assert f"`{OLD}` is `{SPELL}` now" in said
        assert SPELL in session._table.state.passed
        assert session._table.state.scored[f"spell {SPELL}"] > 0
        assert len(session.attempts(SPELL)) == 1
        assert len(session.hints(SPELL)) == 1
        assert session.desk(SPELL).source == RIGHT
        assert [one.spell for one in keepsakes(played)] == [SPELL]
    async with await opened(played, root, crucible) as session:
        assert "The lessons have changed" not in words(await listed(session.begin()))


async def test_what_is_gone_is_kept_and_counts_again_when_it_returns(
    tmp_path: Path, played: Path, crucible: Crucible
) -> None:
    now, then = lessons(tmp_path / "now"), tmp_path / "then"
    async with await opened(played, now, crucible) as session:
        said = words(await listed(session.begin()))
        assert f"`{OLD}` is no longer on the road; your attempts at it are kept." in said
        assert "New in stages that you have been to" in said
        assert not session._table.state.passed
        await listed(session.submit("look"))  # a turn is written without it
    async with await opened(played, then, crucible) as session:
        await listed(session.begin())
        assert session._table.state.passed == {OLD}
        assert len(session.attempts(OLD)) == 1


async def test_a_name_that_leads_in_a_circle_is_refused(tmp_path: Path) -> None:
    from oz.campaign import LessonsError, load

    wrong = f'\n[renamed]\n"{OLD}" = "{SPELL}"\n"{SPELL}" = "{OLD}"\n'
    with pytest.raises(LessonsError, match="must lead to the name that it has now"):
        load(lessons(tmp_path / "now", extra=wrong))
