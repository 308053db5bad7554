"""What the trials of the side road let pass and refuse: the model answers, other right answers, the
starters, and the known mistakes, each with its own words.

Here with a package that has one problem only, so that our own checks stand alone; with the real
``torch-judge``, where it is installed, all of it is judged behind its gate.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import oz.side_road
from oz.campaign import load
from oz.crucible import Crucible
from oz.lessons_check.answers import _spell
from oz.lessons_check.kept import judge, keeping
from oz.side_road import lessons
from oz.side_road.package import installed
from oz.spells.model import Spell

SOURCE = Path(oz.side_road.__file__).parent / "stones" / "01_side_road" / "spells"
NAMES = sorted(path.name for path in SOURCE.iterdir() if path.is_dir())
ACCEPTED = "# torch-judge 0.1.1 accepts this"
"""The second line of a wrong program that passes torch-judge's own judge."""


async def faults(crucible: Crucible, spell: Spell) -> list[str]:
    with keeping() as kept:
        return [str(fault) async for fault in _spell(crucible, spell, kept)]


def of(name: str) -> Spell:
    return load(lessons()).spells[f"side-road/{name[3:].replace('_', '-')}"]


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("name", ["01_relu", "02_softmax", "24_causal_attention", "30_rope"])
async def test_our_own_checks_alone(
    name: str, crucible: Crucible, install: Callable[..., Path]
) -> None:
    install(relu="")
    assert await faults(crucible, of(name)) == []


@pytest.mark.slow
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("name", NAMES)
async def test_behind_the_gate(name: str, crucible: Crucible, real: None) -> None:
    assert await faults(crucible, of(name)) == []


def test_many_wrong_programs_pass_the_gate_alone() -> None:
    """That is why there are checks of ours at all: in every problem but few."""
    fooled = {
        p.parent.parent.name for p in SOURCE.glob("*/wrong/*.py") if ACCEPTED in p.read_text()
    }
    assert len(fooled) >= 35
    for name, program in (
        ("30_rope", "identity"),
        ("19_moe", "return_x"),
        ("02_softmax", "last_axis"),
        ("37_topk_sampling", "no_p"),
    ):
        assert ACCEPTED in (SOURCE / name / "wrong" / f"{program}.py").read_text()


GATE = """
import json, sys, torch
tasks = json.load(sys.stdin)
wrong = []
for path, function, checks in tasks:
    space = {"__name__": "answer"}
    try:
        exec(compile(open(path).read(), path, "exec"), space)
        for code in checks:
            torch.manual_seed(0)
            exec(code.replace("{fn}", function), {function: space[function]})
    except Exception as error:
        wrong.append(f"{path}: {error!r}")
print("\\n".join(wrong))
"""


@pytest.mark.slow
def test_what_is_said_to_pass_the_gate_does(real: None) -> None:
    tasks = installed().tasks
    given = [
        (
            str(path),
            tasks[name[3:]].function,
            [c.code for c in tasks[name[3:]].checks if "time" not in c.code],
        )
        for name in NAMES
        for path in sorted((SOURCE / name / "wrong").glob("*.py"))
        if ACCEPTED in path.read_text()
    ]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", GATE], input=json.dumps(given),
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("name", NAMES)
def test_starters_say_what_is_asked_and_no_more(name: str) -> None:
    starter = ast.parse((SOURCE / name / "starter.py").read_text())
    defined = [n for n in ast.walk(starter) if isinstance(n, ast.FunctionDef)]
    assert defined
    for function in defined:
        assert ast.get_docstring(function)
        assert not any(isinstance(n, ast.Return) for n in ast.walk(function))


@pytest.mark.asyncio(loop_scope="session")
async def test_a_bent_torch_bends_no_verdict(
    crucible: Crucible, install: Callable[..., Path], tmp_path: Path
) -> None:
    install(relu="")
    spell = of("02_softmax")
    bent = "\nimport torch\ntorch.randn_like = torch.zeros_like\ntorch.allclose = lambda *a: True\n"
    program = tmp_path / "bent.py"
    program.write_text((SOURCE / "02_softmax" / "wrong" / "cut.py").read_text() + bent)
    with keeping() as kept:
        said = await judge(crucible, spell, kept.job(spell, program))
    assert (said.passed, said.mistake) == (False, "no-slope")
