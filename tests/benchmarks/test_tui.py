"""How long the player waits for the first page, and whether the screen keeps up with a flood.

Times are told against a bare Python that imports Textual and paints one word, in the same run.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oz.tui.app import OzApp
from oz.tui.widgets.output import folds
from tests.benchmarks.crowd import crowding
from tests.tui.fake import FakeSession, failing, flood

ROOT = Path(__file__).parents[2]
LIMIT = 0.6
"""Seconds from the start of the process to the painted story, on a quiet machine."""

MEMORY = 150
"""MiB that the process of the screens may take."""

FIRST_PAINT = """
import os, sys, time
from pathlib import Path

def since_start():
    with open("/proc/self/stat") as file:
        started = int(file.read().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started

from oz.tui.app import OzApp

class Watched(OzApp):
    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        story = self.story
        if story is not None and story.is_mounted and story.query("#story") and story.prose.length:
            if not hasattr(self, "painted") and screen is story:
                self.painted = since_start()
                self.heavy = "torch" in sys.modules or "numpy" in sys.modules
                self.exit(0)

root = Path(sys.argv[1])
app = Watched(root / "dorothy", saves=root)
app.run(headless=True, size=(120, 40))
with open("/proc/self/status") as file:
    memory = next(line.split()[1] for line in file if line.startswith("VmHWM"))
print(app.painted, app.heavy, memory)
"""

BARE = """
import os, time

def since_start():
    with open("/proc/self/stat") as file:
        started = int(file.read().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started

from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("Oz")
    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        if self.query(Static) and not hasattr(self, "painted"):
            self.painted = since_start()
            self.exit(0)

app = Bare()
app.run(headless=True, size=(120, 40))
print(app.painted)
"""


def paint(program: str, home: Path, *arguments: str) -> list[str]:
    env = {
        **os.environ, "HOME": str(home), "TEXTUAL_ANIMATIONS": "none", "PYTHONPATH": str(ROOT),
        "OZ_CACHE": str(home / "cache"), "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
    }  # fmt: skip
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # a player's Python keeps what it compiled
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=env, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.split()


@pytest.mark.benchmark
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the start from /proc")
def test_the_story_is_painted_soon_and_without_torch(tmp_path: Path):
    """From the second start on: at the first, Python compiles the program and Oz reads all lessons,
    and both keep what they made."""
    first = float(paint(FIRST_PAINT, tmp_path, str(tmp_path / "saves"))[0])
    times, bare, most = [], [], 0.0
    for number in range(7):
        seconds, heavy, memory = paint(FIRST_PAINT, tmp_path, str(tmp_path / f"saves-{number % 2}"))
        assert heavy == "False", "torch or numpy is in the process of the screens"
        times.append(float(seconds))
        most = max(most, int(memory) / 1024)
        bare.append(float(paint(BARE, tmp_path)[0]))
    middle, floor = statistics.median(times), statistics.median(bare)
    print(f"\nfirst painted story {middle:.2f} s (best {min(times):.2f}), ", end="")
    print(f"{middle / floor:.1f} times a bare Textual app ({floor:.2f} s); ", end="")
    print(f"the very first start {first:.2f} s; {most:.0f} MiB at most")
    assert most < MEMORY
    assert min(times) < LIMIT * crowding()
    assert middle / floor < 4


@pytest.mark.benchmark
async def test_the_screen_keeps_up_with_a_flood_of_output(tmp_path: Path):
    """The event loop is never long away while a program prints as fast as it can."""
    spells = FakeSession(tmp_path / "spells")
    spells.casts.append([*(flood(200) for _ in range(100)), failing("munchkins/first-stones")])

    async def open_session(folder: Path) -> FakeSession:
        return spells

    app = OzApp(tmp_path / "dorothy", saves=tmp_path, open_session=open_session)
    lags: list[float] = []
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await app.show_desk("munchkins/first-stones")
        await pilot.pause()
        app.screen.action_run()
        while "✗ Not yet." not in app.screen.query_one("#verdict").text:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            lags.append(time.perf_counter() - before - 0.005)
    lags.sort()
    middle, late = statistics.median(lags), lags[int(len(lags) * 0.99)]
    print(f"\nloop lag under a flood of 20,000 lines: p50 {middle * 1e3:.1f} ms, ", end="")
    print(f"p99 {late * 1e3:.1f} ms over {len(lags)} samples")
    assert late < 0.05 * crowding()


@pytest.mark.benchmark
def test_a_line_without_an_end_is_folded_as_fast_as_it_is_long():
    """All that one run may print can be one line; it is folded while the screen waits."""

    def took(length: int) -> float:
        began = time.process_time()
        folds("x" * length, 78)
        return time.process_time() - began

    short, whole = (min(took(length) for _ in range(5)) for length in (32 << 10, 256 << 10))
    print(f"\na line of 256 KiB folded: {whole * 1e3:.1f} ms, {whole / short:.1f} times 32 KiB")
    assert whole < 16 * short
