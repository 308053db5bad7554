"""The crucible as the rest of the game sees it: start it, hand it a job, read events, stop.

Two backends serve this interface: the zygote (Linux: a warm process that is forked for every job)
and warm spares (elsewhere, or chosen by ``OZ_CRUCIBLE=spares``). Nothing here knows which.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from typing import Protocol

from oz.crucible.model import Event, Job
from oz.tongue import _


class Run(Protocol):
    """A job under way. Iterate it for its events; the last one is `Finished`."""

    def __aiter__(self) -> AsyncIterator[Event]: ...

    def batches(self) -> AsyncIterator[list[Event]]:
        """The same events, all that have arrived at once: for front ends that paint per frame."""
        ...

    async def stop(self) -> None:
        """End the run now. Its events then close with `Reason.STOPPED`. Harmless when over."""
        ...


class Crucible(Protocol):
    """Where the player's code runs."""

    async def start(self) -> None:
        """Begin to warm up. Returns at once; `run` waits for it where it has to."""
        ...

    async def ready(self) -> None:
        """Wait until the first job would be answered without warming up."""
        ...

    def run(self, job: Job) -> Run:
        """Run `job`. One job at a time per crucible: a second waits for the first."""
        ...

    async def close(self) -> None:
        """End everything that was started. Nothing is left running."""
        ...


def open_crucible(backend: str | None = None, *, many: bool = False) -> Crucible:
    """The crucible for this machine.

    `backend` is ``zygote`` or ``spares``; `None` asks ``OZ_CRUCIBLE`` and then the platform. With
    `many` runs to come one after another it is ready a little later, and each run costs less.
    Raises `ValueError` for another word, `RuntimeError` on a system that has neither.
    """
    if sys.platform == "win32":
        raise RuntimeError(
            _("Oz runs programs on Linux and macOS. On Windows, play it inside WSL.")
        )
    from oz.crucible.backends import choose

    return choose(backend, many=many)
