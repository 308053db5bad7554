"""Fixtures of the browser's tests: a server of its own for each, and a client that can play."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from oz.serve.server import OzServer

GOOD = Path(__file__).resolve().parents[1] / "lessons" / "good"
PATIENCE = 60.0
"""For what must come, on a machine that does other things too. Seconds."""


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "STATE", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@dataclass
class Player:
    """Somebody with a socket."""

    socket: aiohttp.ClientWebSocketResponse
    seen: bytes = b""

    async def until(self, text: str) -> None:
        """Read on until the game has written `text`; fails when the socket closes before."""
        async with asyncio.timeout(PATIENCE):
            while text.encode() not in self.seen:
                message = await self.socket.receive()
                assert message.type in {aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT}, message
                if message.type is aiohttp.WSMsgType.BINARY:
                    self.seen += message.data

    async def closed(self) -> int | None:
        """Read on until the server closes; gives its code."""
        async with asyncio.timeout(PATIENCE):
            while not self.socket.closed:
                await self.socket.receive()
        return self.socket.close_code

    async def type(self, text: str) -> None:
        self.seen = b""
        await self.socket.send_json(["stdin", text])


@dataclass
class House:
    """A server that is open, seen from outside."""

    server: OzServer
    address: str
    client: aiohttp.ClientSession

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def socket_of(self, journey: str) -> str:
        return f"{self.address.replace('http', 'ws', 1)}journey/{journey}/ws"

    async def get(self, path: str = "", **headers: str) -> tuple[int, str]:
        """Status and text of the answer to a request for `path` behind the secret."""
        async with self.client.get(self.address + path, headers=headers) as answer:
            return answer.status, await answer.text()

    @asynccontextmanager
    async def play(self, journey: str = "dorothy", **headers: str) -> AsyncIterator[Player]:
        given = {"Origin": self.origin, **headers}
        async with self.client.ws_connect(self.socket_of(journey), headers=given) as socket:
            yield Player(socket)

    async def refused(self, journey: str = "dorothy", **headers: str) -> tuple[int, str]:
        """Status and words of a handshake that must fail. A header that is '' is left out."""
        given = {
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Origin": self.origin, **headers,
        }  # fmt: skip
        given = {name: value for name, value in given.items() if value}
        url = self.socket_of(journey).replace("ws", "http", 1)
        async with self.client.get(url, headers=given) as answer:
            return answer.status, await answer.text()


Opener = Callable[..., AbstractAsyncContextManager[House]]


@pytest_asyncio.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def opened(tmp_path: Path, client: aiohttp.ClientSession) -> Opener:
    """Opens a server on the good lessons, with the arguments given."""

    @asynccontextmanager
    async def open_one(**given: int) -> AsyncIterator[House]:
        server = OzServer(tmp_path / "saves", lessons=GOOD, **given)
        async with server.open() as address:
            yield House(server, address, client)

    return open_one


@pytest_asyncio.fixture
async def house(opened: Opener) -> AsyncIterator[House]:
    async with opened() as one:
        yield one


def descendants(of: int) -> set[int]:
    """The processes that `of` has started, and theirs. Skips the test where there is no /proc."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("without /proc it cannot be seen which processes there are")
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text()
        except OSError:  # it has ended meanwhile
            continue
        parents[int(stat.parent.name)] = int(re.split(r"\) \w ", told)[-1].split()[0])
    found, new = set[int](), {of}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new}
        found |= new
    return found


def playing() -> list[int]:
    """The games that this process serves."""
    return [
        process
        for process in descendants(os.getpid())
        if b"oz.serve.game" in Path(f"/proc/{process}/cmdline").read_bytes()
    ]
