"""Tells, where an answer waits for PyTorch to be woken, that this is what it waits for.

Knows events and time; knows no page.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from oz.crucible.model import Started
from oz.session import SessionEvent
from oz.tongue import _

AFTER = 1.0
"""Seconds of silence after which something is said."""
WORDS = _("(PyTorch is being woken. That takes a second or two, once.)")


async def watched(
    events: AsyncIterator[SessionEvent], say: Callable[[], None], after: float = AFTER
) -> AsyncIterator[SessionEvent]:
    """`events` as they come. Where one is waited for longer than `after` seconds before a program
    has started, `say` is called, once."""
    loop = asyncio.get_running_loop()
    told = False

    def tell() -> None:
        nonlocal told
        told = True
        say()

    timer = loop.call_later(after, tell)
    try:
        async for event in events:
            timer.cancel()
            told = told or isinstance(event, Started)
            yield event
            if not told:
                timer = loop.call_later(after, tell)
    finally:
        timer.cancel()
