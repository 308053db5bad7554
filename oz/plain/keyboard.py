"""Typed lines and Ctrl-C, for an event loop that must not stand still while nobody types.

Lines are read from the descriptor by a thread, and only when one is wanted: an editor that is
opened meanwhile has the terminal to itself. The terminal's own line editing is used; it is what
screen readers and dumb terminals understand.
"""

from __future__ import annotations

import asyncio
import codecs
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

LONGEST = 1 << 20
"""Characters of one line that are kept."""


class Interrupted(Exception):
    """Ctrl-C was typed instead of a line."""


class Ended(Exception):
    """There is no more input, or the system asks the game to end."""


class Keyboard:
    """Standard input, line by line."""

    def __init__(self) -> None:
        try:
            self._descriptor = sys.stdin.fileno()
            self.terminal = os.isatty(self._descriptor)
            """Somebody types at a terminal, which shows what is typed."""
        except (AttributeError, OSError, ValueError):  # there is none, or it is closed
            self._descriptor, self.terminal = -1, False
        encoding = getattr(sys.stdin, "encoding", None) or "utf-8"
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._text = ""
        self._ended = False
        self._reading = False
        self._waiting: asyncio.Future[None] | None = None
        self.on_interrupt: Callable[[], None] | None = None
        """What Ctrl-C does while no line is waited for."""

    async def line(self) -> str:
        """The next line, without its end. Raises `Interrupted`, `Ended`."""
        while "\n" not in self._text:
            if self._ended:
                last, self._text = self._text, ""
                if last:
                    return last.rstrip("\r")[:LONGEST]
                raise Ended
            await self._more()
        line, _, self._text = self._text.partition("\n")
        return line.rstrip("\r")[:LONGEST]

    async def _more(self) -> None:
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        if not self._reading:
            self._reading = True
            # A daemon: a read that nobody answers must not keep the game from ending.
            threading.Thread(target=self._read, args=(loop,), daemon=True).start()
        try:
            await self._waiting
        finally:
            self._waiting = None

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            data = os.read(self._descriptor, 1 << 16) if self._descriptor >= 0 else b""
        except OSError:  # a terminal that went away
            data = b""
        try:
            loop.call_soon_threadsafe(self._arrived, data)
        except RuntimeError:  # the game has ended meanwhile
            return

    def _arrived(self, data: bytes) -> None:
        self._reading = False
        self._text += self._decoder.decode(data, final=not data)
        # At a terminal Ctrl-D ends the input once; elsewhere the end is the end.
        self._ended = not data
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    # signals

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear Ctrl-C, and requests to end, as long as the game is played."""
        loop = asyncio.get_running_loop()
        calls: dict[int, Callable[[], None]] = {signal.SIGINT: self._interrupt}
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                calls[getattr(signal, name)] = self._hang_up

        def heard(number: int, _: FrameType | None) -> None:
            loop.call_soon_threadsafe(calls[number])

        before = {number: signal.signal(number, heard) for number in calls}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _interrupt(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(Interrupted())
        elif self.on_interrupt is not None:
            self.on_interrupt()

    def _hang_up(self) -> None:
        self._text, self._ended = "", True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
        elif self.on_interrupt is not None:
            self.on_interrupt()
