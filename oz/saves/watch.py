"""Tells which drafts another program has written. Knows folders and files, nothing of spells."""

from __future__ import annotations

from asyncio import Event
from collections.abc import AsyncIterator
from pathlib import Path

_SETTLE = 120
"""An editor's save is several steps (write, rename): milliseconds of quiet that end it."""


async def changes(folder: Path, stop: Event) -> AsyncIterator[set[Path]]:
    """Files written or removed under `folder`, which must exist, in batches, until `stop`."""
    from watchfiles import awatch  # the plain front end never watches

    async for batch in awatch(folder, stop_event=stop, debounce=400, step=_SETTLE):
        yield {Path(name) for _, name in batch}
