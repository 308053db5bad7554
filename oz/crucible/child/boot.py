"""Where a process of the crucible begins; it is started by `oz.crucible.host`.

The first process (the keeper) is small and stays so. It goes into namespaces of its own, starts the
process that works, and waits for one of two things: that one's end, or the game's, which it hears
by the closing of a pipe. Either way it leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

from oz.crucible.channel import NONCE, Sender
from oz.crucible.child import census, isolate, pages
from oz.crucible.child.order import Order, read_order
from oz.crucible.child.supervisor import Supervisor

_SHM = 8 << 30
"""Bytes that a /dev/shm of our own may hold; the memory limit of a job is reached long before."""


def main() -> NoReturn:
    """Be the keeper. Arguments: what to keep, two descriptors, and the folder of its runs."""
    kind, control, lifeline = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with contextlib.suppress(OSError):
        os.setsid()
    isolate.adopt_orphans()
    layers = isolate.enter()
    pid = os.fork()
    if pid == 0:
        isolate.die_with_parent()
        os.close(lifeline)
        code = 1
        try:
            # below the folder of the runs, which is removed however the game ends
            tempfile.tempdir = sys.argv[4]
            _serve(kind, socket.socket(fileno=control), layers)
            code = 0
        finally:
            os._exit(code)
    os.close(control)
    _keep(pid, lifeline, Path(sys.argv[4]))


def _keep(pid: int, lifeline: int, folder: Path) -> NoReturn:
    orphaned = False
    began = time.time()
    poll = select.poll()
    poll.register(lifeline, select.POLLIN)
    pause: int | None = 1000
    with contextlib.suppress(AttributeError, OSError):
        poll.register(os.pidfd_open(pid), select.POLLIN)
        pause = None  # both ends are heard: no need to wake up and look
    while True:
        ready = poll.poll(pause)
        if any(fd == lifeline for fd, _ in ready):
            orphaned = os.read(lifeline, 1) == b""
            break
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            break
    shared = census.segments(census.descendants(census.self_id()))
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 2.0
    while time.monotonic() < until:
        for child in census.descendants(census.self_id()):
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            break
        time.sleep(0.002)
    census.unlink(shared, began)
    if orphaned:
        import shutil

        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _serve(kind: str, control: socket.socket, layers: dict[str, str]) -> None:
    isolate.adopt_orphans()
    layers = isolate.settle(layers, _SHM)
    census.private_shm(not layers["shm"])
    alone = not layers["pid"]
    tell = Sender(control, bytes(NONCE))
    if kind != "spare":
        _warm()
        _freeze()
        if kind == "herd":
            pages.gather(lambda: True)
        supervisor = Supervisor(control, _Forking(control), alone=alone, once=False)
    else:
        supervisor = Supervisor(control, _Warming(control), alone=alone, once=True)
    tell.send(json.dumps({"ready": os.getpid(), "layers": layers}).encode())
    if kind == "zygote":
        # after the word that it is ready: the first job, should it be here already, need not wait
        pages.gather(lambda: not select.select([control], [], [], 0)[0])
    supervisor.serve()


# --- warming up -----------------------------------------------------------------------------------


def _warm() -> None:
    """Import what spells need.

    No operation may run here: it would start threads, and a process that is forked from one with
    threads hangs in its first large matrix product.
    """
    import multiprocessing.pool  # noqa: F401

    import numpy as np  # noqa: F401
    import pytest  # noqa: F401

    # The first random number of torch and the first optimizer import more: one and a half seconds,
    # in every run. Let the zygote pay, once.
    import torch._dynamo
    import torch.utils.data  # noqa: F401

    for name in ("telemetry", "namespace"):
        with contextlib.suppress(ImportError):
            __import__(f"oz.crucible.child.{name}")
    # says at every compilation and every profile that there is no CUDA
    logging.getLogger("torch.utils.cpp_extension").setLevel(logging.ERROR)
    # say at every export that torchvision is missing, at a refusal that they know no line for it
    for name in ("torch.onnx", "torch.fx.experimental.symbolic_shapes"):
        logging.getLogger(name).setLevel(logging.ERROR)
    from oz.crucible.child import judge

    judge.warm()
    from oz.crucible.child import worker  # noqa: F401


def _freeze() -> None:
    """Keep the collector off everything that every child shares."""
    import gc

    gc.collect()
    gc.freeze()


class _Forking:
    """Workers that are forked from this warm process, one of them ahead of its job."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._ahead: tuple[int, socket.socket] | None = None

    def prepare(self) -> None:
        """Fork the next worker, unless it is there already. It rehearses while nobody waits."""
        if self._ahead is None:
            self._ahead = self._fork()

    def spawn(self, order: Order) -> int:
        """Hand `order` to the worker that was forked ahead, or to a new one if that has died."""
        for _ in range(2):
            self.prepare()
            assert self._ahead is not None
            pid, line = self._ahead
            self._ahead = None
            if _hand_over(order, line):
                return pid
        raise OSError("no worker takes the order")

    def forget(self) -> None:
        """The worker ahead may have been ended with everything else."""
        if self._ahead is not None:
            self._ahead[1].close()
            self._ahead = None

    def _fork(self) -> tuple[int, socket.socket]:
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid:
            theirs.close()
            return pid, ours
        try:
            self._control.close()
            ours.close()
            isolate.die_with_parent()
            from oz.crucible.child.worker import rehearse, work

            select.select([theirs], [], [], 0.05)  # the last verdict is being shown: after it
            rehearse(lambda: not select.select([theirs], [], [], 0)[0])
            work(_receive(theirs))
        finally:
            os._exit(70)


class _Warming:
    """One worker that warms up by itself and then waits for one order."""

    def __init__(self, control: socket.socket) -> None:
        ours, theirs = socket.socketpair()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                control.close()
                ours.close()
                isolate.die_with_parent()
                _warm()
                _freeze()
                from oz.crucible.child.worker import rehearse, work

                rehearse(lambda: True)
                theirs.send(b"r")
                work(_receive(theirs))
            finally:
                os._exit(70)
        theirs.close()
        self._line = ours
        ours.recv(1)

    def prepare(self) -> None:
        """It was, at the start."""

    def forget(self) -> None:
        """There is nothing ahead."""

    def spawn(self, order: Order) -> int:
        """Hand `order` to the worker."""
        if not _hand_over(order, self._line):
            raise OSError("the spare is gone")
        return self._pid


def _hand_over(order: Order, line: socket.socket) -> bool:
    fds = [order.events, order.out, order.err, order.dump]
    try:
        socket.send_fds(line, [os.fsencode(order.path)], fds)
    except OSError:
        return False
    finally:
        line.close()
    return True


def _receive(line: socket.socket) -> Order:
    path, fds, _, _ = socket.recv_fds(line, 4096, 8)
    line.close()
    if len(fds) != 4:
        os._exit(0)
    return read_order(Path(os.fsdecode(path)), list(fds[:3]), fds[3])
