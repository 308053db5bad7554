"""``oz lessons mutate``: small changes are made where they count, and what survives is named."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from oz.campaign import LessonsError, load
from oz.cli import main
from oz.crucible import Crucible
from oz.lessons_check import mutate
from oz.lessons_check.kept import keeping
from oz.lessons_check.mutants import Mutant, evenly, mutants
from oz.spells.model import Kind, Spell

Change = Callable[[str, str, str], int]

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
COUNT = "01_kansas/spells/01_first_count"
BANK = "02_river/spells/01_which_bank"

BLIND = '''
def test_row(spell):
    """`hens` is a row"""
    assert spell.hens.ndim == 1
'''


def after(source: str, trial: str = "", *, values: bool = False) -> list[str]:
    """The changed lines, without the statements dropped."""
    return [m.after for m in mutants(source, trial, values=values) if m.after != "pass"]


# --- what is changed ---


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("a = b + c", ["a = b - c"]),
        ("a = (b) * (c)  # both", ["a = (b) / (c)"]),
        ("a = b @ c // d", ["a = b * c // d", "a = b @ c / d"]),
        ("a -= b", ["a += b"]),
        ("a = b & c", ["a = b | c"]),
        ("a = b and c", ["a = b or c"]),
        ("a = not b", ["a = b"]),
        ("a = ~b", ["a = b"]),
        ("a = -b", ["a = b"]),
        ("a = b < c", ["a = b <= c", "a = b >= c"]),
        ("a = b != c", ["a = b == c"]),
        ("a = b not in c", ["a = b in c"]),
        ("a = b is not None", ["a = b is None"]),
        ("a = b if c else d", ["a = b if not c else d"]),
        ("a = 0", ["a = 1"]),
        ("a = 1", ["a = 2", "a = 0"]),
        ("a = 7", ["a = 8"]),
        ("a = -1", ["a = 1", "a = 0"]),
        ("a = 2.5", ["a = 3.5"]),
        ("a = True", ["a = False"]),
        ("a = f(b, c)", ["a = f(c, b)"]),
        ("a = f(*b, c)", []),
        ("a = f(b, b)", []),
        ("a = f(b, c=d)", ["a = f(b)"]),
        ("a = f(c=d, e=g)", ["a = f(e=g)", "a = f(c=d)"]),
        ("a = f(b, dim=0)", ["a = f(b)", "a = f(b, dim=1)", "a = f(b, dim=-1)"]),
        ("a = f(b, dim=-1)", ["a = f(b)", "a = f(b, dim=0)", "a = f(b, dim=1)"]),
        ("a = torch.float32", ["a = torch.float64"]),
        ("a = b.long()", ["a = b.int()"]),
        ("a = b.long", []),
        ("a = [1, b]", ["a = [2, b]", "a = [0, b]"]),
        ("a = f'{b + 1}'", []),
        ("a = 'cpu'", ["a = 'cp'"]),
        ("a = 'cuda:0'", ["a = 'cuda:1'"]),
        ("a = 'ij->jib'", ["a = 'ij->ji'", "a = 'ij->ijb'"]),
        ("raise ValueError('not 1')", []),
        ("a: 'Literal[1]' = b", []),
        ("a = 'ö' + b[1]", ["a = '' + b[1]", "a = 'ö' - b[1]", "a = 'ö' + b[2]", "a = 'ö' + b[0]"]),
        ("a = f(\n    b,  # one\n    c,\n)", ["c, b,"]),
    ],
)
def test_what_is_changed(source: str, changed: list[str]) -> None:
    assert sorted(after(source)) == sorted(changed)


def test_answers_are_changed_inside() -> None:
    assert set(after("a = [2, True]", values=True)) == {
        "a = [3, True]", "a = [2, False]", "a = [True, 2]", "a = [2]", "a = [True]",
    }  # fmt: skip
    assert after("a = 'tensor([9, 9])'", values=True) == ["a = 'tensor([10, 9])'"]
    assert after("a = 'int'", values=True) == ["a = 'in'"]
    assert after("a = RuntimeError", values=True) == ["a = TypeError"]


PROGRAM = '''
"""Seven hens."""
import torch

LEGS = 2


def legs(hens):
    """Two each, 1 + 1."""
    print("hens:", 3 + 4)
    if not hens:
        return 0
    return LEGS * hens  # never more


hens = 5 + 2
for number in range(hens):
    print(legs(number + 1))
assert legs(1) == 2
total = legs(hens * 3)
'''


def dropped(source: str, trial: str) -> set[str]:
    return {m.before for m in mutants(source, trial) if m.change == "statement dropped"}


def test_what_is_for_show_is_left_alone() -> None:
    functions = {"LEGS = 2", "if not hens:", "return 0", "return LEGS * hens"}
    asks = "def test(spell):\n    spell.legs(3)\n"
    assert dropped(PROGRAM, asks) == functions
    assert {m.line for m in mutants(PROGRAM, asks)} == {5, 11, 12, 13}


def test_what_the_trial_asks_for_is_not_for_show() -> None:
    asks = "def test(spell):\n    spell.total\n"
    assert {"hens = 5 + 2", "total = legs(hens * 3)"} <= dropped(PROGRAM, asks)
    assert not any("print" in line for line in dropped(PROGRAM, asks))
    reads = "def test(printed):\n    printed.lines\n"
    assert {"print(legs(number + 1))", "for number in range(hens):"} <= dropped(PROGRAM, reads)
    watches = "def test(training):\n    training.losses\n"
    assert "for number in range(hens):" in dropped(PROGRAM, watches)


TRAINED = """
import torch

torch.manual_seed(1)
w = torch.rand(3, requires_grad=True)
x = torch.ones(3)
loss = (w * x).sum()
loss.backward()
with torch.no_grad():
    w -= w.grad
seen = w * 2
print(seen)
torch.manual_seed(2)
"""


def test_what_changes_what_is_asked_is_not_for_show() -> None:
    found = mutants(TRAINED, "def test(spell):\n    spell.w.grad\n")
    assert {m.line for m in found} == {4, 5, 6, 7, 8, 9, 10}
    assert {m.line for m in mutants(TRAINED, "def test(program):\n    pass\n")} > {11}


def test_one_place_is_changed_and_the_rest_stays() -> None:
    found = next(m for m in mutants(PROGRAM) if m.before == "return LEGS * hens")
    assert (found.line, found.change, found.after) == (13, "statement dropped", "pass")
    assert found.source == PROGRAM.replace("return LEGS * hens", "pass")
    assert "# never more" in found.source


@pytest.mark.slow
def test_every_answer_of_the_game_can_be_changed() -> None:
    for spell in load(LESSONS).spells.values():
        if spell.kind is Kind.COMMAND:
            continue
        source, trial = (path.read_text("utf-8") for path in (spell.solution, spell.trial))
        found = mutants(source, trial, values=spell.kind is Kind.PREDICT)
        assert found, spell.id
        assert found == mutants(source, trial, values=spell.kind is Kind.PREDICT)
        assert [m.line for m in found] == sorted(m.line for m in found), spell.id
        assert len({m.source for m in found} | {source}) == len(found) + 1, spell.id
        for mutant in found:
            ast.parse(mutant.source)


def test_those_tried_are_spread_evenly() -> None:
    some = [Mutant(line, "", "", "", "") for line in range(100)]
    assert evenly(some, 100) == some
    assert [m.line for m in evenly(some, 4)] == [0, 25, 50, 75]
    assert len(evenly(some, 60)) == 60


# --- what becomes of them ---


def spells(root: Path) -> list[Spell]:
    return list(load(root).spells.values())


async def test_good_trials_refuse_all(lessons: Path, crucible: Crucible) -> None:
    cast, predict = [await mutate.try_one(crucible, spell) for spell in spells(lessons)]
    assert (cast.good, cast.possible, cast.refused, cast.share) == (True, 2, 2, 1.0)
    assert predict.good
    assert predict.refused == predict.possible >= 6


async def test_a_blind_trial_is_named_by_line(lessons: Path, crucible: Crucible) -> None:
    (lessons / COUNT / "trial.py").write_text(BLIND)
    spell = spells(lessons)[0]
    said = await mutate.try_one(crucible, spell)
    assert not said.good
    assert (said.refused, said.share) == (1, 0.5)
    [left] = said.survived
    assert (left.line, left.before, left.after) == (
        3, "hens = torch.arange(7)", "hens = torch.arange(8)",
    )  # fmt: skip


def explain(change: Change, old: str, new: str) -> None:
    table = f'[[equivalent]]\nbefore = "{old}"\nafter = "{new}"\nwhy = "a row is a row"\n'
    change(f"{COUNT}/spell.md", "+++\nMake", f"{table}+++\nMake")


async def test_an_equivalent_is_named_with_its_reason(
    lessons: Path, change: Change, crucible: Crucible
) -> None:
    (lessons / COUNT / "trial.py").write_text(BLIND)
    explain(change, "hens = torch.arange(7)", "hens = torch.arange(8)")
    said = await mutate.try_one(crucible, spells(lessons)[0])
    assert (said.good, said.survived, said.share) == (True, (), 1.0)
    [(mutant, listed)] = said.equivalent
    assert (mutant.line, listed.why) == (3, "a row is a row")


async def test_an_equivalent_without_after_is_any_change_of_the_line(
    lessons: Path, change: Change, crucible: Crucible
) -> None:
    (lessons / COUNT / "trial.py").write_text(BLIND)
    listed = '[[equivalent]]\nbefore = "hens = torch.arange(7)"\nwhy = "a row is a row"\n'
    change(f"{COUNT}/spell.md", "+++\nMake", f"{listed}+++\nMake")
    said = await mutate.try_one(crucible, spells(lessons)[0])
    assert (said.good, said.survived, len(said.equivalent)) == (True, (), 1)


async def test_an_equivalent_that_is_none_is_a_fault(
    lessons: Path, change: Change, crucible: Crucible
) -> None:
    explain(change, "hens = torch.arange(7)", "hens = torch.arange(8)")
    explain(change, "hens = torch.arange(6)", "hens = torch.arange(7)")
    said = await mutate.try_one(crucible, spells(lessons)[0])
    assert not said.good
    assert any("listed as equivalent, and refused" in words for words in said.wrong)
    assert any("no change makes this equivalent" in words for words in said.wrong)


async def test_an_answer_that_is_wrong_already(
    lessons: Path, change: Change, crucible: Crucible
) -> None:
    change(f"{COUNT}/solution.py", "torch.arange(7)", "torch.arange(8)")
    said = await mutate.try_one(crucible, spells(lessons)[0])
    assert said.wrong == ("the model answer itself is refused",)


async def test_a_command_is_skipped(lessons: Path, crucible: Crucible) -> None:
    said = await mutate.try_one(crucible, replace(spells(lessons)[0], kind=Kind.COMMAND))
    assert said.good
    assert said.skipped == "a shell command has no syntax tree"


def test_long_runs_are_tried_fewer_times(lessons: Path) -> None:
    spell = spells(lessons)[0]
    assert mutate.bound(spell) == mutate.MOST
    assert mutate.bound(replace(spell, seconds=60.0)) == 20
    assert mutate.bound(replace(spell, seconds=3600.0)) == mutate.FEWEST


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ('[[equivalent]]\nbefore = "a"\nafter = "b"\n', "'why' is missing"),
        ('[[equivalent]]\nbefore = "a"\nafter = "b"\nwhy = " "\n', "'why' is empty"),
        ('[[equivalent]]\nbefore = "a"\nafter = "b"\nwhy = "c"\n' * 2, "is listed already"),
    ],
)
def test_a_malformed_equivalent_is_refused(
    lessons: Path, change: Change, table: str, fault: str
) -> None:
    change(f"{COUNT}/spell.md", "+++\nMake", f"{table}+++\nMake")
    with pytest.raises(LessonsError) as refused:
        load(lessons)
    assert [fault in str(one) for one in refused.value.faults] == [True]


# --- the command ---


def test_the_command(lessons: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (lessons / COUNT / "trial.py").write_text(BLIND)
    with pytest.raises(SystemExit) as left:
        main(["lessons", "mutate", "--lessons", str(lessons)])
    said = capfd.readouterr().out
    assert left.value.code == 1
    assert "✗ kansas/first-count: 1 of 2 refused (50%; 2 possible)" in said
    assert "line 3 survives (constant):\n      hens = torch.arange(7)" in said
    assert "✓ river/which-bank" in said


def test_the_command_takes_stages_and_speaks_json(
    lessons: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["lessons", "mutate", "river", "--most", "3", "--json", "--lessons", str(lessons)])
    said = json.loads(capfd.readouterr().out)
    assert left.value.code == 0
    assert said["ok"] is True
    [spell] = said["spells"]
    assert (spell["id"], spell["tried"], spell["refused"]) == ("river/which-bank", 3, 3)
    assert (spell["survived"], spell["equivalent"], spell["share"]) == ([], [], 1.0)


def test_the_command_knows_no_such_spell(lessons: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["lessons", "mutate", "first-cuont", "--lessons", str(lessons)])
    assert left.value.code == 2
    assert "did you mean 'first-count'?" in capfd.readouterr().err


@pytest.mark.slow
async def test_no_change_of_the_games_answers_goes_unseen(crucible: Crucible) -> None:
    """A few changes of each answer; `oz lessons mutate` tries all of them, and takes as long."""
    unseen = {}
    road = list(load(LESSONS).spells.values())
    with keeping() as kept:
        for spell in road:
            await kept.make(crucible, spell, road)
            said = await mutate.try_one(crucible, spell, 2, kept)
            if not said.good:
                unseen[spell.id] = [(m.line, m.after) for m in said.survived], said.wrong
    assert unseen == {}


def test_a_function_that_only_the_demonstration_calls_is_for_show() -> None:
    trial = "def test_lay(spell):\n    spell.lay(3)\n"
    prop = "def lay(n):\n    return n + width()\n\n\ndef {}():\n    return 2 * 3\n\n\nprint({}())\n"
    assert after(prop.format("shown", "shown"), trial) == ["return n - width()"]
    assert len(after(prop.format("width", "width"), trial)) > 1


def test_a_table_of_data_is_no_answer_unless_it_is_predicted() -> None:
    table = "a = [1, 2, 3, 4, 5, 6, 7, -8]"
    assert after(table) == []
    assert len(after(table, values=True)) > 8
    assert after("a = [1, 7]")
