"""How a rank ends: not before gloo's threads are at rest.

They outlive ``destroy_process_group`` and may still be putting tensors away, for which they need
the interpreter. One that asks for it while the interpreter is being taken down is ended by force,
and with it the process: "terminate called without an active exception", and a program that was
right has crashed. Plain Python has that too (2 of 30 runs on a busy machine); a short wait before
the end does away with it. Knows nothing of telemetry.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

_TASKS = Path("/proc/self/task")
_GLOO = "pt_gloo"
_LOOK = 0.005
_LOOKS = 3
_MOST = 1.0


def wait_at_exit() -> None:
    """Have this process wait for them when it ends; it does not wait without any."""
    atexit.register(rest)


def rest() -> None:
    """Wait until no other thread runs, three looks in a row, for a second at most. Linux only;
    elsewhere nobody can say."""
    if not any(name.startswith(_GLOO) for name in _told("comm")):
        return
    until, quiet = time.monotonic() + _MOST, 0
    while quiet < _LOOKS and time.monotonic() < until:
        time.sleep(_LOOK)  # the interpreter is free meanwhile
        states = [told.rpartition(")")[2].split()[0] for told in _told("stat")]
        quiet = quiet + 1 if all(state == "S" for state in states) else 0


def _told(what: str) -> Iterator[str]:
    """What the system tells of each other thread."""
    with contextlib.suppress(OSError):
        for task in _TASKS.iterdir():
            if task.name != str(os.getpid()):
                with contextlib.suppress(OSError):
                    yield (task / what).read_text()
