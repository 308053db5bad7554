"""How crowded the machine is, so that a bound in seconds means the same on a busy one.

Bounds are the game's promises on a quiet machine; what others take of the processors meanwhile is
measured beside them, and allowed for.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

SPIN = """
import time
began, used = time.perf_counter(), time.process_time()
while time.process_time() - used < 0.25:
    pass
print((time.perf_counter() - began) / (time.process_time() - used))
"""


def crowding() -> float:
    """How much longer than its own work a quarter of a second's work takes, on every processor at
    once: 1 on a quiet machine. Takes about 0.3 s."""
    spins = [
        subprocess.Popen([sys.executable, "-SEc", SPIN], stdout=subprocess.PIPE, text=True)
        for _ in range(os.cpu_count() or 1)
    ]
    return max(1.0, *(float(spin.communicate()[0]) for spin in spins))


def crowding_now() -> float:
    """The same for a single millisecond's work of this thread, at this moment."""
    began, used = time.perf_counter(), time.thread_time()
    while time.thread_time() - used < 0.001:
        pass
    return (time.perf_counter() - began) / 0.001
