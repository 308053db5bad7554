"""Processes that the program spawns: each of them watches its own training and says its rank.

A forked process has everything already. A spawned one starts from nothing, so that what watches it
travels with the process object: when that is unpickled over there, `join` begins to listen. The
events' channel goes along as a descriptor; it takes whole packets from several writers.
"""

from __future__ import annotations

import contextlib
import socket
from typing import Any

from oz.crucible import wire
from oz.crucible.channel import SEQPACKET, Sender


class _Ticket:
    """Unpickled in the spawned process, it becomes the watching of it."""

    def __init__(self, fd: int, nonce: bytes) -> None:
        self._fd = fd
        self._nonce = nonce

    def __reduce__(self) -> Any:
        from multiprocessing.reduction import DupFd

        return join, (DupFd(self._fd), self._nonce)


def invite(fd: int, nonce: bytes) -> None:
    """Have every process that is spawned from now on join."""
    if not SEQPACKET:
        return
    from multiprocessing import context

    original = context.SpawnProcess._Popen

    def popen(process: Any) -> Any:
        target = getattr(process, "_target", None)
        if getattr(target, "__module__", "").startswith("torch.utils.data"):
            return original(process)  # loads data, trains nothing
        process._watch = _Ticket(fd, nonce)
        try:
            return original(process)
        finally:
            process.__dict__.pop("_watch", None)

    process_class: Any = context.SpawnProcess
    process_class._Popen = staticmethod(popen)


def join(fd: Any, nonce: bytes) -> None:
    """Watch the training of this process. Whatever fails, the program goes on."""
    with contextlib.suppress(Exception):
        from multiprocessing import util

        from oz.crucible.child.leaving import wait_at_exit
        from oz.crucible.child.telemetry import Recorder

        wait_at_exit()
        sender = Sender(socket.socket(fileno=fd.detach()), nonce)
        recorder = Recorder(lambda event: sender.send(wire.dumps(wire.event_to(event))))
        recorder.install()
        util.Finalize(None, recorder.flush, exitpriority=10)
