"""A game that is killed at any instant loses at most the command in flight."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from oz.saves import Attempt, Journey

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")

PLAY = """
import json, sys
from pathlib import Path
from oz.saves import Attempt, Journey
from oz.saves import drafts
journey = Journey.open(Path(sys.argv[1]))
draft = journey.draft("kansas", "ledger.py")
number = json.loads(journey.state or "0")
seen = None
while True:
    number += 1
    with journey.transaction():
        journey.add_turn(f"line {number}", "answer " * 200, json.dumps(number), step=True)
        journey.add_attempt(Attempt("kansas/ledger", f"eggs = {number}", "failed"))
    seen = drafts.write(draft, f"eggs = {number}\\n" * 500, seen).digest
    if number % 10 == 0:
        journey.back_up("kansas")
    print(number, flush=True)        # the player reads the answer
"""


OPEN = """
import sys
from pathlib import Path
from oz.saves import Journey
print("go", flush=True)
Journey.open(Path(sys.argv[1]))
print("done", flush=True)
sys.stdin.read()
"""


def kill_after(folder, answers):
    """Play in a real process, kill it somewhere after so many answers; the last number shown."""
    with subprocess.Popen(
        [sys.executable, "-c", PLAY, str(folder)], stdout=subprocess.PIPE
    ) as game:
        shown = [game.stdout.readline() for _ in range(answers)]
        game.send_signal(signal.SIGKILL)
        shown += game.stdout.readlines()
    whole = [line for line in shown if line.endswith(b"\n")]
    return int(whole[-1])


def test_killed_again_and_again_nothing_answered_is_lost(tmp_path):
    folder = tmp_path / "a"
    chance = random.Random(7)
    for _ in range(12):
        shown = kill_after(folder, chance.randrange(1, 60))
        with Journey.open(folder) as journey:
            there = json.loads(journey.state)
            assert there in (shown, shown + 1)
            assert not journey.recovered
            assert journey.casts("kansas/ledger") == there
            text = journey.draft("kansas", "ledger.py").read_text("utf-8")
            written = int(text.split("\n", 1)[0].removeprefix("eggs = "))
            assert text == f"eggs = {written}\n" * 500
            assert written in (there - 1, there)
            assert not list((folder / "spells").rglob(".writing-*"))


def test_killed_while_it_is_first_opened(tmp_path):
    """Wherever the making of a journey is cut off, the next game opens it."""
    for number in range(8):
        folder = tmp_path / str(number)
        with subprocess.Popen(
            [sys.executable, "-c", OPEN, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as game:
            game.stdout.readline()
            if number == 7:
                game.stdout.readline()
            else:
                with pytest.raises(subprocess.TimeoutExpired):
                    game.wait(0.0005 * number)
            game.kill()
        with Journey.open(folder) as journey:
            journey.add_attempt(Attempt("a/b", "", "failed"))


def test_a_power_cut_never_harms_the_file(tmp_path):
    with Journey.open(tmp_path / "a") as journey:
        assert journey._database.execute("PRAGMA synchronous").fetchone() == (1,)
        assert journey._database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        journey.add_turn("n", "", "{}")
    with closing(sqlite3.connect(tmp_path / "a" / "journey.sqlite3")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
