"""Printed bytes as text that is safe to show: whole characters, no control codes, no progress bars.

Knows no process and no screen.
"""

from __future__ import annotations

import codecs
import re

_ESCAPES = re.compile(
    r"\x9b[0-?]*[ -/]*[@-~]"  # CSI in one character
    r"|\x1b(?:\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|\][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC: titles, links
    r"|[PX^_][^\x1b]*\x1b\\"  # device strings
    r"|[ -/]*[0-~])"
)
_UNFINISHED = re.compile(
    r"\x9b[0-?]*[ -/]*\Z|\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*|[PX^_][^\x1b]*\x1b?|[ -/]*)?\Z"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_HELD = 4096
"""Characters of an unfinished escape or line that are held back at most."""


class Cleaner:
    """Text of one stream, cleaned piece by piece.

    Escape sequences and control characters are removed, also when cut in two. A carriage return
    starts the line again, as on a terminal: of a progress bar only its last state is kept.
    """

    def __init__(self) -> None:
        self._pending = ""
        self._line = ""
        self._redrawing = False

    def feed(self, text: str) -> str:
        """What can be shown after `text` came."""
        if text.isprintable() and not self._pending and not self._redrawing:
            return text
        text = self._pending + text
        self._pending = ""
        cut = _UNFINISHED.search(text)
        if cut and len(text) - cut.start() < _HELD:
            text, self._pending = text[: cut.start()], text[cut.start() :]
        if text.endswith("\r"):  # it may be half of a line's end
            text, self._pending = text[:-1], "\r" + self._pending
        text = _ESCAPES.sub("", text)
        text = text.replace("\r\n", "\n")
        text = _CONTROL.sub("", text)
        text = _SURROGATES.sub("\ufffd", text)
        return self._redraw(text)

    def close(self) -> str:
        """What was held back."""
        line, self._line, self._redrawing = self._line, "", False
        self._pending = ""
        return line

    def _redraw(self, text: str) -> str:
        if "\r" not in text and not self._redrawing:
            return text
        shown: list[str] = []
        for piece in re.split(r"([\r\n])", text):
            if piece == "\r":
                self._redrawing = True
                self._line = ""
            elif piece == "\n":
                shown.append(self._line + "\n")
                self._line, self._redrawing = "", False
            elif self._redrawing:
                self._line = (self._line + piece)[:_HELD]
            else:
                shown.append(piece)
        return "".join(shown)


class Decoder:
    """Bytes of a pipe as cleaned text, up to `limit` bytes; the rest is counted in `dropped`."""

    def __init__(self, limit: int) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace")
        self._cleaner = Cleaner()
        self._room = limit
        self.dropped = 0

    def feed(self, data: bytes) -> str:
        if len(data) > self._room:
            self.dropped += len(data) - self._room
            data = data[: self._room]
        self._room -= len(data)
        return self._cleaner.feed(self._decode.decode(data)) if data else ""

    def close(self) -> str:
        return self._cleaner.feed(self._decode.decode(b"", final=True)) + self._cleaner.close()
