"""What the player's program prints and reads, inside the child.

`Outlet` is the one way out: every event goes through it, so prints, metrics and checks leave in the
order in which they happened. ``sys.stdout`` and ``sys.stderr`` become ordinary text files over it.
A flood is gathered into larger pieces, and past the limit it is counted and not sent.

This module knows no torch and no verdict.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from oz.crucible import wire
from oz.crucible.channel import Sender
from oz.crucible.model import Event, Output
from oz.crucible.words import NO_INPUT

_PIECE = 16_000
"""Characters gathered at most into one event during a flood."""
_AT_ONCE = 4000
"""Pieces of text sent at once; only then it is gathered, since what is gathered when a program dies
is lost."""
_WAIT = 0.05
"""Seconds that gathered text waits at most."""
_REMEMBER = 1 << 20
"""Characters of the program's own output remembered for the trial."""


class Outlet:
    """Events of one child, leaving in order.

    `limit` is the number of bytes of text that may leave; what comes after is counted in `dropped`.
    """

    def __init__(self, sender: Sender, limit: int) -> None:
        self._sender = sender
        self._room = limit
        self._lock = threading.RLock()
        self._gathered: list[tuple[str, str]] = []
        self._size = 0
        self._sent = 0
        self._flusher: threading.Thread | None = None
        self._told = 0.0
        self._remembered: list[str] = []
        self._remember = _REMEMBER
        self.dropped = 0
        self.on_text: Callable[[str, str], None] | None = None
        """Sees every piece of text before it leaves; what it emits leaves first."""
        os.register_at_fork(after_in_child=self._after_fork)

    def _after_fork(self) -> None:
        # another thread of the parent may have held the lock; what it had gathered is the parent's
        self._lock = threading.RLock()
        self._sender.after_fork()
        self._gathered.clear()
        self._size = 0
        self._flusher = None

    @property
    def printed(self) -> str:
        """What was written to ``sys.stdout`` until now (the first MiB)."""
        with self._lock:
            return "".join(self._remembered)

    @property
    def broken(self) -> bool:
        """The program closed the channel: nothing leaves any more."""
        return self._sender.broken

    def emit(self, event: Event) -> None:
        """Send `event`, after everything that was printed before it."""
        with self._lock:
            if isinstance(event, Output):
                self.text(event.text, event.stream)
                return
            self._flush()
            self._sender.send(wire.dumps(wire.event_to(event)))

    def tell(self, **words: Any) -> None:
        """Send what is not an event: a word between child and game."""
        with self._lock:
            self._flush()
            self._sender.send(wire.dumps({**words, "dropped": self.dropped}))

    def text(self, text: str, stream: str) -> None:
        """Printed text; sent now, or gathered when there is a flood of it."""
        with self._lock:
            if self._remember > 0 and stream == "stdout":
                self._remembered.append(text[: self._remember])
                self._remember -= len(text)
            if self.on_text is not None:
                self.on_text(text, stream)
            now = time.monotonic()
            if self._room <= 0:
                self._drop(len(text), now)
                return
            if len(text) > self._room:
                self._drop(len(text) - self._room, now)
                text = text[: self._room]
            self._room -= len(text)
            if self._sent < _AT_ONCE:
                self._flush()
                self._send_text(text, stream)
                return
            if self._gathered and self._gathered[-1][1] == stream:
                self._gathered[-1] = (self._gathered[-1][0] + text, stream)
            else:
                self._gathered.append((text, stream))
            self._size += len(text)
            if self._size > _PIECE:
                self._flush()
            elif self._flusher is None:
                self._flusher = threading.Thread(
                    target=self._flush_late, daemon=True, name="oz-out"
                )
                self._flusher.start()

    def flush(self) -> None:
        with self._lock:
            self._flush()

    def _drop(self, count: int, now: float) -> None:
        self.dropped += count
        if now - self._told > 0.1:
            self._told = now
            self._flush()
            self._sender.send(wire.dumps({"dropped": self.dropped}))

    def _flush(self) -> None:
        gathered, self._gathered, self._size = self._gathered, [], 0
        if len(gathered) > 1:
            self._sent += 1
            self._sender.send(wire.dumps({"printed": gathered}))
            return
        for text, stream in gathered:
            self._send_text(text, stream)

    def _send_text(self, text: str, stream: str) -> None:
        self._sent += 1
        self._sender.send(wire.dumps({"event": "Output", "text": text, "stream": stream}))

    def _flush_late(self) -> None:
        time.sleep(_WAIT)
        with self._lock:
            self._flusher = None
            self._flush()


class _Raw(io.RawIOBase):
    """The bottom of ``sys.stdout``: bytes in, text out through the outlet."""

    def __init__(self, outlet: Outlet, stream: str, fd: int) -> None:
        super().__init__()
        self._outlet = outlet
        self._stream = stream
        self._fd = fd
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.name = f"<{stream}>"
        self.mode = "wb"

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        """The real descriptor: a pipe beside the outlet, for subprocesses and C code."""
        return self._fd

    def isatty(self) -> bool:
        return False

    def write(self, data: Any) -> int:
        text = self._decoder.decode(bytes(data))
        if text:
            self._outlet.text(text, self._stream)
        return len(data)


class NoInput(io.TextIOBase):
    """Standard input of a spell: whoever reads it is told that nobody will answer."""

    encoding = "utf-8"
    errors = "strict"

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def isatty(self) -> bool:
        return False

    def read(self, size: int | None = -1, /) -> str:  # noqa: ARG002
        raise EOFError(NO_INPUT)

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # noqa: ARG002
        raise EOFError(NO_INPUT)

    def __next__(self) -> str:  # type: ignore[override]
        raise EOFError(NO_INPUT)


def install(outlet: Outlet) -> None:
    """Make ``sys.stdout``, ``sys.stderr`` and ``sys.stdin`` those of a spell."""
    for stream, fd in (("stdout", 1), ("stderr", 2)):
        raw = _Raw(outlet, stream, fd)
        buffer: Any = io.BufferedWriter(raw, 8192)
        file = io.TextIOWrapper(buffer, "utf-8", "backslashreplace", line_buffering=True)
        setattr(sys, stream, file)
        setattr(sys, f"__{stream}__", file)
    sys.stdin = sys.__stdin__ = NoInput()  # type: ignore[misc,assignment]


def flush() -> None:
    """Flush whatever ``sys.stdout`` and ``sys.stderr`` are now; they may be closed or replaced."""
    for file in {
        id(f): f for f in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__)
    }.values():
        try:
            file.flush()  # type: ignore[union-attr]
        except Exception:  # noqa: BLE001, S112  a player's own object may raise anything
            continue
