"""The whole campaign with files and ``oz watch`` alone: no screen, no typed line."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from oz import campaign
from oz.saves import Journey, journeys
from oz.saves.figures import figures

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "tests" / "lessons" / "good"
_ASKS = "Every save of that file is cast"


def _at_a_terminal() -> None:
    """What a shell starts in the background is deaf to Ctrl-C, and so is all below it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def watching(saves: Path, *args: str, limit: float) -> Iterator[subprocess.Popen[str]]:
    """``oz watch`` on a journey in `saves`, ended after `limit` seconds at the latest."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "oz", "watch", "--saves", str(saves), *args],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "HOME": str(saves), "PYTHONFAULTHANDLER": "1"},
        preexec_fn=_at_a_terminal,  # noqa: PLW1509 - it takes no lock
    )
    timer = threading.Timer(limit, process.kill)
    timer.start()
    try:
        yield process
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def left(process: subprocess.Popen[str]) -> int:
    """How it ends; where it does not within half a minute, it is said what it was doing."""
    try:
        return process.wait(30)
    except subprocess.TimeoutExpired:
        status = Path(f"/proc/{process.pid}/status").read_text()
        process.send_signal(signal.SIGABRT)  # Python writes where every thread is
        told = process.communicate()[0]
        pytest.fail(f"it has not ended:\n{told}\n{status}")


def answer(process: subprocess.Popen[str], lessons: Path | None) -> list[str]:
    """Save the model answer wherever a file is asked for, until it ends; the spells asked for."""
    known = campaign.load(lessons).spells.values()
    answers = {f"{spell.stage}/{spell.draft_name}": spell for spell in known}
    asked: list[str] = []
    before = told = ""
    assert process.stdout is not None
    for line in process.stdout:
        told += line
        if "in the file" in before:
            path = Path(line.strip())
        if _ASKS in line:
            spell = answers[f"{path.parent.name}/{path.name}"]
            asked.append(spell.id)
            shutil.copyfile(spell.solution, path.with_name("an editor's own name"))
            path.with_name("an editor's own name").replace(path)
        before = line
    assert process.wait() == 0, told[-4000:]
    assert "The road is finished" in told[-400:]
    return asked


def test_a_small_road_is_walked_by_saving_files(tmp_path: Path) -> None:
    with watching(tmp_path, "--lessons", str(GOOD), limit=120) as process:
        assert answer(process, GOOD) == ["kansas/first-count", "river/which-bank"]
    with Journey.open(tmp_path / "dorothy") as journey:
        assert journey.tried() == {"kansas/first-count": True, "river/which-bank": True}
        assert "ask Uncle Henry about hens" in journey.history(50)


def test_it_can_be_left_and_gone_on_with(tmp_path: Path) -> None:
    with watching(tmp_path, "--lessons", str(GOOD), limit=120) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if _ASKS in line:
                break
        process.send_signal(signal.SIGINT)
        assert left(process) == 130
    path = tmp_path / "dorothy" / "spells" / "kansas" / "first-count.py"
    with watching(tmp_path, "--once", "--lessons", str(GOOD), limit=60) as process:
        told = process.communicate()[0]
        assert process.returncode == 1, told
    shutil.copyfile(next(GOOD.glob("*/spells/*_first_count/solution.py")), path)
    with watching(tmp_path, "--once", "--lessons", str(GOOD), limit=60) as process:
        told = process.communicate()[0]
        assert process.returncode == 0, told
    assert "The spell holds." in told
    with watching(tmp_path, "--lessons", str(GOOD), limit=120) as process:
        assert answer(process, GOOD) == ["river/which-bank"]


@pytest.mark.slow
def test_the_whole_campaign_is_finished_by_saving_files(tmp_path: Path) -> None:
    began = time.monotonic()
    with watching(tmp_path, limit=1500) as process:
        asked = answer(process, None)
    lore = campaign.load(None)
    assert sorted(asked) == sorted(lore.spells)
    folder = tmp_path / "dorothy"
    with Journey.open(folder) as journey:
        assert journey.tried() == dict.fromkeys(lore.spells, True)
        state = str(journey.state)
        kept = {name for spell in lore.spells.values() for name in spell.keep}
        assert {path.name for path in journey.models.iterdir()} == kept
    assert all(f'"finished:{stage}"' in state for stage in lore.world.stages)
    assert [spell.casts for spell in figures(folder).spells] == [1] * len(asked)
    [listed] = journeys(tmp_path)
    assert listed.score > listed.max_score * 0.9
    assert {path.stem for path in (folder / "backups").iterdir()} >= set(lore.world.stages)
    print(f"{len(asked)} spells in {time.monotonic() - began:.0f} s, {listed.score} points")
