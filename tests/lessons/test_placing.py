"""Stages that can be proven: how ``[placement]`` is read, and what the check finds in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from oz.campaign import LessonsError, load
from oz.lessons_check import placing
from oz.story.model import Effect

Change = Callable[[str, str, str], int]

STAGE, STORY = "01_kansas/stage.toml", "01_kansas/story.md"
TABLE = '\n[placement]\ndo = ["set called", "move hen to nowhere"]\n'
TEXTS = (
    "\n## proof\nIt wants counting.\n\n## placement\nThe hens are counted, and the road is there.\n"
)


@pytest.fixture
def proven(lessons: Path) -> Path:
    """The good campaign, its first stage with a placement."""
    add(lessons, STAGE, TABLE)
    add(lessons, STORY, TEXTS)
    return lessons


def add(root: Path, name: str, text: str) -> int:
    """Put `text` at the end of a file; gives the line on which it begins."""
    before = (root / name).read_text("utf-8")
    (root / name).write_text(before + text, "utf-8")
    return before.count("\n") + 1


def refusals(root: Path) -> list[str]:
    with pytest.raises(LessonsError) as caught:
        load(root)
    return [f"{fault.path.relative_to(root)}: {fault.message}" for fault in caught.value.faults]


def found(root: Path) -> list[str]:
    return [f"{f.path.relative_to(root)}: {f.message}" for f in placing.check(load(root))]


def test_a_placement_is_the_last_spell_unless_it_names_one(proven: Path) -> None:
    placement = load(proven).world.stages["kansas"].placement
    assert placement is not None
    assert placement.spell == "kansas/first-count"
    assert placement.do[0] == Effect("set", "kansas/called")
    assert placement.told.key == "kansas/placement"


def test_stages_without_one_stay_as_they_were(lessons: Path) -> None:
    assert all(stage.placement is None for stage in load(lessons).world.stages.values())
    assert found(lessons) == []


@pytest.mark.parametrize(
    ("table", "texts", "said"),
    [
        ('\n[placement]\nspell = "first-cuont"\n', TEXTS, "did you mean 'first-count'"),
        ('\n[placement]\nspell = "river/which-bank"\n', TEXTS, "must be a spell of this stage"),
        ('\n[placement]\ndo = ["go river/bank"]\n', TEXTS, "only quiet effects"),
        ('\n[placement]\ndo = ["set nothing", "fly"]\n', TEXTS, "unknown effect 'fly'"),
        ('\n[placement]\nfor = "first-count"\n', TEXTS, "unknown key 'for'"),
        (TABLE, "\n## proof\nIt wants counting.\n", "write '## placement'"),
        (TABLE, "\n## placement\nThe road is there.\n", "write '## proof'"),
        ("", TEXTS, "'## proof' belongs to nothing"),
    ],
)
def test_a_broken_one_is_refused(lessons: Path, table: str, texts: str, said: str) -> None:
    add(lessons, STAGE, table)
    add(lessons, STORY, texts)
    assert any(said in told for told in refusals(lessons))


def test_a_fault_says_its_line(lessons: Path) -> None:
    line = add(lessons, STAGE, '\n[placement]\ndo = ["go river/bank"]\n')
    add(lessons, STORY, TEXTS)
    with pytest.raises(LessonsError) as caught:
        load(lessons)
    assert [fault.line for fault in caught.value.faults] == [line + 2]


def test_a_good_one_has_no_fault(proven: Path) -> None:
    assert found(proven) == []


def test_company_that_only_a_walker_has_is_missed(proven: Path, change: Change) -> None:
    change(STAGE, 'in = "yard"\n\n[[rules]]', 'in = "yard"\nfollows = "flag:called"\n\n[[rules]]')
    change(STAGE, 'do = ["set called", "move hen to nowhere"]\nsay', 'do = ["set called"]\nsay')
    change(STAGE, ' and not here:hen" }', '" }')
    change(STAGE, TABLE, "\n[placement]\n")
    assert ["who walks through goes on with 'kansas/hen'" in told for told in found(proven)] == [
        True
    ]
    change(STAGE, "\n[placement]\n", '\n[placement]\ndo = ["set called"]\n')
    assert found(proven) == []


def test_a_stage_that_cannot_be_played_behind_it_is_found(proven: Path, change: Change) -> None:
    change(
        "02_river/stage.toml", 'rooms = ["bank"]', 'rooms = ["bank"]\nwhen = "flag:kansas/called"'
    )
    assert found(proven) == []
    change(STAGE, TABLE, "\n[placement]\n")
    (told,) = found(proven)
    assert told.startswith(f"{STAGE}: who proves this stage does not finish 'The river'; they end")
    assert told.endswith("in 'The river bank', without 'river/which-bank'")


def test_the_last_stage_has_none(proven: Path) -> None:
    add(proven, "02_river/stage.toml", "\n[placement]\n")
    add(proven, "02_river/story.md", TEXTS)
    assert found(proven) == [
        "02_river/stage.toml: the last stage needs no [placement]: nothing comes after it"
    ]


def test_a_file_that_a_later_spell_uses_is_kept_by_the_proof(proven: Path, change: Change) -> None:
    bank = "02_river/spells/01_which_bank/spell.md"
    count = "01_kansas/spells/01_first_count/spell.md"
    change(bank, 'kind = "predict"', 'kind = "predict"\nuses = ["hens.pt"]')
    change(count, 'kind = "cast"', 'kind = "cast"\nkeep = ["hens.pt"]')
    assert found(proven) == []
    second = proven / "01_kansas/spells/02_second_count"
    first = proven / "01_kansas/spells/01_first_count"
    second.mkdir()
    for path in first.iterdir():
        if path.is_file():
            (second / path.name).write_bytes(path.read_bytes())
    change("01_kansas/spells/02_second_count/spell.md", 'keep = ["hens.pt"]', "keep = []")
    change(
        STAGE,
        "\n[placement]",
        '\n[[offers]]\nspell = "second-count"\nrooms = ["yard"]\n\n[placement]',
    )
    add(proven, STORY, "\n## victory second-count\nOnce more.\n")
    (told,) = found(proven)
    assert told.startswith(f"{STAGE}: 'river/which-bank' uses 'hens.pt', which the spell that")
    change(STAGE, "[placement]", '[placement]\nspell = "first-count"')
    assert found(proven) == []
