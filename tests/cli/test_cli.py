"""The command line's contract: exit codes, JSON and nothing else, one clear sentence."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from oz import __version__
from oz.campaign import load
from oz.cli import entry, main
from oz.saves import Attempt, Journey
from oz.story import begin, dump

GOOD = Path(__file__).resolve().parents[1] / "lessons" / "good"
COUNT = GOOD / "01_kansas" / "spells" / "01_first_count"


@dataclass(frozen=True)
class Said:
    """What a command said and how it left."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """Its standard output, which must be one JSON object."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value


Oz = Callable[..., Said]


@pytest.fixture
def oz(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Oz:
    """Run a command in this process, on the small good campaign."""
    monkeypatch.setenv("OZ_LESSONS", str(GOOD))
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))

    def run(*args: str | Path) -> Said:
        with pytest.raises(SystemExit) as left:
            main([str(arg) for arg in args])
        out, err = capfd.readouterr()
        assert isinstance(left.value.code, int)
        return Said(left.value.code, out, err)

    return run


@pytest.fixture
def journey(tmp_path: Path) -> Path:
    """A journey that has begun, and tried the first spell."""
    folder = tmp_path / "saves" / "dorothy"
    with Journey.open(folder) as saved:
        turn = begin(load(GOOD).world)
        saved.add_turn(None, "…", json.dumps(dump(turn.state)))
        saved.add_attempt(Attempt("kansas/first-count", "hens = 7", "failed"))
    return folder


# --- judge ---


def test_judge_says_yes(oz: Oz) -> None:
    said = oz("judge", "kansas/first-count", COUNT / "solution.py", "--json")
    assert said.code == 0
    assert said.err == ""
    seconds = said.data.pop("seconds")
    assert 0 < seconds < 30
    assert {k: v for k, v in said.data.items() if k != "seconds"} == {
        "spell": "kansas/first-count",
        "passed": True,
        "reason": "passed",
        "checks": [{"name": "`hens` is the row 0 to 6", "passed": True, "message": ""}],
        "mistake": None,
        "message": "",
        "line": None,
    }


def test_judge_says_no_and_why(oz: Oz) -> None:
    said = oz("judge", "first-count", COUNT / "wrong" / "off_by_one.py", "--json")
    assert said.code == 1
    assert said.data["passed"] is False
    assert said.data["reason"] == "failed"
    assert said.data["mistake"] == "off-by-one"
    assert "`torch.arange(1, 7)` begins at 1." in said.data["message"]
    assert [check["passed"] for check in said.data["checks"]] == [False]


def test_judge_tells_a_reader(oz: Oz, tmp_path: Path) -> None:
    draft = tmp_path / "draft.py"
    draft.write_text("import torch\nprint('counting')\nhens = torch.aranje(7)\n")
    said = oz("judge", "first-count", draft)
    assert said.code == 1
    assert "counting" in said.out
    assert "AttributeError" in said.out
    assert "not passed (stopped with an error)." in said.out
    assert said.out.count("line 3") == 1
    assert "Traceback" not in said.out + said.err


@pytest.mark.parametrize(
    ("text", "reason"),
    [("hens = (", "error"), ("import os; os._exit(0)", "no-verdict")],
)
def test_judge_names_the_reason(oz: Oz, tmp_path: Path, text: str, reason: str) -> None:
    draft = tmp_path / "draft.py"
    draft.write_text(text)
    said = oz("judge", "first-count", draft, "--json")
    assert (said.code, said.data["reason"]) == (1, reason)
    assert said.data["message"]


def test_judge_says_which_package_is_missing(oz: Oz, tmp_path: Path) -> None:
    lessons = Path(shutil.copytree(GOOD, tmp_path / "lessons"))
    page = next(lessons.glob("01_kansas/spells/*first_count/spell.md"))
    page.write_text(
        page.read_text("utf-8").replace('kind = "cast"', 'kind = "cast"\nneeds = ["moonbeams"]', 1)
    )
    said = oz("judge", "first-count", COUNT / "solution.py", "--lessons", lessons)
    assert said.code == 2
    assert "`pip install moonbeams`" in said.err
    assert "Traceback" not in said.err


# --- misuse ---


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("judge", "first-cuont", COUNT / "solution.py"), "did you mean 'first-count'?"),
        (("judge", "first-count", "no-such-file.py"), "does not exist"),
        (("judge", "first-count"), "Missing argument 'FILE'"),
        (("list", "--journey", "nobody"), "There is no journey 'nobody'"),
        (("hint", "first-count"), "There is no journey yet"),
        (("play", "--plain", "a/b"), "cannot have / in it"),
        (("list", "--lessons", "no-such-folder"), "There is no folder and no lesson pack"),
        (("journeys", "--loud"), "No such option"),
        (("lessons", "chekc"), "No such command 'chekc'"),
        (("jugde", "x"), "did you mean 'judge'?"),
        (("frob",), "There is no command and no journey 'frob'."),
        (("frob",), "`oz play frob` begins one"),
    ],
)
def test_misuse_leaves_with_2_and_one_sentence(
    oz: Oz, args: tuple[str | Path, ...], hint: str
) -> None:
    said = oz(*args)
    assert said.code == 2
    assert said.out == ""
    assert hint in said.err
    assert said.err.startswith("oz: ")
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "args",
    [
        ("judge", "first-cuont", COUNT / "solution.py", "--json"),
        ("judge", "--json"),
        ("list", "--json", "--journey", "nobody"),
        ("doctor", "--json", "--lessons", "no-such-folder"),
    ],
)
def test_json_stays_json_on_errors(oz: Oz, args: tuple[str | Path, ...]) -> None:
    said = oz(*args)
    assert said.code == 2
    assert list(said.data) == ["error"]


def test_a_short_name_must_be_unique(oz: Oz) -> None:
    said = oz("judge", "", COUNT / "solution.py")
    assert said.code == 2
    assert "'' could be kansas/first-count or river/which-bank." in said.err


def test_faulty_lessons_are_named_by_line(oz: Oz, tmp_path: Path) -> None:
    (tmp_path / "campaign.toml").write_text("format = 1\nstages = [\n")
    said = oz("list", "--json", "--lessons", tmp_path)
    assert said.code == 1
    assert said.data["faults"][0]["line"] >= 2
    assert "campaign.toml:" in said.err


def test_our_own_fault_is_logged_and_named(
    oz: Oz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("oz.saves.journeys", broken)
    said = oz("journeys", "--json")
    assert said.code == entry.OURS
    assert "ZeroDivisionError" in said.data["error"]
    assert "Traceback" not in said.err
    path = next(tmp_path.rglob("errors.log"))
    assert str(path) in said.err
    assert "by hand" in path.read_text()


# --- list, journeys, hint, reset ---


def test_list_without_a_journey(oz: Oz) -> None:
    said = oz("list", "--json")
    assert said.code == 0
    assert said.data["journey"] is None
    kansas, river = said.data["stages"]
    assert kansas == {
        "id": "kansas",
        "title": "Kansas",
        "topic": "Counting",
        "core": True,
        "teaches": ["torch.arange", "torch.tensor", "Tensor.shape"],
        "spells": [
            {
                "id": "kansas/first-count",
                "title": "The first count",
                "kind": "cast",
                "state": "open",
            }
        ],
    }
    assert river["core"] is False
    assert "kansas/first-count" in oz("list").out


def test_list_knows_what_was_tried(oz: Oz, journey: Path) -> None:
    said = oz("list", "--json", "--journey", "dorothy")
    assert said.data["journey"] == "dorothy"
    assert said.data["stages"][0]["spells"][0]["state"] == "tried"


def test_list_works_while_the_journey_is_open(oz: Oz, journey: Path) -> None:
    with Journey.open(journey):
        assert oz("list", "--json").data["journey"] == "dorothy"


def test_journeys(oz: Oz, journey: Path) -> None:
    said = oz("journeys", "--json")
    assert [info["name"] for info in said.data["journeys"]] == ["dorothy"]
    assert said.data["saves"] == str(journey.parent)
    assert "dorothy" in oz("journeys").out


def test_a_word_that_is_no_journey_begins_none(
    oz: Oz, journey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OZ_SAVES", str(journey.parent))
    said = oz("frob")
    assert said.code == 2
    assert "Journeys: dorothy." in said.err
    assert [path.name for path in journey.parent.iterdir()] == ["dorothy"]
    assert "did you mean 'dorothy'?" in oz("doroty", f"--saves={journey.parent}").err


def test_the_name_of_a_journey_alone_opens_it(
    oz: Oz, journey: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str | None] = []
    monkeypatch.setattr("oz.cli.playing.start", lambda name, **_: opened.append(name) or 0)
    assert oz("dorothy", "--saves", journey.parent).code == 0
    assert oz("play", "frob", "--saves", journey.parent).code == 0
    assert oz("frob", "--saves", journey.parent).code == 0  # a slip brings no options along
    assert opened == ["dorothy", "frob", "frob"]


def test_hints_are_counted(oz: Oz, journey: Path) -> None:
    assert oz("hint", "first-count").out == "Hint 1 of 2: A row has a first number.\n"
    assert oz("hint", "first-count").out == "Hint 2 of 2: `torch.arange(7)`\n"


def test_reset_brings_the_starter_back(oz: Oz, journey: Path) -> None:
    draft = journey / "spells" / "kansas" / "first-count.py"
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text("hens = 8\n")
    said = oz("reset", "first-count")
    assert said.code == 0
    assert draft.read_text() == (COUNT / "starter.py").read_text()
    with Journey.open(journey) as saved:
        assert saved.attempts("kansas/first-count")[-1].code == "hens = 8\n"


def test_a_journey_in_use_is_left_alone(oz: Oz, journey: Path) -> None:
    with Journey.open(journey):
        said = oz("hint", "first-count")
    assert said.code == 1
    assert "is open in another game" in said.err


# --- run, doctor, version ---


def test_run_streams_and_passes_arguments(
    oz: Oz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    script = tmp_path / "script.py"
    script.write_text("import sys, torch\nprint(sys.argv[1:], torch.arange(3).sum().item())\n")
    said = oz("run", script, "--json", "-x", "two words")
    assert (said.code, said.out) == (0, "['--json', '-x', 'two words'] 3\n")


def test_run_shows_what_was_raised(oz: Oz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    script = tmp_path / "script.py"
    script.write_text("print('before')\nint('x')\n")
    said = oz("run", script)
    assert said.code == 1
    assert said.out == "before\n"
    assert "ValueError" in said.err


def test_run_keeps_the_limit(oz: Oz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    script = tmp_path / "script.py"
    script.write_text("while True: pass\n")
    said = oz("run", "--seconds", "0.5", script)
    assert said.code == 1
    assert "oz: " in said.err


def test_doctor(oz: Oz, tmp_path: Path) -> None:
    said = oz("doctor", "--json")
    assert said.data["versions"]["oz"] == __version__
    assert said.data["versions"]["torch"]
    assert said.data["device"]["torch"]
    assert said.data["saves"]["writable"] is True
    assert said.data["lessons"]["spells"] == 2
    names = {layer["name"] for layer in said.data["crucible"]}
    assert {"backend", "memory limit"} <= names
    assert said.code == (1 if said.data["problems"] else 0)


def test_version_and_help(oz: Oz) -> None:
    assert oz("--version").out == f"oz {__version__}\n"
    for word in ("play", "judge", "run", "list", "journeys", "reset", "hint", "doctor", "lessons"):
        assert word in oz("--help").out


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m oz list --lessons {GOOD} | head -n 1",
        shell=True, capture_output=True, text=True, check=False, cwd=GOOD.parents[2],
    )  # fmt: skip
    assert done.stdout == "Kansas: Counting (core)\n"
    assert done.stderr == ""
