"""``review.md``: what the loader makes of it and how it refuses it, and what the check sees."""

# ruff: noqa: E501 - the rows of a table stay on their lines

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oz.campaign import LessonsError, load
from oz.campaign.faults import Faults
from oz.campaign.reviews import read_reviews
from oz.crucible import Crucible
from oz.lessons_check import cards, check_cards, check_lessons, taught
from oz.study.cards import CardKind
from tests.lessons.test_load import refusal

Change = Callable[[str, str, str], int]
REVIEW = "01_kansas/review.md"


def test_cards_are_read_in_the_order_of_the_road(lessons: Path) -> None:
    read = load(lessons).reviews
    assert list(read) == [
        "kansas/where-it-ends", "kansas/how-many", "kansas/up-to-four", "river/it-does-not-fit",
    ]  # fmt: skip
    first = read["kansas/how-many"]
    assert (first.kind, first.after) == (CardKind.PREDICT, "kansas/first-count")
    assert first.about == ("torch.arange", "Tensor.shape")
    assert first.question == "A row of eggs. What does this print?"
    assert first.program == "eggs = torch.arange(12)\nprint(eggs.shape)"
    assert first.why == "A row has one axis, as long as the row."
    text = (lessons / REVIEW).read_text("utf-8").split("\n")
    assert text[first.line - 1] == "## how-many"
    assert text[first.program_at - 1] == "eggs = torch.arange(12)"


def test_a_line_to_be_mended(lessons: Path) -> None:
    card = load(lessons).reviews["kansas/up-to-four"]
    assert card.broken_line == "return torch.arange(4)"
    assert card.mended_line == "return torch.arange(5)"
    assert card.with_line("return 7  # mend").split("\n")[1] == "    return 7"
    assert card.with_line(card.mended_line) == card.mended


def test_lessons_without_cards_have_none(lessons: Path) -> None:
    for path in lessons.glob("*/review.md"):
        path.unlink()
    assert load(lessons).reviews == {}
    assert check_cards(load(lessons)) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## where-it-ends", "## Where It Ends", "is no name for a card"),
        ("## how-many", "## where-it-ends", "is there already, at line 3"),
        ("# Cards for Kansas", "Cards for Kansas", "text before the first card"),
        ("kind: predict\n", "", "'kind:' is missing"),
        ("kind: predict", "kind: riddle", "unknown kind 'riddle'; known: mend, predict"),
        ("kind: predict", "sort: predict", "unknown key 'sort:'; known: about, after, kind"),
        ("kind: predict", "kind: predict\nkind: mend", "'kind:' is there already"),
        ("after: first-count", "after: first-cont", "no spell 'first-cont' in this stage; did you"),
        ("after: first-count\n", "", "'after:' is missing"),
        ("about: torch.arange", "about: ,", "'about:' names nothing"),
        ("about: torch.arange\n", "", "'about:' is missing"),
        ("Two to six. What does this print?\n", "", "the question is missing"),
        ("```python\nprint(torch.arange(2, 7))\n```\n", "", "the program is missing, or empty"),
        ("print(torch.arange(2, 7))\n", "", "the program is missing, or empty"),
        ("```python\n", "```\n", "must be '```python' or '```python mended'"),
        ("```python\n", "```python wrong\n", "must be '```python' or '```python mended'"),
        ("print(torch.arange(2, 7))", "print(torch.arange(2, 7))  # mend", "card's kind is predict"),
        ("### why\nThe end is not counted.\n", "", "'### why' is missing, or has no text"),
        ("The end is not counted.\n", "", "'### why' is missing, or has no text"),
        ("### why", "### Wy", "unknown part '### Wy'; known: '### why'"),
        ("### why", "Well.\n\n### why", "text between the program and '### why'"),
        ("### why\n", "### why\n### why\n", "'### why' is there already"),
        ("counted.\n", "counted.\n\n```python\n7\n```\n", "a program after '### why'"),
        ("  # mend", "", "one line of the program must end in '# mend'; 0 do"),
        ("def count():", "def count():  # mend", "one line of the program must end in"),
        ("```python mended", "```python", "'```python' is there already"),
        ("return torch.arange(5)", "return torch.arange(5)  # mend", "and not be marked"),
        ("    return torch.arange(5)\n", "    x = 5\n    return x\n", "differ in the line '# mend'"),
        ("arange(5)\n\nprint(count())", "arange(5)\n\nprint(7)", "differ in the line '# mend' alone"),
        ("kind: mend", "kind: predict", "a card of kind predict has no '```python mended'"),
    ],
)  # fmt: skip
def test_what_is_malformed_is_refused_by_file_and_line(
    lessons: Path, change: Change, old: str, new: str, said: str
) -> None:
    change(REVIEW, old, new)
    faults = refusal(lessons)
    assert any(f": {said}" in fault or said in fault for fault in faults), faults
    assert all(fault.startswith(f"{REVIEW}:") for fault in faults)


def test_a_fence_that_is_not_closed(lessons: Path) -> None:
    path = lessons / REVIEW
    path.write_text(
        path.read_text("utf-8").replace("print(count())\n```\n\n### why", "print()\n### why")
    )
    assert any("is not closed by '```'" in fault for fault in refusal(lessons))


async def faults(lessons: Path, crucible: Crucible) -> list[str]:
    campaign = load(lessons)
    found = await cards.check_runs([crucible], campaign, lambda _: None)
    found += taught.check(campaign) + cards.check(campaign)
    return [f"{f.path.name}:{f.line}: {f.message}" for f in sorted(found)]


def test_good_cards_have_no_fault(lessons: Path) -> None:
    assert check_cards(load(lessons)) == ()


@pytest.mark.asyncio(loop_scope="session")
async def test_what_only_running_shows(lessons: Path, change: Change, crucible: Crucible) -> None:
    random = change(REVIEW, "print(torch.arange(2, 7))", "import time; print(time.time_ns())")
    long = change(REVIEW, "print(eggs.shape)", "print(eggs.shape, 'egg' * 40)")
    same = change(
        REVIEW, "print(count())\n```\n\n```python mended", "print(7)\n```\n\n```python mended"
    )
    change(REVIEW, "arange(5)\n\nprint(count())", "arange(5)\n\nprint(7)")
    change("02_river/review.md", "torch.arange(6).reshape(4, 2)", "6")
    told = await faults(lessons, crucible)
    assert len(told) == 4
    assert told[0].startswith(
        f"review.md:{random}: the card 'kansas/where-it-ends': prints something"
    )
    assert f"review.md:{long - 1}: the card 'kansas/how-many': prints a line of" in told[1]
    assert (
        f"review.md:{same - 3}: the card 'kansas/up-to-four': the broken program prints" in told[2]
    )
    assert "the card 'river/it-does-not-fit': prints 0 lines" in told[3]


@pytest.mark.asyncio(loop_scope="session")
async def test_what_was_not_taught(lessons: Path, change: Change, crucible: Crucible) -> None:
    used = change(REVIEW, "print(torch.arange(2, 7))", "print(torch.arange(6).reshape(2, 3))")
    change(
        REVIEW, "about: torch.arange, Tensor.shape", "about: torch.arange, Tensor.reshape, torch.no"
    )
    told = await faults(lessons, crucible)
    assert any(f"review.md:{used}: 'Tensor.reshape' is used here, and" in one for one in told)
    assert any(
        "'about:' names 'Tensor.reshape', which 'Kansas' and before do" in one for one in told
    )
    assert any("'about:' names 'torch.no', which no reference.md explains" in one for one in told)


@pytest.mark.asyncio(loop_scope="session")
async def test_a_program_is_short(lessons: Path, change: Change, crucible: Crucible) -> None:
    change(REVIEW, "print(torch.arange(2, 7))", "\n".join(["x = 1"] * 13) + "\nprint(x)")
    assert any(
        "the program has 14 lines; 12 at most" in one for one in await faults(lessons, crucible)
    )


def test_the_whole_check_looks_at_cards_too(lessons: Path, change: Change) -> None:
    line = change(REVIEW, "about: torch.arange\n", "about: torch.arrange\n")
    found = check_lessons(load(lessons), run=False)
    assert [(f.path.name, f.line) for f in found if "about" in f.message] == [
        ("review.md", line - 3)
    ] * 2


# --- in another language --------------------------------------------------------------------------

GERMAN = """# Karten

## where-it-ends
Von zwei bis sechs. Was gibt das aus?

### why
Das Ende zählt nicht mit.

## up-to-four
Die letzte Zahl soll 4 sein.

```python
def anzahl():
    return torch.arange(4)  # mend

print(anzahl())
```

```python mended
def anzahl():
    return torch.arange(5)

print(anzahl())
```

### why
Damit 4 darin ist, muss die Reihe bei 5 enden.
"""


def test_cards_are_told_in_another_language(lessons: Path) -> None:
    (lessons / "01_kansas" / "review.de.md").write_text(GERMAN, "utf-8")
    campaign = load(lessons, "de")
    english = load(lessons, "en").reviews
    ends, many, four = list(campaign.reviews.values())[:3]
    assert ends.question == "Von zwei bis sechs. Was gibt das aus?"
    assert ends.why == "Das Ende zählt nicht mit."
    assert ends.program == english[ends.id].program
    assert many == english[many.id]
    assert "anzahl" in four.program
    assert four.mended_line == "return torch.arange(5)"
    gaps = [gap.message for gap in campaign.gaps if gap.path.name == "review.md"]
    assert gaps == ["'how-many' is not translated", "there is no review.de.md"]
    assert check_cards(campaign) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## where-it-ends", "## where-it-end", "is not in review.md; did you mean"),
        ("Von zwei", "kind: mend\n\nVon zwei", "'kind:' is the same in every language"),
        ("    return torch.arange(5)", "    return 5, 6\n", "must differ in the line '# mend'"),
    ],
)
def test_a_translation_that_does_not_fit(lessons: Path, old: str, new: str, said: str) -> None:
    sibling = lessons / "01_kansas" / "review.de.md"
    sibling.write_text(GERMAN.replace(old, new, 1), "utf-8")
    with pytest.raises(LessonsError) as caught:
        load(lessons, "de")
    assert any(said in f.message and f.path == sibling for f in caught.value.faults)


@given(st.lists(st.sampled_from(
    [
        "## a-card", "## Other", "kind: predict", "kind: mend", "after: first-count", "about: torch.arange",
        "about:", ":", "", "Words.", "```python", "```python mended", "```", "~~~", "x = 1  # mend", "x = 2",
        "### why", "### ", "#", "# mend", "Because.", "\x00", "---", "<!-- x -->",
    ]
), max_size=25))  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_there_is_read_or_refused(tmp_path: Path, lines: list[str]) -> None:
    page = tmp_path / "review.md"
    page.write_text("\n".join(lines), "utf-8")
    found = Faults()
    for card in read_reviews(page, "kansas", {"kansas/first-count"}, found).values():
        faultless = not found._found
        if faultless and card.kind is CardKind.MEND:
            assert card.with_line(card.mended_line).split() == card.mended.split()
        assert not faultless or (card.question and card.why and card.program)
