"""Asks the process that knows what code could become; one question at a time, the newest one.

Where the process cannot be started, or dies, nothing is suggested and nothing else changes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass

COMMAND = (sys.executable, "-m", "oz.tui.completion.process")
_LINE = 1 << 20
"""Bytes of an answer at most."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the code at the cursor could become."""

    names: tuple[str, ...] = ()
    """Best first."""
    rest: str = ""
    """What is missing of the first."""
    signature: str = ""
    """Of the call that the cursor is in."""
    argument: str = ""
    """The parameter that is being given."""


class Completer:
    """The process and its pipe; started at the first question."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = command
        self._process: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()
        self._newest = 0
        self._dead = False

    async def ask(self, source: str, line: int, column: int) -> Suggestion | None:
        """What `source` could become at a line (from 1) and column (from 0). `None`: something
        newer was asked meanwhile, or nobody can say."""
        self._newest += 1
        number = self._newest
        async with self._lock:
            if number != self._newest or self._dead:
                return None
            try:
                told = await self._exchange({"source": source, "line": line, "column": column})
            except (OSError, ValueError, asyncio.IncompleteReadError):
                self._dead = True
                return None
        if number != self._newest or "error" in told:
            return None
        return Suggestion(tuple(told["names"]), told["rest"], told["signature"], told["argument"])

    async def _exchange(self, question: dict[str, object]) -> dict[str, str]:
        process = self._process
        if process is None:
            process = self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
                limit=_LINE,
            )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(question).encode() + b"\n")
        await process.stdin.drain()
        answer = await process.stdout.readline()
        if not answer:
            raise ConnectionError("the process has ended")
        told: dict[str, str] = json.loads(answer)
        return told

    async def close(self) -> None:
        """End the process."""
        process, self._process, self._dead = self._process, None, True
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
