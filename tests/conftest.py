"""What every room's tests share: saves that are nobody's, and a crucible that is already warm."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from oz.crucible import Crucible, open_crucible


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="write the pinned screens of tests/tui/snapshots anew, instead of comparing",
    )


@pytest.fixture(autouse=True)
def _own_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Journeys of a test go to its own folder, never to the player's."""
    monkeypatch.setenv("OZ_SAVES", str(tmp_path / "saves"))


async def _started(backend: str | None) -> AsyncIterator[Crucible]:
    crucible = open_crucible(backend)
    await crucible.start()
    try:
        yield crucible
    finally:
        await crucible.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def crucible() -> AsyncIterator[Crucible]:
    """The crucible of this machine, warm, shared by the whole session. One job at a time."""
    async for started in _started(None):
        yield started


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def spares() -> AsyncIterator[Crucible]:
    """The crucible with warm spares, shared by the whole session."""
    async for started in _started("spares"):
        yield started
