"""A real browser, without a window, driven through its own debugging socket."""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pyte

from tests.serve.conftest import PATIENCE

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COLUMNS, LINES = 300, 100
"""Larger than the page's terminal, so that nothing wraps which does not wrap in it."""


def find_browser() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


class Page:
    """One page of the browser, and the terminal in it as its socket has painted it."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._session = ""
        self._painted = asyncio.Condition()
        self._terminal = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._terminal)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._terminal.display).strip()

    async def begin(self) -> None:
        target = await self.do("Target.createTarget", url="about:blank")
        attached = await self.do("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Network", "Page", "Runtime"):
            await self.do(f"{domain}.enable")

    async def listen(self) -> None:
        """Hear the browser out, until its socket closes."""
        async for message in self._socket:
            told = message.json()
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told)
            elif told["method"] == "Network.webSocketCreated":
                self._terminal.reset()
            elif told["method"] == "Network.webSocketFrameReceived":
                frame = told["params"]["response"]
                if frame["opcode"] == 2:
                    self._stream.feed(base64.b64decode(frame["payloadData"]))
                    async with self._painted:
                        self._painted.notify_all()

    async def do(self, method: str, **params: object) -> dict[str, Any]:
        """Give the browser a command of its protocol; its answer."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        told: dict[str, object] = {"id": number, "method": method, "params": params}
        if self._session:
            told["sessionId"] = self._session
        await self._socket.send_json(told)
        async with asyncio.timeout(PATIENCE):
            given = await answer
        assert "error" not in given, given
        result: dict[str, Any] = given["result"]
        return result

    async def go(self, url: str) -> None:
        await self.do("Page.navigate", url=url)
        self._terminal.reset()

    async def run(self, script: str) -> Any:
        """The value of `script`; of what it promises, if it promises."""
        done = await self.do(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    async def until(self, holds: Callable[[str], bool], what: str) -> None:
        """Wait until `holds` of the terminal's text."""
        try:
            async with asyncio.timeout(PATIENCE), self._painted:
                await self._painted.wait_for(lambda: holds(self.text))
        except TimeoutError:
            raise AssertionError(f"never came: {what}\n{self.text}") from None

    async def until_text(self, text: str) -> None:
        await self.until(lambda shown: text in shown, text)

    async def type(self, text: str) -> None:
        """Type `text`, a letter at a time."""
        for letter in text:
            await self.do("Input.dispatchKeyEvent", type="char", text=letter)

    async def say(self, line: str) -> None:
        """Type `line`, and Enter."""
        await self.type(line)
        await self.press("Enter", 13, text="\r")

    async def click(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self.do(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
            )

    async def press(self, key: str, code: int, **more: object) -> None:
        """Press and release the key called `key`, whose number in browsers is `code`."""
        told = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        await self.do("Input.dispatchKeyEvent", type="keyDown", **told, **more)
        await self.do("Input.dispatchKeyEvent", type="keyUp", **told)


@asynccontextmanager
async def browsing(
    program: str, folder: Path, client: aiohttp.ClientSession
) -> AsyncIterator[Page]:
    """A page of a browser that keeps what it keeps in `folder`."""
    process = await asyncio.create_subprocess_exec(
        program, "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--remote-debugging-port=0", f"--user-data-dir={folder}", "--window-size=1200,800",
        *(["--no-sandbox"] if os.geteuid() == 0 else []), "about:blank",
        stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stderr is not None
    said = b""
    try:
        async with asyncio.timeout(PATIENCE):
            while b"DevTools listening on " not in said:
                said = await process.stderr.readline()
                assert said, "the browser did not start"
        draining = asyncio.create_task(process.stderr.read())
        url = said.decode().split("listening on ")[1].strip()
        async with client.ws_connect(url, max_msg_size=0) as socket:
            page = Page(socket)
            listening = asyncio.create_task(page.listen())
            await page.begin()
            yield page
        await listening
    finally:
        process.terminate()
        await process.wait()
    await draining
