"""Lessons that change under a journey: renamed, gone and new spells, and nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from oz.crucible import Crucible
from oz.saves.figures import figures
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


CARD = "where-it-ends"


async def studied_well(folder: Path, root: Path, crucible: Crucible) -> dict[str, str]:
    """Answer the cards of the spell that passed; what is kept of them."""
    async with await opened(folder, root, crucible) as session:
        await listed(session.begin())
        await listed(session.submit("review all"))
        while (round := session.reviews._round) is not None:
            right = round.card.id.endswith(CARD)
            await listed(session.submit("[2, 3, 4, 5, 6]" if right else "17"))
        return dict(session._table.journey.cards())


async def test_a_stage_that_is_called_otherwise_takes_all_along(
    tmp_path: Path, played: Path, crucible: Crucible
) -> None:
    """Spells, cards with all that is known of them, where Dorothy stands, and the time it took."""
    before = await studied_well(played, tmp_path / "then", crucible)
    assert set(before) == {f"kansas/{name}" for name in (CARD, "how-many", "up-to-four")}
    root = lessons(tmp_path / "now", "old_count", '\n[renamed]\n"kansas" = "prairie"\n')
    (root / "01_kansas").rename(root / "01_prairie")
    for file in (root / "campaign.toml", root / "02_river" / "stage.toml"):
        text = (
            file.read_text("utf-8")
            .replace("01_kansas", "01_prairie")
            .replace("kansas/", "prairie/")
        )
        file.write_text(text, "utf-8")
    new = "prairie/old-count"
    async with await opened(played, root, crucible) as session:
        said = words(await listed(session.begin()))
        assert "`kansas` is `prairie` now" in said
        assert "New in stages" not in said
        assert "no longer on the road" not in said
        state = session._table.state
        assert state.room.startswith("prairie/")
        assert state.passed == {new}
        assert len(session.attempts(new)) == len(session.hints(new)) == 1
        assert session.desk(new).source == RIGHT
        after = dict(session._table.journey.cards())
        assert after == {id.replace("kansas", "prairie"): kept for id, kept in before.items()}
        assert "The next of 3 comes back" in words(await listed(session.submit("review")))
        assert {pin.stage for pin in session._table.journey.pins()} == {"prairie"}
        found = figures(played)
        assert [spell.spell for spell in found.spells] == [new]
        assert [stage for stage, _seconds in found.stages] in ([], ["prairie"])
    async with await opened(played, root, crucible) as session:
        assert "The lessons have changed" not in words(await listed(session.begin()))


async def test_cards_go_with_a_spell_to_another_stage(
    tmp_path: Path, played: Path, crucible: Crucible
) -> None:
    """Those that the lessons have there; the others stay, in case they come back."""
    before = await studied_well(played, tmp_path / "then", crucible)
    root = lessons(
        tmp_path / "now", extra='\n[renamed]\n"kansas/old-count" = "river/first-count"\n'
    )
    here, there = root / "01_kansas", root / "02_river"
    shutil.copytree(here / "spells" / "01_first_count", there / "spells" / "02_first_count")
    cards = (here / "review.md").read_text("utf-8")
    first, _rest = cards[cards.index("## ") :].split("## how-many")
    with (there / "review.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{first}")
    (here / "review.md").unlink()
    with (there / "stage.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[offers]]\nspell = "first-count"\nrooms = ["bank"]\n')
    async with await opened(played, root, crucible) as session:
        await listed(session.begin())
        after = dict(session._table.journey.cards())
        assert after[f"river/{CARD}"] == before[f"kansas/{CARD}"]
        assert f"kansas/{CARD}" not in after
        assert after["kansas/how-many"] == before["kansas/how-many"]
