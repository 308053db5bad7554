"""Programs that the program starts (`torchrun` and its ranks): each watches its own training too.

They share nothing with this process but their environment, so that is where they are told of a
socket, and ``site/sitecustomize.py`` has them connect once they import torch. Nothing but metrics
is taken from there: what a stranger writes to the socket is dropped.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import selectors
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from oz.crucible import wire
from oz.crucible.model import Event, Metric

_SITE = Path(__file__).with_name("site")
_KIND = getattr(socket, "SOCK_SEQPACKET", 0)
_MOST = 1 << 16
"""Bytes of one packet."""
_LONGEST = 100
"""Characters that the path of a socket may have."""
_WAIT = 0.3
"""Seconds to wait at the end for what the last of them still had to say."""


class Started:
    """Listens to the processes that the program starts. `emit` takes their metrics.

    Nothing is done before the first of them: no socket, no thread.
    """

    def __init__(self, emit: Callable[[Event], None], folder: Path) -> None:
        self._emit = emit
        self._path = folder / "watch"
        self._pid = os.getpid()
        self._thread: threading.Thread | None = None
        self._over = threading.Event()
        self._restore: Callable[[], None] = lambda: None

    def install(self) -> None:
        """Have every process started from now on told where to report."""
        if not _KIND or len(str(self._path)) > _LONGEST:
            return
        popen: Any = subprocess.Popen
        original = popen.__init__

        @functools.wraps(original)
        def start(process: Any, *args: Any, **kwargs: Any) -> None:
            if os.getpid() == self._pid and len(args) <= 10:  # the environment is the 11th
                with contextlib.suppress(OSError):
                    self._listen()
                    kwargs["env"] = self._told(kwargs.get("env"))
            original(process, *args, **kwargs)

        popen.__init__ = start

        def restore() -> None:
            if popen.__init__ is start:
                popen.__init__ = original

        self._restore = restore

    def finish(self) -> None:
        """Stop listening, once what was said has been heard."""
        self._restore()
        self._over.set()
        if self._thread is not None:
            self._thread.join(_WAIT * 2)

    def _told(self, env: Mapping[str, str] | None) -> dict[str, str]:
        known: dict[str, str] = dict(os.environ if env is None else env)
        path = [str(_SITE), *filter(None, [known.get("PYTHONPATH")])]
        return {**known, "PYTHONPATH": os.pathsep.join(path), "OZ_WATCH": str(self._path)}

    def _listen(self) -> None:
        if self._thread is not None:
            return
        door = socket.socket(socket.AF_UNIX, _KIND)
        door.bind(str(self._path))
        door.listen(64)
        door.setblocking(False)
        self._thread = threading.Thread(target=self._hear, args=(door,), daemon=True, name="oz-in")
        self._thread.start()

    def _hear(self, door: socket.socket) -> None:
        until = 0.0
        with door, selectors.DefaultSelector() as selector:
            selector.register(door, selectors.EVENT_READ)
            while not until or time.monotonic() < until:
                if self._over.is_set() and not until:
                    until = time.monotonic() + _WAIT
                for key, _ in selector.select(0.05):
                    with contextlib.suppress(OSError):
                        self._take(selector, door, key.fileobj)
                if until and len(selector.get_map()) == 1:
                    return

    def _take(self, selector: selectors.BaseSelector, door: socket.socket, ready: Any) -> None:
        if ready is door:
            line, _ = door.accept()
            line.setblocking(False)
            selector.register(line, selectors.EVENT_READ)
            return
        packet = ready.recv(_MOST)
        if not packet:
            selector.unregister(ready)
            ready.close()
            return
        with contextlib.suppress(ValueError):
            event = wire.event_from(wire.loads(packet))
            if isinstance(event, Metric):
                self._emit(event)


def join(path: str) -> None:
    """Watch the training of this process, and say what is seen to the socket at `path`.

    Whatever fails, the program goes on; a socket whose reader is busy misses a metric."""
    from oz.crucible.child.leaving import wait_at_exit
    from oz.crucible.child.telemetry import Recorder

    wait_at_exit()
    line = socket.socket(socket.AF_UNIX, _KIND)
    line.connect(path)
    line.setblocking(False)

    def emit(event: Event) -> None:
        packet = wire.dumps(wire.event_to(event))
        if len(packet) <= _MOST:
            with contextlib.suppress(OSError):
                line.send(packet)

    recorder = Recorder(emit)
    recorder.install()
    atexit.register(recorder.flush)
