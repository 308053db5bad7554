"""``oz lessons check``: a good campaign is green; each kind of fault is red, by file and line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from oz.campaign import Fault, load
from oz.cli import main
from oz.crucible import Crucible
from oz.lessons_check import answers, check_lessons

Change = Callable[[str, str, str], int]

STAGE = "01_kansas/stage.toml"
STORY = "01_kansas/story.md"
COUNT = "01_kansas/spells/01_first_count"
BANK = "02_river/spells/01_which_bank"


def told(root: Path, faults: list[Fault] | tuple[Fault, ...]) -> list[str]:
    return [f"{f.path.relative_to(root)}:{f.line}: {f.message}" for f in faults]


def looked_at(root: Path) -> list[str]:
    """What is found without running anything."""
    return told(root, check_lessons(load(root), run=False))


async def ran(root: Path, crucible: Crucible) -> list[str]:
    """What is found by running the programs."""
    return told(root, await answers.check_with([crucible], load(root), lambda _text: None))


def test_a_good_campaign_has_no_fault(lessons: Path) -> None:
    assert looked_at(lessons) == []


async def test_its_answers_are_right(lessons: Path, crucible: Crucible) -> None:
    assert await ran(lessons, crucible) == []


# --- what is seen by looking ---


LOOKED = [
    # roads
    (STAGE, 'when = "flag:called and', 'when = "has:table and', "this way never opens: has:kansas"),
    (
        STAGE,
        'in = "yard"\n\n[[rules]]',
        'in = "nowhere"\n\n[[rules]]',
        "'kansas/hen' is never to be seen",
    ),
    (
        STAGE,
        'when = "passed:first-count", nouns',
        'when = "visited:yard", nouns',
        "nobody can ever come to 'kansas/yard'",
    ),
    (
        STAGE,
        'rooms = ["kitchen"]\nnouns',
        'rooms = ["kitchen"]\nwhen = "has:table"\nnouns',
        "it can never be cast: has:kansas/table",
    ),
    (
        STAGE,
        "minutes = 5",
        'finished = "in:river/bank and has:table"',
        "the stage can never be finished",
    ),
    (
        STAGE,
        'do = ["score 2 hens"]',
        'when = "has:table"\ndo = ["score 2 hens"]',
        "nobody can ever ask 'kansas/henry'",
    ),
    (
        STAGE,
        'done = "passed:first-count"',
        'done = "has:table"',
        "the goal 'Count the hens.' cannot come and go",
    ),
    (
        STAGE,
        'when = "talked:henry.hens"',
        'when = "open:table"',
        "this rule can never happen: open:kansas/table",
    ),
    ("02_river/stage.toml", 'west = "kansas/yard"', "", "there is no way out of 'river/bank'"),
    # nouns
    (
        STORY,
        "A hen walks up and down before the door.",
        "A hen walks up and down on the fence.",
        "'fence' is named here",
    ),
    (
        STORY,
        "A table with four legs.",
        "A table with four legs, and a drawer full of spoons.",
        "'spoons' is named here",
    ),
    (
        STORY,
        "The hen is in the way.",
        "The hen is in the way, beside a bucket.",
        "'bucket' is named here",
    ),
    (STAGE, 'figurative = ["bruise"]', "figurative = []", "'bruise' is named here"),
    # taught
    (STAGE, 'teaches = ["torch.arange", ', "teaches = [", "'torch.arange' is used here"),
    (
        f"{COUNT}/solution.py",
        "torch.arange(7)",
        "torch.arange(14).reshape(2, 7)[0]",
        "'Tensor.reshape' is used here",
    ),
    (
        f"{COUNT}/starter.py",
        "torch.arange(1)",
        "torch.nn.functional.relu(torch.arange(1))",
        "'torch.nn.functional.relu' is used here",
    ),
    (
        f"{BANK}/program.py",
        "import torch",
        "import torch\nfrom torch import linspace",
        "'torch.linspace' is used here",
    ),
    # files and counts
    (
        f"{COUNT}/spell.md",
        "## Hint\n\nA row has a first number.\n",
        "",
        "1 hints; a spell has 2 or 3",
    ),
    (
        f"{COUNT}/spell.md",
        "## Worth knowing\n\n`arange` comes from APL's iota.\n",
        "",
        "nothing under '## Worth knowing'",
    ),
    (
        f"{COUNT}/spell.md",
        'reference = ["torch.arange"]',
        'reference = ["torch.range"]',
        "'reference' names 'torch.range'",
    ),
    (
        f"{COUNT}/spell.md",
        'id = "a-list"',
        'id = "a-tuple"',
        "no file in 'wrong/' makes the mistake 'a-tuple'",
    ),
    (
        STAGE,
        '"torch.tensor", "Tensor.shape"]',
        '"torch.tensor", "Tensor.shape", "torch.zeros"]',
        "explain it in reference.md: '## torch.zeros'",
    ),
    (
        "01_kansas/reference.md",
        "```python\nprint(torch.arange(3))\n```\n",
        "",
        "'torch.arange' has no example",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), LOOKED)
def test_each_fault_is_seen(
    lessons: Path, change: Change, name: str, old: str, new: str, said: str
) -> None:
    change(name, old, new)
    found = [fault for fault in looked_at(lessons) if said in fault]
    assert found, looked_at(lessons)
    file, line, _ = found[0].split(":", 2)
    assert (lessons / file).is_file()
    assert int(line) >= 1


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (STORY, "A hen walks up and down before", "A hen walks on the fence before"),
        (f"{COUNT}/solution.py", "hens = torch.arange(7)", "hens = torch.linspace(0, 6, 7)"),
        (STAGE, 'when = "flag:called and', 'when = "has:table and flag:called and'),
    ],
)  # fmt: skip
def test_the_line_is_the_line(lessons: Path, change: Change, name: str, old: str, new: str) -> None:
    line = change(name, old, new)
    assert any(fault.startswith(f"{name}:{line}: ") for fault in looked_at(lessons))


@pytest.mark.parametrize(
    "name",
    ["notes.txt", "01_kansas/old.md", "03_emerald/stage.toml", f"{COUNT}/program.py",
     f"{COUNT}/wrong/notes.md", f"{COUNT}/draft.py", "01_kansas/spells/scribble.py"],
)  # fmt: skip
def test_a_stray_file_is_named(lessons: Path, name: str) -> None:
    path = lessons / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")
    stray = name.split("/", maxsplit=1)[0] if name.startswith("03") else name
    assert any(f.startswith(f"{stray}:0: a stray file") for f in looked_at(lessons))


def test_a_file_in_another_language_is_no_stray_file(lessons: Path) -> None:
    for name in ("spell.de.md", "starter.de.py", "spell.xx.md", "notes.de.md"):
        (lessons / COUNT / name).write_text("", "utf-8")
    stray = [fault for fault in looked_at(lessons) if "a stray file" in fault]
    assert [fault.split(":")[0] for fault in stray] == [
        f"{COUNT}/notes.de.md",
        f"{COUNT}/spell.xx.md",
    ]


def test_what_tools_leave_is_no_stray_file(lessons: Path) -> None:
    (lessons / COUNT / "__pycache__").mkdir()
    assert looked_at(lessons) == []


def test_a_lock_that_throws_its_key_away(lessons: Path, change: Change) -> None:
    rule = '[[rules]]\non = "examine"\nthing = "ledger"\ndo = ["move henry to nowhere"]\n\n'
    change(STAGE, "[[offers]]", f"{rule}[[offers]]")
    faults = looked_at(lessons)
    assert ["does not finish 'The river'" in fault for fault in faults] == [True], faults


def test_too_few_mistakes(lessons: Path) -> None:
    (lessons / COUNT / "wrong" / "a_list.py").unlink()
    assert any("3 known mistakes in 'wrong/'" in fault for fault in looked_at(lessons))


# --- what is seen by running ---


RAN = [
    (f"{COUNT}/solution.py", "torch.arange(7)", "torch.arange(8)", "must pass 'The first count'"),
    (f"{COUNT}/right/by_hand.py", "5, 6]", "5, 7]", "must pass 'The first count'"),
    (f"{COUNT}/starter.py", "torch.arange(1)", "torch.arange(7)", "the starter passes"),
    (f"{COUNT}/wrong/too_long.py", "arange(8)", "arange(7)", "the mistake 'too-long' passes"),
    (f"{COUNT}/wrong/backwards.py", "[6, 5", "[5, 5", "'backwards' is refused as no known mistake"),
    (f"{COUNT}/wrong/off_by_one.py", "torch.arange(1, 7)", "[1]", "is refused as 'a-list'"),
    (f"{COUNT}/wrong/a_list.py", "# mistake: a-list", "# a list", "must be '# mistake: ID'"),
    (f"{BANK}/wrong/flat.py", "flat", "flatt", "spell.md knows no mistake 'flatt'"),
    (f"{BANK}/solution.py", "(2, 3)", "(3, 2)", "must pass 'Which bank'"),
    (STAGE, "torch.arange(7))", "torch.aranje(7))", "the snippet of 'kansas/ledger' fails"),
    ("01_kansas/reference.md", "torch.arange(3))", "torch.arange(3", "'torch.arange' fails"),
]


async def test_each_fault_shows(lessons: Path, change: Change, crucible: Crucible) -> None:
    for name, old, new, _ in RAN:
        change(name, old, new)
    found = await ran(lessons, crucible)
    for name, _, _, said in RAN:
        assert any(fault.startswith(f"{name}:") and said in fault for fault in found), (name, found)


async def test_a_broken_trial_passes_nothing(
    lessons: Path, change: Change, crucible: Crucible
) -> None:
    change(f"{COUNT}/trial.py", "import same", "import smae")
    found = await ran(lessons, crucible)
    assert any(f.startswith(f"{COUNT}/solution.py:") and "must pass" in f for f in found)


async def test_methods_of_tensors_are_known(
    lessons: Path, change: Change, crucible: Crucible
) -> None:
    change(f"{COUNT}/solution.py", "torch.arange(7)", "torch.arange(7).clamp_min(0)")
    found = await ran(lessons, crucible)
    assert any("'Tensor.clamp_min' is used here" in fault for fault in found)


# --- the command ---


def test_the_command_names_faults(
    lessons: Path, change: Change, capsys: pytest.CaptureFixture[str]
) -> None:
    line = change(STORY, "A hen walks up and down before", "A hen walks on the fence before")
    with pytest.raises(SystemExit) as left:
        main(["lessons", "check", "--quick", "--json", str(lessons)])
    assert left.value.code == 1
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is False
    assert [(Path(f["path"]).name, f["line"]) for f in said["faults"]] == [("story.md", line)]


def test_the_command_refuses_malformed_lessons(
    lessons: Path, change: Change, capsys: pytest.CaptureFixture[str]
) -> None:
    line = change(STAGE, "minutes", "minuts")
    with pytest.raises(SystemExit) as left:
        main(["lessons", "check", str(lessons)])
    assert left.value.code == 1
    assert f"{STAGE}:{line}: unknown key 'minuts'" in capsys.readouterr().out


def test_the_command_is_content_with_good_lessons(
    lessons: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["lessons", "check", str(lessons)])
    said = capfd.readouterr().out
    assert left.value.code == 0, said
    assert "✓ kansas/first-count (2 right, 4 wrong)" in said
    assert "2 spells, no fault" in said
