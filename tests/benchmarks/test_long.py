"""A journey of many weeks, and lessons larger than any: what they cost to open and to answer.

Processor time is measured, which other programs on the machine do not lengthen.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import time
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from oz.campaign import default_root, load, load_cached
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
    return _at_rest(root)


def _the_road_again_and_again(root: Path, times: int) -> Path:
    """The game's own stages, `times` over, each time under other ids."""
    given = default_root()
    stages = tomllib.loads((given / "campaign.toml").read_text("utf-8"))["stages"]
    ids = "|".join(name.partition("_")[2].replace("_", "-") for name in stages)
    names = []
    for time_ in range(times):
        for folder in stages:
            names.append(f"{len(names) + 1:03}_{folder.partition('_')[2]}_{time_}")
            for path in (given / folder).rglob("*"):
                if not path.is_file() or "__pycache__" in path.parts or ".de." in path.name:
                    continue
                to = root / names[-1] / path.relative_to(given / folder)
                to.parent.mkdir(parents=True, exist_ok=True)
                to.write_text(_called(path, ids, time_))
    listed = ", ".join(f'"{name}"' for name in names)
    head = 'format = 1\ntitle = "Round and round"\nopening = "opening"\n'
    (root / "campaign.toml").write_text(f"{head}stages = [{listed}]\n")
    return _at_rest(root)


def _called(path: Path, ids: str, time_: int) -> str:
    """The text of `path` with its stages called otherwise; of code only that it is there."""
    if path.suffix not in (".toml", ".md"):
        return ""
    text = re.sub(rf"(?<![\w/-])({ids})/(?=[a-z])", rf"\1-{time_}/", path.read_text("utf-8"))
    if time_ and path.name == "reference.md":
        return ""  # all is explained where it is first met
    if time_ and path.name == "story.md":
        text = re.sub(r"(?ms)^## say opening.*?(?=^## )", "", text)
    if time_ and path.name == "stage.toml":
        text = re.sub(r"(?m)^teaches = \[[^\]]*\]", "teaches = []", text)
    return text


def _at_rest(root: Path) -> Path:
    """`root` as if nobody had written there lately: only then are lessons kept."""
    for path in (root, *root.rglob("*")):
        os.utime(path, (time.time() - 60,) * 2)
    return root


async def _started(journey: Path, lessons: Path) -> tuple[float, float]:
    """Processor seconds to the first room; the slowest of some commands in it, in ms."""
    began = time.process_time()
    async with await Session.open(journey, lessons=lessons, crucible=Unlit()) as session:
        await _all(session.begin())
        took, slowest = time.process_time() - began, 0.0
        for line in ("look", "inventory", "map", "goals", "spells", "out"):
            began = time.process_time()
            await _all(session.submit(line))
            slowest = max(slowest, (time.process_time() - began) * 1e3)
    return took, slowest


@pytest.mark.asyncio(loop_scope="session")
async def test_lessons_of_five_hundred_stages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first room stands there in a second: when they are new, and when they are known."""
    monkeypatch.setenv("OZ_CACHE", str(tmp_path / "cache"))
    lessons = _many_stages(tmp_path / "lessons")
    new, _ = await _started(tmp_path / "j", lessons)
    known, slowest = await _started(tmp_path / "j", lessons)
    print(f"\n{STAGES} stages as they are begun to the first room: {new:.2f} s when new, ", end="")
    print(f"{known:.2f} s when known; then at most {slowest:.1f} ms")
    assert new < 2.0 * crowding()
    assert known < 1.0 * crowding()


@pytest.mark.asyncio(loop_scope="session")
async def test_lessons_many_times_as_long_as_the_road(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is far away costs next to nothing: ``OZ_ROADS=28`` makes 504 stages with 3,752 spells,
    which takes a minute and a half to write and read before it is measured."""
    monkeypatch.setenv("OZ_CACHE", str(tmp_path / "cache"))
    times = int(os.environ.get("OZ_ROADS", "3"))
    known = []
    for count in (1, times):
        lessons = _the_road_again_and_again(tmp_path / f"lessons-{count}", count)
        load_cached(lessons)
        known.append((await _started(tmp_path / f"j{count}", lessons))[0])
        took, slowest = await _started(tmp_path / f"j{count}", lessons)
        known[-1] = min(known[-1], took)
        print(f"\n{count * 18} stages of the real ones' size, known: {took:.3f} s; ", end="")
        print(f"then at most {slowest:.1f} ms", end="")
    print(f"; {known[1] / known[0]:.1f} times the time for {times} times the stages")
    assert known[1] < 1.0 * crowding()
    assert known[1] < known[0] * times
