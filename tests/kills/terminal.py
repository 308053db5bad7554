"""A game with screens, on a terminal of its own: keys go in, and what is seen can be waited for."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable

import pyte

from tests.kills.yard import PATIENCE, Yard

COLUMNS, ROWS = 100, 30
ENTER = "\r"
CODE, RUN, LEAVE = "\x1bOR", "\x1b[15~", "\x1b[21~"
"""F3, F5 and F10."""


def pasted(text: str) -> str:
    """`text` as a terminal hands over what was pasted."""
    return f"\x1b[200~{text}\x1b[201~"


class Terminal:
    """One game, at the other end of a terminal."""

    def __init__(self, yard: Yard, *args: str) -> None:
        self._ours, theirs = pty.openpty()
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, size)
        try:
            self.pid = yard.order([theirs, theirs, theirs], *args)
        finally:
            os.close(theirs)
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._ended = False

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self._screen.display)

    def press(self, keys: str) -> None:
        """Press these keys, one after the other."""
        data = keys.encode()
        with contextlib.suppress(OSError):  # it has ended
            while data:
                data = data[os.write(self._ours, data[:512]) :]
                self._read(0)

    def until(self, seen: Callable[[str], bool]) -> None:
        """Look until the screen is so. Raises `AssertionError` where it never is."""
        give_up = time.monotonic() + PATIENCE
        while not seen(self.text):
            assert self._read(0.5), f"it ended:\n{self.text}"
            assert time.monotonic() < give_up, f"it hangs:\n{self.text}"

    def linger(self, seconds: float) -> None:
        """Let it go on for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and self._read(left):
            pass

    def kill(self) -> None:
        """Kill it, and look at what it has still shown."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.close()

    def close(self) -> None:
        """Look until nobody shows anything any more."""
        give_up = time.monotonic() + PATIENCE
        while self._read(10):
            assert time.monotonic() < give_up, "somebody keeps the terminal"
        os.close(self._ours)

    def _read(self, seconds: float) -> bool:
        """Take what comes within `seconds`; false when there is no more to come."""
        if self._ended or not select.select([self._ours], [], [], seconds)[0]:
            return not self._ended
        try:
            data = os.read(self._ours, 1 << 16)
        except OSError:  # the other side is closed
            data = b""
        self._ended = not data
        self._stream.feed(data)
        return not self._ended
