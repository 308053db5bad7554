"""One warm process of the crucible as the game holds it: start, wait, hand an order over, end.

Bound to no event loop between calls, so that one crucible may serve several (tests do). Knows
nothing of verdicts: it passes on what the supervisor says.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from oz.crucible.channel import NONCE, Receiver, close_quietly, pair
from oz.tongue import _

_START = (
    "import sys; sys.path[:] = [p for p in sys.path if p]; sys.path.insert(0, {root!r}); "
    "from oz.crucible.child.boot import main; main()"
)
_ENVIRONMENT = {
    # asks NVML instead of initialising CUDA, which no forked child could then use
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
    # BLAS threads in the warm process would make every fork slower and less safe
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONWARNINGS": "",
    "PYTHONDONTWRITEBYTECODE": "1",
    # what torch says about itself is not the player's business
    "TORCH_CPP_LOG_LEVEL": "ERROR",
    "KINETO_LOG_LEVEL": "99",
}


class HostGone(RuntimeError):
    """The warm process has ended, or could not start."""


class Host:
    """A keeper process and what it keeps. `kind`: ``zygote``, ``spare``, or ``herd`` for a zygote
    that is made cheap to fork before it says that it is ready.

    `folder` is removed by the keeper should the game die without closing it; `caches` lasts.
    """

    def __init__(self, kind: str, folder: Path, caches: Path) -> None:
        self._kind = kind
        self._folder = folder
        self._caches = caches if os.access(caches, os.W_OK) else folder
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._lifeline: int | None = None
        self._receiver = Receiver(bytes(NONCE))
        self._said: list[dict[str, Any]] = []
        self.layers: dict[str, str] = {}
        """For each layer of isolation: empty when it is in force, else why not."""
        self.warm = False
        self._errors: Any = None

    @property
    def pid(self) -> int | None:
        """The keeper's process number."""
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def begin(self) -> None:
        """Start the process; returns at once."""
        import tempfile

        ours, theirs = pair()
        heard, lifeline = os.pipe()
        root = str(Path(__file__).resolve().parents[2])
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as the process
        try:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    _START.format(root=root),
                    self._kind,
                    str(theirs.fileno()),
                    str(heard),
                    str(self._folder),
                ],
                stdin=subprocess.DEVNULL,
                stdout=self._errors,
                stderr=self._errors,
                pass_fds=(theirs.fileno(), heard),
                env={
                    **os.environ,
                    **_ENVIRONMENT,
                    # the import of torch._dynamo makes this folder, else among temporary files
                    "TORCHINDUCTOR_CACHE_DIR": str(self._caches / "inductor"),
                },
                cwd="/",
            )
        except OSError:
            close_quietly(ours, lifeline)
            raise
        finally:
            close_quietly(theirs, heard)
        ours.setblocking(False)
        self._control, self._lifeline = ours, lifeline

    async def ready(self) -> None:
        """Wait until it is warm. Raises `HostGone` with what it said when it ended instead."""
        if self.warm:
            return
        word = await self.hear()
        if word is None or "ready" not in word:
            said = self.last_words().strip() or _("it did not say why")
            raise HostGone(
                _("the crucible's process could not start: {last_words}").format(last_words=said)
            )
        self.layers = dict(word.get("layers", {}))
        self.warm = True

    async def hear(self) -> dict[str, Any] | None:
        """The supervisor's next word; `None` when the process is gone."""
        while not self._said:
            if self._control is None:
                return None
            try:
                found = self._receiver.read(self._control)
            except BlockingIOError:
                await _readable(self._control)
                continue
            if found is None:
                return None
            for payload in found:
                with contextlib.suppress(ValueError):
                    self._said.append(json.loads(payload))
        return self._said.pop(0)

    def hand_over(self, order: Path, fds: list[int]) -> None:
        """Have the order in file `order` run. Raises `HostGone`."""
        self._send({"order": str(order)}, fds)

    def stop(self, cause: str = "stop") -> None:
        """Have the run under way ended."""
        with contextlib.suppress(HostGone):
            self._send({"stop": cause}, [])

    def _send(self, word: dict[str, Any], fds: list[int]) -> None:
        if self._control is None:
            raise HostGone(_("it was closed"))
        try:
            socket.send_fds(self._control, [json.dumps(word).encode() + b"\n"], fds)
        except OSError as error:
            raise HostGone(str(error)) from error

    def hang_up(self) -> None:
        """End the process and all it keeps; returns at once."""
        if self._lifeline is not None:
            with contextlib.suppress(OSError):
                os.write(self._lifeline, b"q")  # an orderly end: the folder is ours to remove
        close_quietly(self._control, self._lifeline)
        self._control = self._lifeline = None
        if self._errors is not None:
            self._errors.close()
            self._errors = None
        self.warm = False

    async def gone(self, seconds: float = 3.0) -> None:
        """Wait until it has ended; kill it if it does not."""
        process = self._process
        if process is None:
            return
        try:
            await asyncio.to_thread(process.wait, seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            await asyncio.to_thread(process.wait)
        self._process = None

    def last_words(self) -> str:
        """The end of what the process wrote to its own standard error."""
        if self._errors is None:
            return ""
        try:
            size = os.fstat(self._errors.fileno()).st_size
            return os.pread(self._errors.fileno(), 2000, max(0, size - 2000)).decode(
                "utf-8", "replace"
            )
        except OSError:
            return ""


async def _readable(sock: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    ready = loop.create_future()

    def arrived() -> None:
        if not ready.done():
            ready.set_result(None)

    loop.add_reader(sock, arrived)
    try:
        await ready
    finally:
        loop.remove_reader(sock)
