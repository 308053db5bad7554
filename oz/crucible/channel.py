"""How messages cross between two processes: whole, tagged with a secret of the run, in order.

A packet is the run's nonce, one byte saying what it is, and a payload. Packets with another nonce
(the player's program wrote to a descriptor it found) are counted and dropped. Where the system has
them the sockets are SEQPACKET, so several writers cannot tear each other's packets; elsewhere a
stream with lengths serves. Payloads that are too long for one packet travel in parts.

This module knows no event and no verdict.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from typing import IO

NONCE = 16
"""Bytes of a nonce."""
PART = 48_000
"""Bytes of payload in one packet: small enough for every system's default buffer."""
LONGEST = 16 << 20
"""Bytes of one whole payload; longer ones are dropped by the receiver."""

_WHOLE, _PART, _LAST = b"W", b"P", b"L"
SEQPACKET = sys.platform.startswith("linux") and os.environ.get("OZ_CHANNEL") != "stream"
"""Whether packets keep their bounds; ``OZ_CHANNEL=stream`` tries out what other systems do."""


def pair() -> tuple[socket.socket, socket.socket]:
    """Two connected sockets; neither is inherited by a program that is started."""
    kind = socket.SOCK_SEQPACKET if SEQPACKET else socket.SOCK_STREAM
    return socket.socketpair(socket.AF_UNIX, kind)


def new_nonce() -> bytes:
    return os.urandom(NONCE)


class Sender:
    """The writing end. Safe among threads; a forked copy may go on writing.

    Errors of the socket (closed by the program, the reader gone) are swallowed and remembered in
    `broken`: a program that loses its channel runs on, and its verdict never arrives.
    """

    def __init__(self, sock: socket.socket, nonce: bytes) -> None:
        self._sock = sock
        self._nonce = nonce
        self._lock = threading.Lock()
        self._count = 0
        self.broken = False

        # a stream takes a long packet in pieces, and forked copies write to the same one
        self._turn = None if SEQPACKET else tempfile.TemporaryFile()  # noqa: SIM115

    def after_fork(self) -> None:
        """Call in a forked child: its parent's other threads may have held the lock."""
        self._lock = threading.Lock()

    def send(self, payload: bytes) -> None:
        with self._lock, _alone(self._turn):
            if len(payload) <= PART:
                self._packet(_WHOLE, payload)
                return
            self._count += 1
            tag = os.getpid().to_bytes(4, "big") + (self._count & 0xFFFFFFFF).to_bytes(4, "big")
            for at in range(0, len(payload), PART):
                last = at + PART >= len(payload)
                self._packet(_LAST if last else _PART, tag + payload[at : at + PART])

    def _packet(self, kind: bytes, payload: bytes) -> None:
        packet = self._nonce + kind + payload
        if not SEQPACKET:
            packet = len(packet).to_bytes(4, "big") + packet
        view = memoryview(packet)
        while view:
            try:
                sent = self._sock.send(view)
            except BlockingIOError:
                select.select([], [self._sock], [], 1.0)
            except (OSError, ValueError):
                self.broken = True
                return
            else:
                view = view[sent:]


@contextlib.contextmanager
def _alone(turn: IO[bytes] | None) -> Iterator[None]:
    """Held by one process at a time; by nobody when the program has closed `turn`."""
    if turn is None:
        yield
        return
    with contextlib.suppress(OSError, ValueError):
        fcntl.lockf(turn, fcntl.LOCK_EX)
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError):
            fcntl.lockf(turn, fcntl.LOCK_UN)


class Receiver:
    """The reading end: takes what a socket gave, gives whole payloads."""

    def __init__(self, nonce: bytes) -> None:
        self._nonce = nonce
        self._parts: dict[bytes, bytearray] = {}
        self._stream = bytearray()
        self.strays = 0
        """Packets that did not carry the nonce, or were out of shape."""

    def read(self, sock: socket.socket) -> list[bytes] | None:
        """Payloads that one read of `sock` completes; `None` at its end.

        Raises `BlockingIOError` when there is nothing to read.
        """
        try:
            data = sock.recv(PART + 1024 if SEQPACKET else 1 << 16)
        except (ConnectionError, TimeoutError):
            return None
        if not data:
            return None
        if SEQPACKET:
            return self.take(data)
        self._stream += data
        found: list[bytes] = []
        while len(self._stream) >= 4:
            size = int.from_bytes(self._stream[:4], "big")
            if size > PART + 1024:
                self.strays += 1
                return None
            if len(self._stream) < 4 + size:
                break
            found += self.take(bytes(self._stream[4 : 4 + size]))
            del self._stream[: 4 + size]
        return found

    def take(self, packet: bytes) -> list[bytes]:
        """The payload that `packet` completes, if any."""
        if len(packet) < NONCE + 1 or packet[:NONCE] != self._nonce:
            self.strays += 1
            return []
        kind, rest = packet[NONCE : NONCE + 1], packet[NONCE + 1 :]
        if kind == _WHOLE:
            return [rest]
        if kind not in (_PART, _LAST) or len(rest) < 8:
            self.strays += 1
            return []
        tag, chunk = rest[:8], rest[8:]
        whole = self._parts.setdefault(tag, bytearray())
        whole += chunk
        if len(whole) > LONGEST or len(self._parts) > 64:
            self._parts.clear()
            self.strays += 1
            return []
        if kind == _PART:
            return []
        del self._parts[tag]
        return [bytes(whole)]


def close_quietly(*things: socket.socket | int | None) -> None:
    """Close sockets and descriptors that may be closed already."""
    for thing in things:
        with contextlib.suppress(OSError):
            if isinstance(thing, int):
                os.close(thing)
            elif thing is not None:
                thing.close()
