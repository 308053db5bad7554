"""In a checkout plain pytest runs a trial over the model answer, or over another file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TRIAL = '''
    import torch
    from oz.trial import same

    def test_row(spell, printed, training, scratch):
        """the row"""
        same(spell.stones, torch.arange(7), "stones")
        assert printed.lines == ["seven"] and training.losses == [4.0]
        assert (scratch / "note.txt").read_text() == "kept"
        assert (scratch / "made.txt").exists()
'''
SOLUTION = """
import pathlib, torch
stones = torch.arange(7)
print("seven")
w = torch.tensor(2.0, requires_grad=True)
(w * w).backward()
pathlib.Path("made.txt").touch()
"""


def run(folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-c",
            ROOT / "pyproject.toml",
            "--rootdir",
            ROOT,
            folder,
        ],
        cwd=ROOT,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """Two spells with one answer each: one written, one predicted."""
    import textwrap

    written, predicted = tmp_path / "01_row", tmp_path / "02_guess"
    (written / "files").mkdir(parents=True)
    predicted.mkdir()
    (written / "files" / "note.txt").write_text("kept")
    (written / "trial.py").write_text(textwrap.dedent(TRIAL))
    (written / "solution.py").write_text(SOLUTION)
    (predicted / "spell.md").write_text('+++\ntitle = "x"\nkind = "predict"\n+++\n')
    (predicted / "program.py").write_text("print(3 + 4)\n")
    (predicted / "solution.py").write_text("first = 7\n")
    (predicted / "trial.py").write_text(
        "from oz.trial import predicted\n\n"
        "def test_first(spell, program):\n    predicted(spell.first, program.lines[0])\n"
    )
    return tmp_path


@pytest.mark.slow
def test_the_model_answers_pass_their_trials(lesson: Path) -> None:
    done = run(lesson)
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout, "the row, the plain values and the guess"


@pytest.mark.slow
def test_another_answer_can_be_judged(lesson: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text("first = 3 + 4\n")
    done = run(lesson / "02_guess" / "trial.py", OZ_ANSWER=str(mine))
    assert done.returncode == 1
    assert "yours `first = 3 + 4`" in done.stdout
    assert "1 failed, 1 passed" in done.stdout


@pytest.mark.slow
def test_the_plugin_costs_no_torch_where_there_is_no_trial(tmp_path: Path) -> None:
    (tmp_path / "test_light.py").write_text(
        "import sys\n\ndef test_it():\n    assert 'torch' not in sys.modules\n"
        "    assert 'numpy' not in sys.modules and 'oz.trial' not in sys.modules\n"
    )
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout
