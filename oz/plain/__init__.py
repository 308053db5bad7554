"""The whole game line by line: for pipes, dumb terminals, screen readers and transcripts.

No cursor is moved and nothing is drawn over. Talks only to `oz.session`; knows neither Textual nor
the code that runs.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from oz.plain.game import Game
from oz.plain.keyboard import Keyboard
from oz.plain.page import Page
from oz.session import Session

__all__ = ["play"]


def play(folder: Path, *, lessons: Path | None = None) -> int:
    """Play the journey in `folder` until the player leaves or the input ends; the exit code.

    Raises what `Session.open` raises. A reader that goes away ends the game quietly: everything was
    saved before it was shown.
    """
    try:
        asyncio.run(_play(folder, lessons))
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered has no reader; without this Python would say so at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


async def _play(folder: Path, lessons: Path | None) -> None:
    keyboard = Keyboard()
    with keyboard.listening():
        async with await Session.open(folder, lessons=lessons) as session:
            await Game(session, Page(echo=not keyboard.terminal), keyboard).play()
