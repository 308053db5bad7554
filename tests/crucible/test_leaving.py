"""A rank ends when gloo's threads are at rest, and does not wait for anything else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import ctypes, sys, threading, time
sys.path.insert(0, {root!r})
from oz.crucible.child.leaving import wait_at_exit

begun = threading.Event()

def put_away():
    ctypes.CDLL(None).prctl(15, {name!r}, 0, 0, 0)  # PR_SET_NAME
    begun.set()
    until = time.thread_time() + {seconds}
    while time.thread_time() < until:
        pass
    print("put away", flush=True)
    threading.Event().wait()

wait_at_exit()
threading.Thread(target=put_away, daemon=True).start()
begun.wait()
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="threads are told of by /proc")


def ended(name: bytes, seconds: float) -> str:
    """What a process printed whose thread `name` works for so long."""
    program = PROGRAM.format(root=str(ROOT), name=name, seconds=seconds)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    return done.stdout


def test_what_gloo_puts_away_is_waited_for():
    assert ended(b"pt_gloo_runloop", 0.2) == "put away\n"


def test_nothing_else_is():
    assert ended(b"somebody", 0.2) == ""


def test_nor_is_it_waited_for_long():
    assert ended(b"pt_gloo_runloop", 25) == ""
