"""Waiting for the end of processes that are not ours to wait for."""

from __future__ import annotations

import asyncio
import os
import select
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from tests.serve.conftest import PATIENCE


class Watched:
    """Processes held by descriptors, which stay theirs when a number is given to another."""

    def __init__(self, descriptors: list[int]) -> None:
        self._descriptors = descriptors

    async def gone(self) -> None:
        """Wait until each has ended; fails when one does not."""
        for descriptor in self._descriptors:
            ended = await asyncio.to_thread(select.select, [descriptor], [], [], PATIENCE)
            assert ended[0], "a process was left running"


@contextmanager
def watched(processes: Iterable[int]) -> Iterator[Watched]:
    with ExitStack() as stack:
        descriptors = []
        for process in processes:
            with suppress(ProcessLookupError):
                descriptors.append(os.pidfd_open(process))
                stack.callback(os.close, descriptors[-1])
        yield Watched(descriptors)
