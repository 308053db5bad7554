"""How Textual talks to the visitor's socket: its own web driver, made to end when the server does.

Runs in the game's process; what it reads and writes are the pipes of `oz.serve.visit`.
"""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from textual.app import App
from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp


class VisitorDriver(WebDriver):
    """The web driver, for a game that must not outlive the one who reads it."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._write = partial(self._write_all)

    def _write_all(self, data: bytes) -> int:
        """Write `data` whole; into nothing, when nobody reads any more."""
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(self.fileno, left) :]
        except BrokenPipeError:
            pass  # the end of input, which comes with it, ends the game in good order
        return len(data)

    def run_input_thread(self) -> None:
        """Read until the input ends. When the server went without a word, that ends the game."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(ExitApp())
