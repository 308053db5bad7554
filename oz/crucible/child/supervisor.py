"""Stands over the worker: hands it its job, holds it to its limits, ends it and all it started.

Runs in a small process of its own (spares) or in the zygote itself, where it is the first process
of a pid namespace if the kernel allows one; then one signal ends everything that a program left
behind. It runs no torch, starts no thread (it is forked from), and reads nothing that the player
wrote.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from oz.crucible.channel import NONCE, Sender, close_quietly
from oz.crucible.child import census
from oz.crucible.child.limits import DUMP_SIGNAL
from oz.crucible.child.order import Order, read_order

_TICK = 0.04
"""Seconds between looks at a run."""
_DUMP = 0.15
"""Seconds that the worker is given to say where it stands before it is killed."""
_LEAVE = 5.0
"""Seconds that killed processes are waited for."""


class Workers(Protocol):
    """Where workers come from."""

    def prepare(self) -> None:
        """Have a worker at hand, if that can be done ahead."""
        ...

    def spawn(self, order: Order) -> int:
        """A worker at work on `order`: its process number. Raises `OSError`."""
        ...

    def forget(self) -> None:
        """Every process below this one is gone."""
        ...


@dataclass
class _Watch:
    """What is known about the run under way."""

    order: Order
    pid: int
    started: float
    dump: int
    cause: str | None = None
    status: int | None = None
    peak: int = 0


class Supervisor:
    """Serves jobs that arrive on `control` with `workers`, until the game hangs up.

    `alone` says that this is the first process of its pid namespace.
    """

    def __init__(
        self, control: socket.socket, workers: Workers, *, alone: bool, once: bool
    ) -> None:
        self._control = control
        self._workers = workers
        self._alone = alone
        self._once = once
        self._tell = Sender(control, bytes(NONCE))
        self._ground = 0
        self._began = time.time()
        self._heard = b""

    def tell(self, **words: Any) -> None:
        """Say something to the game."""
        self._tell.send(json.dumps(words).encode())

    def serve(self) -> None:
        """Take jobs until the game hangs up (or, for a spare, until one is done)."""
        self._ground = census.ground()
        while True:
            self._workers.prepare()
            message = self._hear()
            if message is None:
                return
            words, fds = message
            if "order" not in words:
                close_quietly(*fds)
                continue
            self._one(words, fds)
            if self._once:
                return

    def _hear(self) -> tuple[dict[str, Any], list[int]] | None:
        """The next message of the game, with its descriptors; `None` when it has hung up."""
        fds: list[int] = []
        while b"\n" not in self._heard:
            try:
                data, more, _, _ = socket.recv_fds(self._control, 4096, 8)
            except OSError:
                return None
            fds += more
            if not data:
                close_quietly(*fds)
                return None
            self._heard += data
        line, _, self._heard = self._heard.partition(b"\n")
        return json.loads(line), fds

    def _one(self, words: dict[str, Any], fds: list[int]) -> None:
        started = time.monotonic()
        dump = _dump_file()
        try:
            order = read_order(Path(words["order"]), fds, dump)
        except (OSError, ValueError, KeyError) as error:
            close_quietly(*fds, dump)
            self.tell(ended=True, status=None, cause="order", dump=str(error)[:500])
            return
        try:
            pid = self._workers.spawn(order)
        except OSError as error:
            close_quietly(*fds, dump)
            self.tell(ended=True, status=None, cause="order", dump=str(error)[:500])
            return
        close_quietly(*fds)
        watch = _Watch(order, pid, started, dump)
        self.tell(started=pid)
        self._stand_over(watch)
        seconds = time.monotonic() - started
        self._end_all(watch)
        text = _read_dump(dump)
        close_quietly(dump)
        self.tell(
            ended=True,
            status=watch.status,
            cause=watch.cause,
            dump=text,
            peak=watch.peak,
            seconds=seconds,
        )

    def _stand_over(self, watch: _Watch) -> None:
        limits = watch.order.job.limits
        deadline = watch.started + limits.seconds
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        handle = _pid_handle(watch.pid)
        if handle is not None:
            poll.register(handle, select.POLLIN)
        tick = _TICK if handle is not None else 0.01
        look = census.Look(limits, self._ground, watch.order.scratch.parent)
        try:
            while watch.status is None and watch.cause is None:
                left = deadline - time.monotonic()
                ready = poll.poll(max(0.0, min(tick, left)) * 1000)
                if self._heard or any(fd == self._control.fileno() for fd, _ in ready):
                    self._answer(watch)
                self._reap(watch)
                if watch.status is not None or watch.cause is not None:
                    break
                if time.monotonic() >= deadline:
                    watch.cause = "time"
                else:
                    watch.cause = look.over()
                watch.peak = look.peak
        finally:
            close_quietly(handle)
        if watch.cause is not None and watch.status is None:
            self._ask_where(watch)

    def _answer(self, watch: _Watch) -> None:
        message = self._hear()
        if message is None:
            self._end_all(watch)
            os._exit(0)
        words, fds = message
        close_quietly(*fds)
        if "stop" in words:
            watch.cause = str(words["stop"])

    def _ask_where(self, watch: _Watch) -> None:
        """Have the worker write down where it stands; it may be past hearing."""
        with contextlib.suppress(OSError):
            if watch.cause == "processes" and self._alone:
                os.kill(-1, signal.SIGSTOP)  # a fork bomb goes on growing while it is asked
                os.kill(watch.pid, signal.SIGCONT)
            os.kill(watch.pid, DUMP_SIGNAL)
        until = time.monotonic() + _DUMP
        size = 0
        while time.monotonic() < until:
            now = os.fstat(watch.dump).st_size
            if now and now == size:
                return
            size = now
            time.sleep(0.005)

    def _reap(self, watch: _Watch) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid == watch.pid:
                watch.status = status

    def _end_all(self, watch: _Watch) -> None:
        """Kill the worker and whatever it started, and wait until all of it is gone."""
        until = time.monotonic() + _LEAVE
        shared = census.segments((watch.pid, *census.descendants(census.self_id())))
        while time.monotonic() < until:
            if self._alone:
                with contextlib.suppress(OSError):
                    os.kill(-1, signal.SIGKILL)
            else:
                with contextlib.suppress(OSError):
                    os.killpg(watch.pid, signal.SIGKILL)
                for pid in (watch.pid, *census.descendants(os.getpid())):
                    with contextlib.suppress(OSError):
                        os.kill(pid, signal.SIGKILL)
            self._reap(watch)
            if not _children_left():
                break
            time.sleep(0.001)
        self._workers.forget()
        census.sweep(watch.pid)
        census.unlink(shared, self._began)


def _children_left() -> bool:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _pid_handle(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _dump_file() -> int:
    """A nameless file for the worker's last words."""
    try:
        return os.memfd_create("oz-dump", os.MFD_CLOEXEC)
    except (AttributeError, OSError):
        import tempfile

        fd, name = tempfile.mkstemp(prefix="oz-dump-")
        os.unlink(name)
        return fd


def _read_dump(fd: int) -> str:
    try:
        size = os.fstat(fd).st_size
        return os.pread(fd, min(size, 24_000), 0).decode("utf-8", "replace")
    except OSError:
        return ""
