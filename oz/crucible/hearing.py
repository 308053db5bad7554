"""Hears one child: its events on their channel, and the raw pipes of its standard output and error.

Reading is done in small portions on the event loop, so that no flood makes the game wait; what goes
beyond the limits is counted. Knows nothing of how the child is run or ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from oz.crucible import wire
from oz.crucible.channel import Receiver, close_quietly, new_nonce, pair
from oz.crucible.model import Event, Job, Output
from oz.crucible.text import Cleaner, Decoder
from oz.crucible.verdict import Ledger

_PORTION = 0.004
"""Seconds of reading before the event loop gets its turn."""
_MOST_EVENTS = 250_000
"""Events of one run; an honest one has some thousands."""


class Mouth:
    """Everything that one child says, in order.

    Events go to `say` and into `ledger`; `too_many` is called once when there is no end of them.
    """

    def __init__(
        self,
        job: Job,
        program: Path,
        say: Callable[[Event], None],
        too_many: Callable[[], None],
        part: str = "whole",
    ) -> None:
        self.ledger = Ledger(job, program, part)
        self.nonce = new_nonce()
        self._say = say
        self._too_many = too_many
        self._receiver = Receiver(self.nonce)
        limit = job.limits.output
        self._room = limit * 4  # characters; the child counts bytes, this is the backstop
        self._cleaners = {"stdout": Cleaner(), "stderr": Cleaner()}
        self._pipes: dict[int, tuple[str, Decoder]] = {}
        self._limit = limit
        self._events: Any = None
        self._theirs: Any = None
        self._write_ends: list[int] = []
        self._told_dropped = 0
        self._count = 0
        self._closed: set[int] = set()

    @property
    def dropped(self) -> int:
        """Bytes that were printed and not kept."""
        return self._told_dropped + sum(decoder.dropped for _, decoder in self._pipes.values())

    def open(self) -> list[int]:
        """Make the channel and the pipes and listen; gives the child's descriptors."""
        loop = asyncio.get_running_loop()
        self._events, self._theirs = pair()
        self._events.setblocking(False)
        loop.add_reader(self._events, self._on_events)
        for stream in ("stdout", "stderr"):
            ours, theirs = os.pipe()
            os.set_blocking(ours, False)
            with contextlib.suppress(OSError, AttributeError):
                fcntl.fcntl(ours, fcntl.F_SETPIPE_SZ, 1 << 18)
            self._write_ends.append(theirs)
            self._pipes[ours] = (stream, Decoder(self._limit))
            loop.add_reader(ours, self._on_pipe, ours)
        return [self._theirs.fileno(), *self._write_ends]

    def handed_over(self) -> None:
        close_quietly(self._theirs, *self._write_ends)
        self._theirs, self._write_ends = None, []

    def close(self) -> None:
        """Stop listening. Harmless when closed."""
        self.handed_over()
        loop = asyncio.get_running_loop()
        if self._events is not None:
            loop.remove_reader(self._events)
            self._events.close()
            self._events = None
        for fd in self._pipes:
            if fd not in self._closed:
                loop.remove_reader(fd)
                os.close(fd)
                self._closed.add(fd)

    async def drain(self) -> None:
        """Take what is still in the channel and the pipes; everybody who could write is gone."""
        more = True
        while more:
            pipes = [self._on_pipe(fd) for fd in self._pipes]
            more = self._on_events() or any(pipes)
            await asyncio.sleep(0)  # the game's turn
        for stream, cleaner in self._cleaners.items():
            self._show(cleaner.close(), stream)
        for stream, decoder in self._pipes.values():
            self._show(decoder.close(), stream)

    # --- reading

    def _on_events(self) -> bool:
        """Read for one portion; true when there may be more."""
        if self._events is None:
            return False
        until = time.perf_counter() + _PORTION
        loop = asyncio.get_running_loop()
        while True:
            try:
                found = self._receiver.read(self._events)
            except BlockingIOError:
                return False
            if found is None:
                loop.remove_reader(self._events)
                return False
            for payload in found:
                self._take(payload)
            if not found:  # a stray: nobody honest sends those
                self._number()
            if time.perf_counter() > until:
                return True

    def _on_pipe(self, fd: int) -> bool:
        if fd in self._closed:
            return False
        stream, decoder = self._pipes[fd]
        loop = asyncio.get_running_loop()
        try:
            data = os.read(fd, 1 << 16)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            loop.remove_reader(fd)
            return False
        self._show(decoder.feed(data), stream)
        if decoder.dropped:
            # nobody will read it: let the flood wait on a full pipe rather than burn the processor
            loop.remove_reader(fd)
            loop.call_later(0.01, self._listen_again, fd)
        return True

    def _listen_again(self, fd: int) -> None:
        if fd not in self._closed:
            asyncio.get_running_loop().add_reader(fd, self._on_pipe, fd)

    def _take(self, payload: bytes) -> None:
        if not self._number():
            return
        try:
            plain = wire.loads(payload)
            if "event" not in plain:
                self._hear(plain)
                return
            event = wire.event_from(plain)
        except wire.WireError:
            self._receiver.strays += 1
            return
        if isinstance(event, Output):
            self._print(event.text, event.stream)
        elif self.ledger.take(event):
            self._say(event)

    def _print(self, text: str, stream: str) -> None:
        room = self._room
        self._room -= len(text)
        if room > 0:
            self._show(self._cleaners[stream].feed(text[:room]), stream)

    def _number(self) -> bool:
        """Count one more event; false when there were too many."""
        self._count += 1
        if self._count == _MOST_EVENTS + 1:
            self._too_many()
        return self._count <= _MOST_EVENTS

    def _hear(self, plain: dict[str, Any]) -> None:
        if "done" in plain:
            self.ledger.say(plain)
        printed = plain.get("printed")
        for piece in printed if isinstance(printed, list) else ():
            match piece:
                case [str(text), "stdout" | "stderr" as stream]:
                    self._print(text, stream)
                case _:
                    self._receiver.strays += 1
        dropped = plain.get("dropped")
        if isinstance(dropped, int) and not isinstance(dropped, bool):
            self._told_dropped = max(self._told_dropped, dropped)

    def _show(self, text: str, stream: str) -> None:
        if text:
            self._say(Output(text, stream))
