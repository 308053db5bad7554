"""The lessons folder of the side road: made, kept, made anew, and refused kindly."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oz.campaign import load
from oz.lessons_check import nouns, roads, walk
from oz.side_road import NotInstalled, lessons, make, package

Install = Callable[..., Path]


def spell(root: Path, name: str) -> Path:
    (found,) = (root / "01_side_road" / "spells").glob(f"??_{name}")
    return found


def test_all_forty_stones_are_there_and_can_be_reached(install: Install) -> None:
    install(relu="")
    campaign = load(lessons())
    assert len(campaign.spells) == 40
    assert all(offer.when == () for offer in campaign.world.offers.values())
    assert roads.check(campaign) == walk.check(campaign) == nouns.check(campaign) == []


def test_the_package_speaks_for_itself(install: Install) -> None:
    install(relu="")
    root = lessons()
    relu = load(root).spells["side-road/relu"]
    assert relu.title == 'Bend it "so"'
    assert relu.hints[-1] == "max(0, x), \\*not\\* min"
    assert "*Two numbers*" in relu.briefing
    trial = (spell(root, "relu") / "trial.py").read_text()
    assert "TorchCode: Two numbers" in trial
    assert trial.index("def test_torchcode_1") < trial.index("def test_values")


def test_a_check_by_the_clock_is_left_out(install: Install) -> None:
    install(relu="")
    assert "perf_counter" not in (spell(lessons(), "relu") / "trial.py").read_text()


def test_what_the_package_lacks_keeps_our_own_checks(install: Install) -> None:
    install(relu="")
    root = lessons()
    trial = (spell(root, "softmax") / "trial.py").read_text()
    assert "torchcode" not in trial.lower().replace("torchcode's own checks do not look", "")
    assert "{{" not in (spell(root, "softmax") / "spell.md").read_text()


def test_nothing_of_the_package_is_imported(install: Install) -> None:
    site = install(relu="").parent.parent
    code = (
        "import sys; from oz.side_road import lessons; lessons()\n"
        "assert not {'torch', 'numpy', 'torch_judge', 'textual'} & set(sys.modules)"
    )
    path = os.pathsep.join([str(site), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, timeout=60,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_it_is_made_once(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install(relu="")
    root = lessons()
    monkeypatch.setattr(make, "_make", lambda *_: pytest.fail("made again"))
    assert lessons() == root
    assert root.name == "side-road"


def test_it_is_made_anew_when_the_package_changes(install: Install) -> None:
    folder = install(relu="")
    before = lessons()
    path = folder / "relu.py"
    path.write_text(path.read_text().replace("Easy", "Hard"))
    after = lessons()
    assert before != after
    assert before.is_dir()
    assert "(hard)" in (spell(after, "relu") / "spell.md").read_text()


def test_it_is_made_whole_or_not_at_all(
    install: Install, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(relu="")

    def breaks(*_: object) -> str:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(make, "gate", breaks)
        with pytest.raises(OSError, match="no space"):
            lessons()
    assert list((cache / "lessons").iterdir()) == []
    assert len(load(lessons()).spells) == 40


def test_half_a_folder_is_made_good(install: Install) -> None:
    install(relu="")
    root = lessons()
    (root / "campaign.toml").unlink()
    assert (lessons() / "campaign.toml").is_file()


def test_two_that_begin_at_once_both_arrive(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(relu="")
    made = make._make
    inner: list[Path] = []

    def while_another_is_quicker(*args: object) -> None:
        if not inner:
            inner.append(Path())
            inner[0] = lessons()
        made(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(make, "_make", while_another_is_quicker)
    assert lessons() == inner[0]
    assert [p.name for p in inner[0].parent.parent.iterdir()] == [inner[0].parent.name]


def test_a_missing_package_is_said_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "find_spec", lambda _name: None)
    with pytest.raises(NotInstalled, match="pip install torch-judge"):
        lessons()


@pytest.mark.parametrize(
    "text",
    ["TASK = open('x')", "TASK = {", "x = 1", "TASK = {'title': 1}", "TASK = [1]", "\0"],
)
def test_a_file_that_holds_no_task_is_passed_over(install: Install, text: str) -> None:
    install(relu="", other=text)
    assert set(package.installed().tasks) == {"relu"}


def test_a_package_without_tasks_is_no_package(install: Install) -> None:
    install(other="x = 1")
    with pytest.raises(NotInstalled, match="no problems"):
        lessons()
