"""A review on the screens, with the real session and the real crucible: asked, answered, left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oz.crucible import Crucible
from oz.saves.study import studied
from oz.session import Session
from tests.session.test_reviewing import ANSWERS, GOOD, RIGHT, SPELL
from tests.tui.conftest import SIZES

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def journey(folder: Path, crucible: Crucible, *, days: float) -> Session:
    """A journey whose first spell was passed so many days ago."""
    now = datetime.now(UTC)
    session = await Session.open(folder, lessons=GOOD, crucible=crucible)
    async for _ in session.begin():
        pass
    session.write_draft(SPELL, RIGHT)
    async for _ in session.cast(SPELL):
        pass
    session.close_desk()
    await session.close()
    return await Session.open(
        folder, lessons=GOOD, crucible=crucible, clock=lambda: now + timedelta(days=days)
    )


def asked(session: Session) -> str:
    now = session.reviews._round
    assert now is not None
    return now.card.id.partition("/")[2]


@pytest.mark.parametrize("size", SIZES)
async def test_questions_are_answered_where_one_types(playing, crucible, tmp_path, size):
    session = await journey(tmp_path / "saves" / "dorothy", crucible, days=2)
    async with session, playing(size=size, session=session) as game:
        await game.until_text("3 ideas are about to be forgotten")
        await game.until_text("F8 Review")
        await game.pilot.press("f8")
        await game.until_text("Question 1 of 3")
        await game.until_text("your answer, or skip, or enough")
        assert "│ " in game.text  # code stands apart
        first = asked(session)
        await game.type("map")
        await game.until(lambda: "neither done nor counted" in game.app.story.prose.text)
        await game.type(ANSWERS[first])
        await game.until(lambda: "comes back in" in game.app.story.prose.text)
        await game.until(lambda: "Question 2 of 3" in game.app.story.prose.text)
        assert "Right" in game.app.story.prose.text
        await game.pilot.press("x")
        await game.until_text("(Your answer, or skip, enough, help.)")
        await game.pilot.press("backspace")
        await game.type("enough")
        await game.until_text("Right: 1 of 1.")
        await game.until_text("what do you do?")
    assert [card for card, _ in studied(session.folder).ratings] == [f"kansas/{first}"]


async def test_a_review_from_the_palette(playing, crucible, tmp_path):
    session = await journey(tmp_path / "saves" / "dorothy", crucible, days=0)
    async with session, playing(session=session) as game:
        await game.pilot.press("ctrl+p")
        await game.pilot.press(*"review")
        await game.until_text("Earlier ideas, asked again")
        await game.pilot.press("enter")
        await game.until_text("Nothing is about to be forgotten.")


async def test_a_desk_closes_the_question_and_asks_too(playing, crucible, tmp_path):
    session = await journey(tmp_path / "saves" / "dorothy", crucible, days=2)
    async with session, playing(size=(120, 40), session=session) as game:
        await game.type("review")
        await game.until(lambda: session.reviews.asking)
        await game.type("skip")
        await game.app.show_desk(SPELL)
        await game.until(lambda: type(game.app.screen).__name__ == "DeskScreen")
        await game.until(lambda: not session.reviews.asking)
        await game.type("review all")
        await game.until_text("Question 1 of 3")
        first = asked(session)
        await game.type(ANSWERS[first])
        await game.until_text("Question 2 of 3")
        await game.type("stop")
        await game.until_text("Right: 1 of 1.")


async def test_the_settings_turn_the_line_off(playing, crucible, tmp_path):
    session = await journey(tmp_path / "saves" / "dorothy", crucible, days=2)
    session.reviews.reminds = False
    async with session, playing(session=session) as game:
        assert session.reviews.reminds  # as the settings say
        game.app.choose("reminders", "off")
        assert not session.reviews.reminds
