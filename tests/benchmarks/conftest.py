"""What is measured is the crucible as the game lights it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from oz.crucible import Crucible, open_crucible


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def crucible() -> AsyncIterator[Crucible]:
    """The crucible of this machine, warm, shared by all that measures."""
    started = open_crucible()
    await started.start()
    try:
        yield started
    finally:
        await started.close()
