"""A review: cards that come due, questions, answers judged by what really happens, and time."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import pytest_asyncio

from oz.campaign import load
from oz.crucible import Crucible
from oz.saves.study import studied
from oz.session import Session, review_figures
from oz.story.events import StageFinished
from oz.study.schedule import EARLY
from oz.study.truth import Ran
from tests.session.conftest import Player, listed, verdicts, words

pytestmark = pytest.mark.asyncio(loop_scope="session")

GOOD = Path(__file__).parents[1] / "lessons" / "good"
SPELL = "kansas/first-count"
RIGHT = (GOOD / "01_kansas/spells/01_first_count/solution.py").read_text("utf-8")
ANSWERS = {
    "where-it-ends": "[2, 3, 4, 5, 6]",
    "how-many": "(12,)",
    "up-to-four": "return torch.arange(5)",
}


@dataclass
class Time:
    """A clock that goes when it is told to."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now

    def on(self, days: float) -> None:
        self.now += timedelta(days=days)


@dataclass
class Student(Player):
    """A player with time, and a crucible to come back with."""

    time: Time
    crucible: Crucible

    def card(self) -> str:
        """The name of the card whose question is open."""
        now = self.session.reviews._round
        assert now is not None
        return now.card.id.partition("/")[2]

    async def answers_all(self, *, right: bool = True) -> list[str]:
        """Answer as long as there are questions; the cards that were asked."""
        asked = []
        while self.session.reviews.asking:
            asked.append(self.card())
            await self.reads(ANSWERS[asked[-1]] if right else "17")
        return asked

    async def comes_back(self) -> str:
        """Leave, and open the journey again; what is told."""
        folder = self.session.folder
        await self.session.close()
        self.session = await opened(folder, self.crucible, self.time)
        return words(await listed(self.session.begin()))


async def opened(folder: Path, crucible: Crucible, time: Time) -> Session:
    return await Session.open(folder, lessons=GOOD, crucible=crucible, clock=time)


@pytest_asyncio.fixture(loop_scope="session")
async def student(tmp_path: Path, crucible: Crucible) -> AsyncIterator[Student]:
    """Somebody who has just passed the first spell, to which three cards belong."""
    time = Time()
    session = await opened(tmp_path / "dorothy", crucible, time)
    await listed(session.begin())
    session.write_draft(SPELL, RIGHT)
    (judged,) = verdicts(await listed(session.cast(SPELL)))
    assert judged.verdict.passed
    session.close_desk()
    one = Student(session, time, crucible)
    yield one
    await one.session.close()


async def test_before_the_first_pass_there_is_nothing_to_review(
    tmp_path: Path, crucible: Crucible
) -> None:
    async with await opened(tmp_path / "new", crucible, Time()) as session:
        await listed(session.begin())
        assert "nothing to review yet" in words(await listed(session.submit("review")))
        assert not session.reviews.asking


async def test_what_was_just_learnt_is_not_due(student: Student) -> None:
    said = await student.reads("review")
    assert "Nothing is about to be forgotten" in said
    assert "in 2 days" in said
    assert "`review kansas`" in said
    assert not student.session.reviews.asking


async def test_a_right_prediction(student: Student) -> None:
    student.time.on(2)
    asked = await student.reads("review")
    assert "Question 1 of 3" in asked
    assert "Type what it prints" in asked or "Type the line" in asked
    while student.card() != "where-it-ends":
        await student.reads("skip")
    said = await student.reads("tensor([2, 3, 4, 5, 6])")
    assert "Right: it prints `tensor([2, 3, 4, 5, 6])`." in said
    assert "The end is not counted." in said
    assert "`reference torch.arange`" in said
    assert "comes back in 11 days" in said


async def test_a_wrong_prediction(student: Student) -> None:
    await student.reads("review all")
    while student.card() != "where-it-ends":
        await student.reads("skip")
    said = await student.reads("[2, 3, 4, 5, 6, 7]")
    assert "Not so. You said `[2, 3, 4, 5, 6, 7]`." in said
    assert "it prints `tensor([2, 3, 4, 5, 6])`" in said
    assert "tomorrow" in said


async def test_a_line_is_mended_and_run(student: Student) -> None:
    await student.reads("review all")
    while student.card() != "up-to-four":
        await student.reads("skip")
    said = await student.reads("return torch.arrange(5)")
    assert "Not so: with your line it raises `AttributeError:" in said
    assert "Mended, it prints `tensor([0, 1, 2, 3, 4])`." in said
    assert "One way to write the line is `return torch.arange(5)`." in said
    await student.reads("review all")
    while student.card() != "up-to-four":
        await student.reads("skip")
    said = await student.reads("    return torch.arange(4 + 1)  # mend")
    assert "Right: with your line it prints `tensor([0, 1, 2, 3, 4])`." in said


async def test_a_line_that_never_ends_is_wrong_and_stops_nothing(
    student: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    from oz.crucible.model import Limits
    from oz.study import truth

    monkeypatch.setattr(truth, "_LIMITS", Limits(seconds=1.0))
    await student.reads("review all")
    while student.card() != "up-to-four":
        await student.reads("skip")
    said = await student.reads("while True: pass")
    assert "Not so." in said
    assert "One way to write the line" in said
    assert studied(student.session.folder).ratings == (("kansas/up-to-four", 1),)


async def test_an_error_is_foretold(student: Student) -> None:
    table = student.session._table
    table.state = type(table.state)(
        **{
            **{name: getattr(table.state, name) for name in table.state.__slots__},
            "passed": table.state.passed | {"river/which-bank"},
        }
    )
    await student.reads("review river")
    said = await student.reads("error")
    assert "Right: it raises `RuntimeError:" in said
    assert "The review is over. Right: 1 of 1." in said


async def test_sixty_days(student: Student) -> None:
    """Who answers well is asked seldom, and who comes every evening is asked when it is time."""
    asked: dict[int, list[str]] = {}
    for day in range(1, 61):
        student.time.on(1)
        await student.reads("review")
        if cards := await student.answers_all():
            asked[day] = sorted(cards)
    every = sorted(ANSWERS)
    assert asked == {2: every, 13: every, 59: every}
    ratings = studied(student.session.folder).ratings
    assert len(ratings) == 9
    assert {rating for _, rating in ratings} == {3}


async def test_what_is_forgotten_comes_back_sooner(student: Student) -> None:
    asked = []
    for day in range(1, 15):
        student.time.on(1)
        await student.reads("review")
        if await student.answers_all(right=day > 3):
            asked.append(day)
    assert asked[:3] == [2, 3, 4]
    assert all(later - sooner <= 4 for sooner, later in pairwise(asked))


async def test_the_quiet_line_is_said_once_a_sitting(student: Student) -> None:
    assert "about to be forgotten" not in await student.comes_back()
    student.time.on(2)
    assert await student.comes_back() != ""
    said = await student.comes_back()
    assert "3 ideas are about to be forgotten: `review` takes two minutes." in said
    assert student.session.reviews.reminder() == []
    await student.reads("review off")
    assert "about to be forgotten" not in await student.comes_back()
    await student.reads("review on")
    assert "about to be forgotten" in await student.comes_back()


async def test_the_settings_turn_the_quiet_line_off(student: Student) -> None:
    student.time.on(2)
    student.session.reviews.reminds = False
    assert student.session.reviews.reminder() == []


async def test_leaving_in_the_middle_loses_only_the_question(student: Student) -> None:
    student.time.on(2)
    await student.reads("review")
    first = student.card()
    await student.reads(ANSWERS[first])
    assert student.session.reviews.asking
    assert "2 ideas are about to be forgotten" in await student.comes_back()
    assert not student.session.reviews.asking
    assert [card for card, _ in studied(student.session.folder).ratings] == [f"kansas/{first}"]
    await student.reads("review")
    assert first not in await student.answers_all()


async def test_what_is_typed_at_a_question(student: Student) -> None:
    session = student.session
    before = session.status.turns
    await student.reads("review all")
    assert "is neither done nor counted" in await student.reads("look")
    assert "is neither done nor counted" in await student.reads("examine ledger")
    assert "Question 1 of 3" in await student.reads("")
    assert "word for word" in await student.reads("help")
    assert session.completions("s") == ("skip",)
    assert "Left for another time." in await student.reads("skip")
    assert "nothing was counted" in await student.reads("enough")
    assert not session.reviews.asking
    assert studied(session.folder).ratings == ()
    await student.reads("review all")
    assert "Everything is saved" in await student.reads("quit")
    assert session.status.turns == before
    assert not session.reviews.asking


async def test_opening_a_desk_closes_the_question(student: Student) -> None:
    await student.reads("review all")
    student.session.open_desk(SPELL)
    assert not student.session.reviews.asking


async def test_a_stage_is_meant_by_id_or_title(student: Student) -> None:
    assert "Question 1 of 3" in await student.reads("review Kansas")
    assert "nothing was counted" in await student.reads("stop")
    assert "There is no stage `oz`" in await student.reads("review oz")
    assert "is in the deck yet" in await student.reads("review river")


async def test_a_clock_that_is_set_back(student: Student) -> None:
    """Answers given with a clock that ran ten years ahead shall not keep the cards away so long."""
    student.time.on(3650)
    await student.reads("review")
    await student.answers_all()
    student.time.on(-3650)
    assert "Nothing is about to be forgotten" in await student.reads("review")
    student.time.on(365)
    await student.reads("review")
    assert len(await student.answers_all()) == 3


async def test_a_damaged_card_begins_anew(student: Student) -> None:
    student.time.on(2)
    await student.reads("review")
    await student.answers_all()
    folder = student.session.folder
    await student.session.close()
    with closing(sqlite3.connect(folder / "journey.sqlite3")) as database:
        database.execute("UPDATE cards SET data = '{\"due\": 7}' WHERE card = 'kansas/how-many'")
        database.execute("INSERT INTO cards VALUES ('kansas/gone', '{}')")
        database.commit()
    student.session = await opened(folder, student.crucible, student.time)
    await listed(student.session.begin())
    await student.reads("review")
    assert await student.answers_all() == ["how-many"]
    assert studied(folder).cards["kansas/gone"] == "{}"


async def test_an_evening_earlier_is_early_enough(student: Student) -> None:
    student.time.on(2 - EARLY / timedelta(days=1) * 0.9)
    assert "Question 1 of 3" in await student.reads("review")


async def test_practice_asks_no_more_than_five_and_the_rest_later(student: Student) -> None:
    await student.reads("review all")
    assert len(await student.answers_all()) == 3
    said = await student.reads("review")
    assert "Nothing is about to be forgotten" in said


async def test_the_review_in_figures(student: Student) -> None:
    folder, lessons = student.session.folder, load(GOOD)
    assert "Review" not in await student.reads("statistics")
    student.time.on(2)
    found = review_figures.review_figures(folder, lessons, student.time())
    assert (found.cards, found.due, found.answers, found.remembered) == (3, 3, 0, None)
    await student.reads("review")
    await student.answers_all()
    await student.reads("review all", "17", "enough")
    found = review_figures.review_figures(folder, lessons, student.time())
    assert review_figures.as_data(found) == {
        "cards": 3, "due": 0, "answers": 4, "right": 3, "remembered": 0.75,
    }  # fmt: skip
    told = "Review: 3 ideas in the deck, 0 of them due; remembered: 75% of 4 answers."
    assert told in await student.reads("statistics")


async def test_renamed_cards_keep_their_answers(student: Student, tmp_path: Path) -> None:
    await student.reads("review all")
    await student.answers_all()
    folder = student.session.folder
    await student.session.close()
    root = Path(shutil.copytree(GOOD, tmp_path / "now"))
    page = root / "01_kansas" / "review.md"
    page.write_text(page.read_text("utf-8").replace("## how-many", "## how-long"), "utf-8")
    top = root / "campaign.toml"
    renamed = '\n[renamed]\n"kansas/how-many" = "kansas/how-long"\n'
    top.write_text(top.read_text("utf-8") + renamed, "utf-8")
    async with await Session.open(
        folder, lessons=root, crucible=student.crucible, clock=student.time
    ) as session:
        await listed(session.begin())
        assert "kansas/how-long" in studied(folder).cards
        assert "Nothing is about to be forgotten" in words(await listed(session.submit("review")))
    assert "kansas/how-many" not in studied(folder).cards


async def test_finishing_a_stage_reminds_of_another(student: Student) -> None:
    student.time.on(3)
    bank = student.session._table.spell("river/which-bank")
    student.session.write_draft(bank.id, bank.solution.read_text("utf-8"))
    events = await listed(student.session.cast(bank.id))
    assert any(isinstance(event, StageFinished) for event in events)
    assert "ideas are about to be forgotten" in words(events[-1:])


@pytest.mark.parametrize("line", ["l", "i", "north", "go north", "take all", "x ledger", "journal"])
async def test_commands_are_no_answers(student: Student, line: str) -> None:
    await student.reads("review all")
    assert "neither done nor counted" in await student.reads(line)
    assert student.session.reviews.asking


@pytest.mark.parametrize("line", ["y", "no", "none", "cpu", "eggs", "pass", "x = 1", "in 3"])
async def test_what_may_be_an_answer_is_one(student: Student, line: str) -> None:
    await student.reads("review all")
    while student.card() != "how-many":
        await student.reads("skip")
    assert "Not so. You said" in await student.reads(line)


async def test_what_runs_can_be_stopped(student: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question stays open, and nothing is counted."""
    await student.reads("review all")
    while student.card() != "up-to-four":
        await student.reads("skip")
    begun = asyncio.Event()
    run = student.session.reviews._run

    async def told(program: str, answer: str | None = None) -> Ran:
        begun.set()
        return await run(program, answer)

    monkeypatch.setattr(student.session.reviews, "_run", told)
    answering = asyncio.create_task(student.reads("while True: pass"))
    await begun.wait()
    async with asyncio.timeout(60):
        while not answering.done():
            # the first stop may end the mended program, which runs before the typed one
            await student.reads("stop")
    assert "not counted" in await answering
    assert student.card() == "up-to-four"
    assert studied(student.session.folder).ratings == ()


async def test_what_is_looked_up_is_no_answer(student: Student) -> None:
    """`reference torch.arange` has a dot, as an answer may; it is none all the same."""
    await student.reads("review all")
    said = await student.reads("reference torch.arange")
    assert "A question is open, so `reference torch.arange` is neither done nor counted" in said
    assert student.session.reviews.asking
