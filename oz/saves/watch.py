"""Tells which drafts another program has written. Knows folders and files, nothing of spells."""

from __future__ import annotations

from asyncio import Event
from collections.abc import AsyncIterator
from pathlib import Path

_SETTLE = 120
"""An editor's save is several steps (write, rename): milliseconds of quiet that end it."""


_QUIET = 1000
"""Milliseconds without news after which an empty batch is given."""


async def changes(folder: Path, stop: Event) -> AsyncIterator[set[Path]]:
    """Files written or removed under `folder`, which must exist, in batches, until `stop`.

    An empty batch comes when nothing was told for a second: what was written before the watch
    began, or on a disk whose system tells nothing (a network's), is then to be looked for.
    """
    from watchfiles import awatch  # the plain front end never watches

    async for batch in awatch(
        folder,
        stop_event=stop,
        debounce=400,
        step=_SETTLE,
        rust_timeout=_QUIET,
        yield_on_timeout=True,
    ):
        yield {Path(name) for _, name in batch}
