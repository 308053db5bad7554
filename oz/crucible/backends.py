"""The two ways to have a warm process for every job, behind one interface.

`ZygoteCrucible` keeps one process and has it forked; `SparesCrucible` keeps a few that serve one
job each. Which one is a matter of the platform, and of ``OZ_CRUCIBLE``.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
import weakref
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

from oz.caches import cache_folder
from oz.crucible import leftovers
from oz.crucible.api import Crucible
from oz.crucible.host import Host, HostGone
from oz.crucible.model import Job
from oz.crucible.running import JobRun
from oz.tongue import _

_PATIENCE = 3.0
"""Seconds that closing waits for a run to end; then its processes are ended under it."""
SPARES = 2
"""Warm processes kept by `SparesCrucible`."""


def choose(backend: str | None = None, *, many: bool = False) -> Crucible:
    """See `oz.crucible.api.open_crucible`."""
    name = backend or os.environ.get("OZ_CRUCIBLE") or default_backend()
    if name == "zygote":
        return ZygoteCrucible(many=many)
    if name == "spares":
        return SparesCrucible()
    raise ValueError(f"OZ_CRUCIBLE is zygote or spares, not {name!r}")


def default_backend() -> str:
    """Forking a process that has imported torch is safe on Linux only."""
    return "zygote" if sys.platform.startswith("linux") else "spares"


class _Warm:
    """What both backends share: one job at a time, folders, start and end."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._held: int | None = None
        """Locks the folder for as long as this process lives."""
        self._numbers = count(1)
        self._lock = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._caches = cache_folder()
        self._hosts: list[Host] = []
        self._leaving: list[Host] = []
        self._closed = False
        self._runs: weakref.WeakSet[JobRun] = weakref.WeakSet()

    # --- the interface

    async def start(self) -> None:
        """See `Crucible`."""
        if self._closed:
            raise RuntimeError(_("this crucible was closed"))
        self._fill()

    async def ready(self) -> None:
        """See `Crucible`. Raises `HostGone` when it cannot start."""
        self._fill()
        await self._hosts[0].ready()

    def run(self, job: Job) -> JobRun:
        """See `Crucible`."""
        self.work_folder()  # says where the caches are
        run = JobRun(self, job, self._caches)
        self._runs.add(run)
        return run

    async def close(self) -> None:
        """See `Crucible`."""
        self._closed = True
        for run in [run for run in self._runs if run.under_way]:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(run.stop(), _PATIENCE)
        hosts, self._hosts = [*self._hosts, *self._leaving], []
        self._leaving = []
        for host in hosts:
            host.hang_up()
        await asyncio.gather(*(host.gone() for host in hosts))
        if self._folder is not None:
            folder, self._folder = self._folder, None
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
            if self._held is not None:
                os.close(self._held)

    @property
    def layers(self) -> dict[str, str]:
        """For each layer of isolation: empty when in force, else why not. Known when ready."""
        return self._hosts[0].layers if self._hosts else {}

    @property
    def pids(self) -> tuple[int, ...]:
        """The keepers' process numbers."""
        return tuple(host.pid for host in self._hosts if host.pid is not None)

    # --- for runs

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Held while a run is under way."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:  # a lock belongs to the loop that first waited for it
            self._loop, self._lock = loop, asyncio.Lock()
        async with self._lock:
            yield

    def folder(self) -> Path:
        """A new folder for one run."""
        folder = self.work_folder() / str(next(self._numbers))
        folder.mkdir()
        return folder

    async def take(self) -> Host:
        """A warm host, for one run. One that has died meanwhile is replaced, once."""
        for attempt in (1, 2):
            self._fill()
            host = self._hosts.pop(0)
            try:
                await host.ready()
            except HostGone:
                self._retire(host)
                if attempt == 2:
                    raise
            except BaseException:  # stopped while it was warming up: it is as good as before
                self._hosts.insert(0, host)
                raise
            else:
                if host.alive:
                    self._taken()
                    return host
                self._retire(host)
        raise HostGone(_("it ended as soon as it was started"))

    def give_back(self, host: Host, sound: bool) -> None:
        """End of a run; see the two backends."""
        raise NotImplementedError

    # --- within

    def work_folder(self) -> Path:
        """Where the folders of its runs are."""
        if self._folder is None:
            self._folder, self._held = leftovers.make()
            with contextlib.suppress(OSError):
                self._caches.mkdir(parents=True, exist_ok=True)
            if not (self._caches.is_dir() and os.access(self._caches, os.W_OK | os.X_OK)):
                # what is slow to make again is made again, and gone with the crucible
                self._caches = self._folder / "caches"
                self._caches.mkdir()
        return self._folder

    def _begin(self, kind: str) -> None:
        host = Host(kind, self.work_folder(), self._caches)
        host.begin()
        self._hosts.append(host)

    def _retire(self, host: Host) -> None:
        host.hang_up()
        self._leaving = [old for old in self._leaving if old.alive]
        self._leaving.append(host)

    def _fill(self) -> None:
        raise NotImplementedError

    def _taken(self) -> None:
        """Called when a host was taken."""


class ZygoteCrucible(_Warm):
    """One warm process that is forked for every job."""

    def __init__(self, *, many: bool = False) -> None:
        super().__init__()
        self._kind = "herd" if many else "zygote"

    def _fill(self) -> None:
        if self._hosts and not self._hosts[0].alive:
            self._retire(self._hosts.pop(0))
        if not self._hosts:
            self._begin(self._kind)

    def give_back(self, host: Host, sound: bool) -> None:
        if sound and host.alive and not self._closed:
            self._hosts.insert(0, host)
            return
        self._retire(host)
        if not self._closed:
            self._fill()


class SparesCrucible(_Warm):
    """Warm processes that serve one job each; a new one warms up for every one that is used."""

    def _fill(self) -> None:
        for host in [host for host in self._hosts if not host.alive]:
            self._hosts.remove(host)
            self._retire(host)
        while len(self._hosts) < SPARES:
            self._begin("spare")

    def give_back(self, host: Host, sound: bool) -> None:  # noqa: ARG002  a spare serves once
        self._retire(host)
        if not self._closed:
            self._fill()
