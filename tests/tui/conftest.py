"""Fixtures of the screens' tests: a home of their own, a scripted session, sizes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from oz.tui.app import OzApp
from oz.tui.completion.client import Completer
from tests.tui.fake import FakeSession

SIZES = ((80, 24), (120, 40), (200, 60))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the player's own is read or written."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "STATE", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("NO_COLOR", "VISUAL", "EDITOR", "OZ_SAVES", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    return home


@dataclass
class Game:
    """A game that is being played by a test."""

    app: OzApp
    pilot: Pilot[int]
    session: FakeSession

    @property
    def text(self) -> str:
        """What the screen shows, as text."""
        return screen_text(self.app)

    async def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Let the app work until `holds`; fails when it never does."""
        for _ in range(200):
            await self.pilot.pause()
            if holds():
                return
        raise AssertionError(f"never came: {what or holds}\n{self.text}")

    async def until_text(self, text: str) -> None:
        """Let the app work until `text` is on the screen."""
        await self.until(lambda: text in self.text, text)

    async def until_notice(self, text: str) -> None:
        """Wait, for as long as it takes, until a notice with `text` is on the screen."""
        while text not in self.text:
            await self.pilot.pause(0.05)

    async def type(self, line: str) -> None:
        """Type a line at the prompt of the screen in front and press enter."""
        prompt = self.app.screen.query_one("#prompt", Input)
        prompt.focus()
        await self.pilot.pause()
        prompt.value = line
        await self.pilot.press("enter")
        await self.pilot.pause()

    async def type_ahead(self, *keys: str) -> None:
        """Press keys faster than they can be answered."""
        for key in keys:
            character = key if len(key) == 1 else None
            self.app.post_message(
                events.Key({".": "full_stop"}.get(key, key), " " if key == "space" else character)
            )
        await self.pilot.pause()

    async def open_desk(self, name: str = "first-stones") -> None:
        """Go to the desk of a spell."""
        await self.type(f"cast {name}")
        await self.until(lambda: type(self.app.screen).__name__ == "DeskScreen", "the desk")
        await self.pilot.pause()


def screen_text(app: OzApp) -> str:
    """The lines of the screen in front, without their colours."""
    lines = app.screen._compositor.render_strips()
    return "\n".join(line.text.rstrip() for line in lines)


Playing = Callable[..., "Awaitable[Game]"]


@pytest.fixture
def playing(tmp_path: Path):
    """``async with playing(size=(80, 24)) as game``: the story of a scripted journey."""

    @asynccontextmanager
    async def start(
        size: tuple[int, int] = (80, 24),
        *,
        title: bool = False,
        session: FakeSession | None = None,
        completer: Completer | None = None,
    ) -> AsyncIterator[Game]:
        fake = session or FakeSession(tmp_path / "spells")

        async def open_session(folder: Path) -> FakeSession:
            return fake

        root = tmp_path / "saves"
        root.mkdir(exist_ok=True)
        app = OzApp(
            None if title else root / "dorothy",
            saves=root,
            open_session=open_session,
            completer=completer,
        )
        async with app.run_test(size=size, notifications=True) as pilot:
            game = Game(app, pilot, fake)
            await game.until_text("New journey" if title else "Kansas")
            yield game

    return start
