"""One visitor's game: a process of its own, and the socket that it is played through.

Says and hears what textual-serve's own service does. What is added is that the process ends, in
bounded time and whatever it is doing, when the socket closes, and the socket when the process ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import Process
from collections.abc import Sequence

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from oz.serve.game import DRIVER

GRACE = 8.0
"""How long a game may take to close its journey before it is killed. Seconds."""


class Visit(AppService):
    """The game that `command` starts for the visitor behind `websocket`."""

    def __init__(
        self,
        command: Sequence[str],
        websocket: web.WebSocketResponse,
        downloads: DownloadManager,
    ) -> None:
        super().__init__(
            command[0],
            write_bytes=self._send,
            write_str=self._send_text,
            close=self._hang_up,
            download_manager=downloads,
        )
        self._arguments = tuple(command)
        self._websocket = websocket

    @property
    def process_id(self) -> int | None:
        """Of the game's process, which leads a group of the same number."""
        return self._process.pid if self._process else None

    async def _send(self, data: bytes) -> None:
        # The game is read to its end even when nobody sees it: else it blocks, and never ends.
        with contextlib.suppress(ConnectionError):
            await self._websocket.send_bytes(data)

    async def _send_text(self, text: str) -> None:
        with contextlib.suppress(ConnectionError):
            await self._websocket.send_str(text)

    async def _hang_up(self) -> None:
        await self._websocket.close()

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        environment = super()._build_environment(width, height)
        environment["TEXTUAL_DRIVER"] = DRIVER
        environment["PYTHONIOENCODING"] = "utf-8"  # a browser's, wherever the server was started
        for name in ("VISUAL", "EDITOR"):  # they would open in the server's terminal
            environment.pop(name, None)
        return environment

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        process = await asyncio.create_subprocess_exec(
            *self._arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(width, height),
            start_new_session=True,  # Ctrl-C is the server's to hear, and it tells the games
        )
        self._process, self._stdin = process, process.stdin
        return process

    async def run(self) -> None:
        """Pass on what the game shows until it ends, and then hang up."""
        try:
            await super().run()
        finally:
            await self._hang_up()

    async def stop(self) -> None:
        """End the game and wait until it is gone; harmless when it is."""
        task, self._task = self._task, None
        process = self._process
        if task is None or process is None:
            return
        try:
            async with asyncio.timeout(GRACE):
                await self.send_meta({"type": "quit"})
                await task
                await process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
