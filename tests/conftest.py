"""What every room's tests share: saves that are nobody's, and a crucible that is already warm."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from oz.crucible import Crucible, open_crucible
from tests.nursery import Nursery, nursed


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


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where crucibles are forked from a process that has imported torch, once for the session."""
    kept = Nursery()
    yield kept
    kept.close()


@pytest.fixture(autouse=True)
def _nursed(
    request: pytest.FixtureRequest, nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test's own crucibles, and those of the games that it starts, come from the nursery, unless
    it is marked as `cold`, or measures. Those that are shared, below, are lit before: as a
    player's, from nothing."""
    node = request.node
    warm = not (node.get_closest_marker("cold") or node.get_closest_marker("benchmark"))
    if warm and sys.platform.startswith("linux"):
        monkeypatch.setattr(subprocess, "Popen", nursed(lambda: nursery.place, games=True))


async def _started(backend: str | None) -> AsyncIterator[Crucible]:
    crucible = open_crucible(backend, many=True)
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
