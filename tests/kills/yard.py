"""Games started, killed at an instant, and what is then left of them."""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests import nursery
from tests.kills import sitting

LESSONS = Path(__file__).with_name("lessons")
PATIENCE = 60.0
"""Seconds after which a game that neither answers nor ends is taken to hang."""


@dataclass
class Yard:
    """A place for games, with everything of theirs below it."""

    place: Path
    namespaces: bool = True
    """Whether spells run in namespaces of their own, which end what is in them."""
    screens: bool = False
    """Whether the games have screens, on terminals, instead of pipes."""
    slowest: float = 0.0
    """Seconds that the processes of a killed game stayed at most."""
    _warm: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def saves(self) -> Path:
        return self.place / "saves"

    @property
    def temporary(self) -> Path:
        return self.place / "tmp"

    def make(self) -> None:
        """Make the folders."""
        for folder in (self.saves, self.temporary, self.place / "cache", self.place / "home"):
            folder.mkdir()

    @contextlib.contextmanager
    def open(self) -> Iterator[Yard]:
        """Light the two warm processes; put them out in the end."""
        self.make()
        try:
            for command in (
                ["tests.kills.warm", self._games, str(self.place / self._games)],
                ["tests.nursery", str(self.place / "crucibles")],
            ):
                self._warm.append(
                    subprocess.Popen(
                        [sys.executable, "-m", *command],
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        cwd=nursery.ROOT,
                        env={**os.environ, **self.environment()},
                    )
                )
            for process in self._warm:
                assert process.stdout is not None
                assert process.stdout.readline() == b"ready\n"
            yield self
        finally:
            for process in self._warm:
                process.kill()
                process.communicate()

    @property
    def _games(self) -> str:
        return "screens" if self.screens else "games"

    def environment(self) -> dict[str, str]:
        """What a game finds in its environment."""
        return {
            "OZ_SAVES": str(self.saves),
            "OZ_LESSONS": str(LESSONS),
            "OZ_CACHE": str(self.place / "cache"),
            "OZ_NAMESPACES": "" if self.namespaces else "off",
            "TMPDIR": str(self.temporary),
            "HOME": str(self.place / "home"),
            "PYTHONUTF8": "1",
        }

    def start(self, *args: str, **faults: object) -> Game:
        """Start the command line with these arguments; `faults` as `warm._meet` takes them."""
        ours_in, theirs_in = os.pipe()[::-1]
        theirs_out_read, theirs_out = os.pipe()
        try:
            pid = self.order([theirs_in, theirs_out, theirs_out], *args, **faults)
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        return Game(pid, ours_in, theirs_out_read)

    def order(self, fds: list[int], *args: str, **faults: object) -> int:
        """Start the command line on these files; its number."""
        wanted = {
            "args": list(args),
            "environment": self.environment(),
            "cwd": str(self.place),
            "crucibles": str(self.place / "crucibles"),
            "faults": faults,
        }
        return nursery.order(str(self.place / self._games), wanted, fds)

    def wait_until_gone(self) -> None:
        """Wait until no process of a game is left. Raises `AssertionError` where one stays."""
        began = time.monotonic()
        while left := self._left():
            now = time.monotonic() - began
            assert now < 10, f"still there after {now:.1f} s: {[_told(pid) for pid in left]}"
            time.sleep(0.003)
        self.slowest = max(self.slowest, time.monotonic() - began)

    def _left(self) -> list[int]:
        """Processes below the two warm ones, whoever started them: those adopt orphans."""
        below: dict[int, list[int]] = {}
        for entry in os.scandir("/proc"):
            name = entry.name
            if name.isdecimal():
                with contextlib.suppress(OSError, IndexError, ValueError):
                    stat = Path("/proc", name, "stat").read_text()
                    below.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(name))
        found: list[int] = []
        waiting = [process.pid for process in self._warm]
        while waiting:
            under = below.get(waiting.pop(), [])
            found += under
            waiting += under
        return found or ([] if self._warm else self._marked())

    def _marked(self) -> list[int]:
        """Processes that were started with this yard's saves, or forked from such."""
        mark = f"OZ_SAVES={self.saves}\0".encode()
        found = []
        for entry in os.scandir("/proc"):
            with contextlib.suppress(OSError):
                if entry.name.isdecimal() and mark in Path(entry.path, "environ").read_bytes():
                    found.append(int(entry.name))
        return found


def _told(pid: int) -> str:
    try:
        stat = Path("/proc", str(pid), "stat").read_text().split()
        return f"{pid} {stat[1]} {stat[2]}"
    except OSError:
        return f"{pid} (gone)"


@dataclass
class Game:
    """A game under way, at the other end of two pipes."""

    pid: int
    typing: int
    reading: int
    shown: str = ""
    _bytes: bytes = b""
    _ended: bool = False

    def type(self, typed: list[sitting.Line]) -> None:
        """Hand over all lines at once; the game takes them up one by one."""
        data = "".join(f"{line.text}\n" for line in typed).encode()
        with contextlib.suppress(BrokenPipeError):
            while data:
                data = data[os.write(self.typing, data[:4096]) :]
                self.read(0)

    def read(self, seconds: float) -> bool:
        """Take what it shows within `seconds`; false when there is no more to come."""
        if self._ended or not select.select([self.reading], [], [], seconds)[0]:
            return not self._ended
        data = os.read(self.reading, 1 << 16)
        self._ended = not data
        self._bytes += data
        # a torn last letter is not yet read
        self.shown = self._bytes.decode("utf-8", "ignore")
        return not self._ended

    def until(self, typed: list[sitting.Line], number: int) -> None:
        """Read until it has taken up the line of that number, or has ended."""
        give_up = time.monotonic() + PATIENCE
        while not sitting.echoed(typed, self.shown, number) and self.read(0.5):
            assert time.monotonic() < give_up, f"it hangs: {self.shown[-2000:]}"

    def linger(self, seconds: float) -> None:
        """Let it go on for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and self.read(left):
            pass

    def kill(self) -> str:
        """Kill it; everything that it has shown."""
        with contextlib.suppress(ProcessLookupError):  # it has ended by itself
            os.kill(self.pid, signal.SIGKILL)
        while self.read(10):
            pass
        os.close(self.typing)
        os.close(self.reading)
        return self.shown

    def end(self) -> str:
        """Let it come to its end by itself; everything that it has shown."""
        os.close(self.typing)
        while self.read(PATIENCE):
            pass
        os.close(self.reading)
        return self.shown


def instant(chance: random.Random, most: float) -> float:
    """A moment within `most` seconds; half of them in the first twentieth."""
    return most * chance.random() ** 4
