"""What a training takes of its machine and its data, and which of several processes it is."""

from __future__ import annotations

import os
import statistics
import sys
from collections import deque


class Memory:
    """Memory taken since this was made: what the warm process brought along does not count."""

    def __init__(self) -> None:
        self._page = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
        self._before = self._resident() or 0

    def _resident(self) -> int | None:
        try:
            with open("/proc/self/statm", "rb") as file:
                fields = file.read().split()
                # files mapped into memory are the libraries', and shared with everybody
                return (int(fields[1]) - int(fields[2])) * self._page
        except (OSError, ValueError, IndexError):
            return None

    def now(self) -> dict[str, float]:
        """``memory`` and, where a GPU is in use, ``gpu_memory``, in bytes."""
        found: dict[str, float] = {}
        resident = self._resident()
        if resident is not None:
            found["memory"] = float(max(0, resident - self._before))
        torch = sys.modules.get("torch")
        if torch is not None and torch.cuda.is_initialized():
            found["gpu_memory"] = float(torch.cuda.memory_allocated())
        return found


class Rates:
    """How fast a training goes, from one look to the next."""

    _SHORTEST = 1 / 40
    """Seconds between two looks, below which a rate would say nothing."""

    def __init__(self) -> None:
        self._when = 0.0
        self._steps = 0

    def since(self, steps: int, now: float, rows: float | None) -> dict[str, float]:
        """Steps and examples a second since this was last asked; nothing the first time. `rows`:
        examples of one step, where that is known."""
        done, elapsed = steps - self._steps, now - self._when
        found: dict[str, float] = {}
        if self._when and done > 0:
            if elapsed < self._SHORTEST:
                return found
            found["steps_per_second"] = done / elapsed
            if rows:
                found["examples_per_second"] = rows * done / elapsed
        self._when, self._steps = now, steps
        return found


class Batch:
    """Rows of a training's batches, counted now and then: the usual number of one step."""

    def __init__(self) -> None:
        self._seen: deque[int] = deque(maxlen=5)
        self._now = 0
        self._unknown = False

    def count(self, rows: int | None) -> None:
        """Another loss of this step was made of so many rows; `None`: nobody knows."""
        self._now += rows or 0
        self._unknown |= rows is None

    def over(self) -> None:
        """The step is over."""
        if self._unknown:
            self._seen.clear()
        elif self._now:
            self._seen.append(self._now)
        self._now, self._unknown = 0, False

    @property
    def rows(self) -> float:
        """Rows of one step: the middle of what was counted last, so that the last batch of an epoch
        says nothing; 0 where nobody knows."""
        return statistics.median(self._seen) if self._seen else 0


def rank_here() -> tuple[bool, int | None]:
    """Whether this process is known as one of several that train, and its number among them."""
    distributed = sys.modules.get("torch.distributed")
    if distributed is not None and distributed.is_available() and distributed.is_initialized():
        if distributed.get_world_size() > 1:
            return True, int(distributed.get_rank())
        return True, None
    processes = sys.modules.get("multiprocessing.process")
    identity = processes.current_process()._identity if processes is not None else ()
    return (True, int(identity[-1]) - 1) if identity else (False, None)
