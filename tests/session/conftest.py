"""A journey being played on the real lessons, with the real crucible and a real folder."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from oz.campaign import Campaign, load
from oz.crucible import Crucible
from oz.session import Conjured, HintShown, Judged, Session, SessionEvent
from oz.story.events import Said
from tests.session.finished import walk

SCALES = "kansas/scales"


@dataclass
class Player:
    """Somebody who types lines and reads what comes."""

    session: Session

    async def types(self, *lines: str) -> list[SessionEvent]:
        """The answers to `lines`, in order."""
        return [event for line in lines for event in await listed(self.session.submit(line))]

    async def reads(self, *lines: str) -> str:
        """The words of those answers."""
        return words(await self.types(*lines))


def words(events: Iterable[SessionEvent]) -> str:
    shown = [e.text for e in events if isinstance(e, Said | Conjured | HintShown)]
    return "\n".join(shown)


def verdicts(events: Iterable[SessionEvent]) -> list[Judged]:
    return [event for event in events if isinstance(event, Judged)]


async def listed(events: AsyncIterator[SessionEvent]) -> list[SessionEvent]:
    return [event async for event in events]


@pytest_asyncio.fixture(loop_scope="session")
async def player(tmp_path: Path, crucible: Crucible) -> AsyncIterator[Player]:
    """A player at the beginning of a new journey."""
    async with await Session.open(tmp_path / "journey", crucible=crucible) as session:
        await listed(session.begin())
        yield Player(session)


@pytest.fixture(scope="session")
def campaign() -> Campaign:
    """The lessons."""
    return load(None)


@pytest.fixture
def folder(tmp_path: Path, campaign: Campaign) -> Path:
    """A journey whose first two stages were walked."""
    walk(tmp_path / "dorothy", campaign, "kansas", "munchkins")
    return tmp_path / "dorothy"
