"""A journey of many weeks, and lessons larger than any: what they cost to open and to answer.

Processor time is measured, which other programs on the machine do not lengthen.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from oz.campaign import load
from oz.cli.unlit import Unlit
from oz.lessons_check.new import TEMPLATE
from oz.saves import Attempt, Journey
from oz.saves.keepsakes import KeptCurve, KeptPicture
from oz.session import Session, SessionEvent
from oz.session.turn import kept_state
from oz.story import begin
from tests.benchmarks.crowd import crowding

pytestmark = pytest.mark.benchmark

ATTEMPTS, TURNS_EACH, STAGES = 10_000, 4, 500
LINES = (
    "look", "spells", "journal", "map", "statistics", "attempts", "score", "inventory", "hint",
    "undo", "restore", "reference torch.arange", "spellbook", "wait",
)  # fmt: skip
ROUNDS = 20


def _long_journey(folder: Path) -> None:
    """Ten thousand attempts at the real spells with all that goes with them: some 90 MB."""
    campaign = load()
    state = kept_state(begin(campaign.world).state)
    spells = list(campaign.spells.values())
    check = {"name": "a check", "passed": False, "message": "what differs, said at length " * 20}
    verdict = json.dumps({"checks": [check] * 4})
    picture = KeptPicture("stone", 32, 32, 3, bytes(32 * 32 * 3))
    with Journey.open(folder) as journey, journey.transaction():
        for number in range(ATTEMPTS):
            spell = spells[number % len(spells)] if number % 3 == 0 else spells[0]
            code = f"{spell.solution.read_text('utf-8')}\n# {number}\n"
            reason = "passed" if number % 5 == 0 else "failed"
            cast = journey.add_attempt(Attempt(spell.id, code, reason, None, 0.5, verdict))
            if number % 20 == 0:
                curve = KeptCurve("loss", tuple((float(n), 1 / (n + 1)) for n in range(160)))
                journey.keep(spell.id, cast, reason == "passed", (curve, picture))
            for _ in range(TURNS_EACH):
                journey.add_turn("look", "words and words " * 40, state, step=True)
        for spell in spells:
            journey.see_hints(spell.id, 1)


@pytest.fixture(scope="module")
def long_journey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long") / "dorothy"
    _long_journey(folder)
    return folder


async def _all(events: AsyncIterator[SessionEvent]) -> None:
    async for _ in events:
        pass


@pytest.mark.asyncio(loop_scope="session")
async def test_a_journey_of_ten_thousand_attempts(long_journey: Path) -> None:
    """It opens in half a second and answers in 10 ms at p95, whatever is asked."""
    size = (long_journey / "journey.sqlite3").stat().st_size >> 20
    began = time.process_time()
    Journey.open(long_journey).close()
    alone = time.process_time() - began
    began = time.process_time()
    async with await Session.open(long_journey, crucible=Unlit()) as session:
        await _all(session.begin())
        opened = time.process_time() - began
        times: list[float] = []
        print(f"\n{ATTEMPTS:,} attempts, {ATTEMPTS * TURNS_EACH:,} turns, {size} MiB")
        print(f"the journey: {alone * 1e3:.0f} ms; with the lessons, shown: {opened * 1e3:.0f} ms")
        for line in LINES:
            took = []
            for _ in range(ROUNDS):
                began = time.process_time()
                await _all(session.submit(line))
                took.append((time.process_time() - began) * 1e3)
            times += took
            middle = statistics.median(took)
            print(f"  {line:24} {middle:6.2f} ms, at most {max(took):6.2f}")
    late = sorted(times)[int(len(times) * 0.95)]
    print(f"p95 of all: {late:.2f} ms")
    assert opened < 1.0 * crowding()
    assert late < 10 * crowding()


def _many_stages(root: Path) -> Path:
    """Lessons of `STAGES` stages, each as ``oz lessons new`` makes one."""
    root.mkdir()
    names = [f"{number:03}_hill_{number}" for number in range(1, STAGES + 1)]
    for name in names:
        stage = Path(
            shutil.copytree(TEMPLATE, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        )
        if name != names[0]:  # it is explained where it is first met
            (stage / "reference.md").unlink()
            page = stage / "stage.toml"
            page.write_text(re.sub(r"teaches = .*", "teaches = []", page.read_text("utf-8")))
    listed = ", ".join(f'"{name}"' for name in names)
    (root / "campaign.toml").write_text(f'format = 1\ntitle = "Hills"\nstages = [{listed}]\n')
    return root


@pytest.mark.asyncio(loop_scope="session")
async def test_lessons_of_five_hundred_stages(tmp_path: Path) -> None:
    """They are read, and the first room stands there, in a second; against the real ones."""
    lessons = _many_stages(tmp_path / "lessons")
    load()
    began = time.process_time()
    load()
    real = time.process_time() - began
    began = time.process_time()
    async with await Session.open(tmp_path / "j", lessons=lessons, crucible=Unlit()) as session:
        await _all(session.begin())
        took = time.process_time() - began
    print(
        f"\n{STAGES} stages to the first room: {took:.2f} s, {took / real:.1f} times the real ones"
    )
    assert took < 2.0 * crowding()
