"""What one spell keeps lies beside what comes after it: programs, snippets and checks alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oz.campaign import LessonsError, load
from oz.cli import main
from oz.crucible import Crucible
from oz.lessons_check import answers, kept, mutate
from oz.lore import lore
from oz.spells.job import judging

COUNT = "01_kansas/spells/01_first_count"
BANK = "02_river/spells/01_which_bank"


@pytest.fixture
def keeping(lessons: Path) -> Path:
    """The good campaign, whose first spell keeps its row, and whose second cannot do without."""
    edit(lessons / COUNT / "spell.md", 'kind = "cast"', 'kind = "cast"\nkeep = ["hens.pt"]')
    edit(
        lessons / COUNT / "solution.py",
        "(7)\n",
        '(7)\n\nwith open("hens.pt", "w") as file:\n    file.write("7 hens")\n',
    )
    edit(lessons / BANK / "spell.md", 'kind = "predict"', 'kind = "predict"\nuses = ["hens.pt"]')
    edit(
        lessons / BANK / "program.py",
        "import torch\n",
        'import torch\n\nassert open("hens.pt").read() == "7 hens"\n',
    )
    edit(
        lessons / "01_kansas/stage.toml",
        "print(torch.arange(7))",
        'print(open("hens.pt").read())',
    )
    return lessons


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


async def faults(root: Path, crucible: Crucible) -> list[str]:
    found = await answers.check_with([crucible], load(root), lambda _text: None)
    return [f.message for f in found]


async def test_the_check_lays_what_answers_keep_beside_what_follows(
    keeping: Path, crucible: Crucible
) -> None:
    assert await faults(keeping, crucible) == []
    assert kept.check(load(keeping)) == []


async def test_an_answer_that_makes_no_such_file_is_a_fault(
    keeping: Path, crucible: Crucible
) -> None:
    edit(keeping / COUNT / "solution.py", '"hens.pt"', '"cocks.pt"')
    said = await faults(keeping, crucible)
    assert "the model answer passes and makes no file 'hens.pt', which is to be kept" in said
    assert any("'kansas/ledger' fails" in message for message in said)


def test_what_is_used_must_be_kept_before(keeping: Path) -> None:
    edit(keeping / COUNT / "spell.md", 'keep = ["hens.pt"]\n', "")
    [fault] = kept.check(load(keeping))
    assert fault.message == "it uses 'hens.pt', which no spell before it keeps"


async def test_changed_answers_find_it_too(keeping: Path, crucible: Crucible) -> None:
    road = list(load(keeping).spells.values())
    with kept.keeping() as folder:
        await folder.make(crucible, road[1], road)
        assert [file.name for file in folder.files()] == ["hens.pt"]
        said = await mutate.try_one(crucible, road[1], 2, folder)
    assert said.good
    assert said.refused == 2


async def test_an_answer_that_is_changed_leaves_first_what_it_makes(
    keeping: Path, crucible: Crucible
) -> None:
    maker = next(iter(load(keeping).spells.values()))
    with kept.keeping() as folder:
        assert (await mutate.try_one(crucible, maker, 1, folder)).tried
        assert (folder.folder / "hens.pt").read_text("utf-8") == "7 hens"


def test_judging_without_a_journey_that_has_it_says_so(
    keeping: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = keeping / BANK / "solution.py"
    where = ["--lessons", str(keeping), "--saves", str(tmp_path / "none")]
    with pytest.raises(SystemExit) as left:
        main(["judge", "which-bank", str(file), *where])
    assert left.value.code == 2
    assert "uses 'hens.pt', which an earlier spell keeps" in capsys.readouterr().err


def test_judging_takes_it_from_the_journey(
    keeping: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from oz.saves import Journey

    with Journey.open(tmp_path / "saves" / "dorothy") as journey:
        (journey.models / "hens.pt").write_bytes(b"7 hens")
    where = ["--lessons", str(keeping), "--saves", str(tmp_path / "saves"), "--json"]
    with pytest.raises(SystemExit) as left:
        main(["judge", "which-bank", str(keeping / BANK / "solution.py"), *where])
    assert left.value.code == 0
    assert json.loads(capsys.readouterr().out)["passed"]


# --- the story so far ---


def test_a_spell_finds_the_story_so_far_beside_it(lessons: Path) -> None:
    edit(lessons / BANK / "spell.md", 'kind = "predict"', 'kind = "predict"\nprose = "told.txt"')
    spell = load(lessons).spells["river/which-bank"]
    [(name, text)] = judging(spell, spell.solution).texts.items()
    assert name == "told.txt"
    kansas, river = (
        (lessons / s / "story.md").read_text("utf-8") for s in ("01_kansas", "02_river")
    )
    assert text == lore([kansas, river])
    assert "A hen walks up and down before the door." in text
    assert "##" not in text


@pytest.mark.parametrize("name", ["../told.txt", "a/told.txt", ".told"])
def test_the_name_of_the_story_is_a_plain_one(lessons: Path, name: str) -> None:
    edit(lessons / BANK / "spell.md", 'kind = "predict"', f'kind = "predict"\nprose = "{name}"')
    with pytest.raises(LessonsError, match="'prose' is the name of a file"):
        load(lessons)


def test_lore_leaves_out_headings_conditions_and_dividers() -> None:
    story = "## room yard | when flag:dark\nIt is dark.\n\nA hen\nsleeps.\n---\nDark.\n"
    story += "## score hen\nfor her\n"
    assert lore([story]) == "It is dark.\n\nA hen sleeps.\n\nDark.\n"
