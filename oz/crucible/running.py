"""One job under way, seen from the game: reads what the child says, keeps the order, ends it.

Reading is done in small portions on the event loop, so that no flood makes the game wait. What may
be believed is decided in `oz.crucible.verdict`; how it is said, in `oz.crucible.words`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import stat
import time
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from oz.crucible import wire
from oz.crucible.hearing import Mouth
from oz.crucible.host import Host, HostGone
from oz.crucible.model import Dropped, Event, Finished, Job, Mode, Reason, Started
from oz.crucible.verdict import Ended
from oz.tongue import _

_GRACE = 10.0
"""Seconds beyond the time limit after which a supervisor that does not answer is given up."""


class Lender(Protocol):
    """What a run needs of its crucible."""

    async def take(self) -> Host:
        """A warm host, for this run alone. Raises `HostGone`."""
        ...

    def give_back(self, host: Host, sound: bool) -> None:
        """Return it; `sound` is false when it must not be used again."""
        ...

    def folder(self) -> Path:
        """A new folder for one run."""
        ...

    def turn(self) -> contextlib.AbstractAsyncContextManager[Any]:
        """Held while a run is under way."""
        ...


class JobRun:
    """See `oz.crucible.api.Run`."""

    def __init__(self, lender: Lender, job: Job, caches: Path) -> None:
        self._lender = lender
        self._job = job
        self._caches = caches
        self._queue: list[Event] = []
        self._news = asyncio.Event()
        self._begun = False
        self._stopping = False
        self._host: Host | None = None
        self._task: asyncio.Task[None] | None = None
        self._waiting = False
        """For its turn, or for a warm process: a stop need not wait with it."""
        self._over = asyncio.Event()
        self._asked = time.monotonic()

    # --- what front ends use

    async def __aiter__(self) -> AsyncIterator[Event]:
        async with contextlib.aclosing(self._batches()) as batches:
            async for batch in batches:
                for event in batch:
                    yield event

    def batches(self) -> AsyncIterator[list[Event]]:
        """All events that have arrived, a list at a time."""
        return self._batches()

    async def stop(self) -> None:
        """End the run; returns when it is over. One that never began ends when it is begun."""
        self._end()
        if self._begun:
            await self._over.wait()

    def _end(self) -> None:
        self._stopping = True
        if self._host is not None:
            self._host.stop()
        elif self._waiting and self._task is not None:
            self._task.cancel()

    @property
    def under_way(self) -> bool:
        """It was begun and has not come to its end."""
        return self._begun and not self._over.is_set()

    # --- the run itself

    async def _batches(self) -> AsyncGenerator[list[Event], None]:
        if self._begun:
            raise RuntimeError("a run can be iterated once")
        self._begun = True
        task = self._task = asyncio.create_task(self._perform())
        task.add_done_callback(lambda _: self._news.set())
        try:
            while True:
                await self._news.wait()
                self._news.clear()
                batch, self._queue = self._queue, []
                if batch:
                    yield batch
                if task.done() and not self._queue:
                    task.result()
                    return
        finally:
            if not task.done():
                self._end()
                await asyncio.wait([task])

    def _say(self, event: Event) -> None:
        self._queue.append(event)
        self._news.set()

    async def _perform(self) -> None:
        try:
            self._waiting = True
            async with self._lender.turn():
                self._waiting = False
                folder = self._lender.folder()
                try:
                    finished = await self._perform_in(folder)
                finally:
                    await asyncio.to_thread(_remove, folder)
                self._say(finished)
        except asyncio.CancelledError:
            if not (self._stopping and self._waiting):
                raise
            self._say(Finished(Reason.STOPPED, _("Stopped.")))
        finally:
            self._over.set()

    async def _perform_in(self, folder: Path) -> Finished:
        """The run, in its folder: the whole of it in one process, or its two parts in two."""
        await asyncio.to_thread(self._lay_out, folder)
        if not (self._job.apart and self._job.mode is Mode.JUDGE):
            return (await self._part(folder, "whole"))[0]
        finished, handed = await self._part(folder, "program")
        if handed:
            ran = finished.seconds
            finished, _ = await self._part(folder, "trial")
            finished = replace(finished, seconds=ran + finished.seconds)
        return finished

    async def _part(self, folder: Path, part: str) -> tuple[Finished, bool]:
        """One process' share; and whether what it left is to be judged in another."""
        if self._stopping:
            return Finished(Reason.STOPPED, _("Stopped.")), False
        try:
            self._waiting = True
            host = await self._lender.take()
            self._waiting = False
        except HostGone as gone:
            return Finished(
                Reason.CRASH, _("The crucible could not be lit. {gone}").format(gone=gone)
            ), False
        sound = False
        self._host = host
        try:
            finished, handed, sound = await self._on(host, folder, part)
        except HostGone as gone:
            return Finished(
                Reason.CRASH, _("The crucible went out. {gone}").format(gone=gone)
            ), False
        finally:
            self._host = None
            self._lender.give_back(host, sound)
        return finished, handed

    async def _on(self, host: Host, folder: Path, part: str) -> tuple[Finished, bool, bool]:
        program = self._job.program or folder / "scratch" / "spell.py"
        mouth = Mouth(self._job, program, self._say, lambda: host.stop("events"), part)
        try:
            started = time.monotonic()
            order = self._write_order(folder, mouth.nonce, part)
            fds = mouth.open()
            try:
                host.hand_over(order, fds)
            finally:
                mouth.handed_over()
            if self._stopping:
                host.stop()
            ended = await self._until_ended(host, part)
            await mouth.drain()
        finally:
            mouth.close()
        finished = mouth.ledger.finish(ended, time.monotonic() - started)
        if mouth.dropped:
            self._say(Dropped(mouth.dropped))
        if finished.reason is Reason.PASSED and self._job.keep:
            kept, unkept = await asyncio.to_thread(_keep, self._job, folder / "scratch")
            finished = replace(finished, kept=kept, unkept=unkept)
        sound = ended.cause not in ("gone", "order")
        return finished, mouth.ledger.handed(ended), sound

    def _lay_out(self, folder: Path) -> None:
        job = self._job
        scratch = folder / "scratch"
        scratch.mkdir(parents=True)
        for file in job.files:
            if file.is_dir():
                shutil.copytree(file, scratch / file.name)
            else:
                shutil.copyfile(file, scratch / file.name)
        for name, text in job.texts.items():
            (scratch / name).write_text(text, encoding="utf-8")

    def _write_order(self, folder: Path, nonce: bytes, part: str) -> Path:
        job = self._job
        writable = [folder, self._caches]
        readable: list[Path] | None = None
        if job.mode is Mode.RUN:
            if job.cwd is not None:
                writable.append(job.cwd)
        else:
            places = [job.program, job.trial and job.trial.parent, job.cwd]
            readable = [place for place in places if place is not None]
        order = {
            "job": wire.to_plain(replace(job, texts={})),  # they lie there already
            "nonce": nonce.hex(),
            "part": part,
            "scratch": str(folder / "scratch"),
            "writable": [str(path) for path in writable],
            "readable": None if readable is None else [str(path) for path in readable],
            "caches": str(self._caches),
        }
        path = folder / "order.json"
        path.write_text(json.dumps(order), encoding="ascii")
        return path

    async def _until_ended(self, host: Host, part: str) -> Ended:
        until = self._job.limits.seconds + _GRACE
        try:
            async with asyncio.timeout(until):
                while True:
                    word = await host.hear()
                    if word is None:
                        return Ended(cause="gone")
                    if "started" in word:
                        if part == "trial":
                            continue
                        self._say(Started(int(word["started"])))
                    elif "ended" in word:
                        return Ended(
                            status=word.get("status"),
                            cause=word.get("cause"),
                            dump=str(word.get("dump") or ""),
                            peak=word.get("peak"),
                        )
        except TimeoutError:
            return Ended(cause="gone")


def _remove(folder: Path) -> None:
    """Remove a run's folder, also where the program took away the right to."""

    def pry(function: Any, path: str, _: Any) -> None:
        with contextlib.suppress(OSError):
            Path(path).parent.chmod(stat.S_IRWXU)
            Path(path).chmod(stat.S_IRWXU)
            function(path)

    shutil.rmtree(folder, onerror=pry)
    if folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def _keep(job: Job, scratch: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Copy what the job wants kept; also the names of what could not be. Only plain files inside
    the scratch folder, never what a link points to."""
    if job.keep_in is None:
        return (), ()
    kept: list[Path] = []
    unkept: list[str] = []
    for name in job.keep:
        source = scratch / name
        try:
            if not stat.S_ISREG(os.lstat(source).st_mode):
                continue
            if not source.resolve().is_relative_to(scratch.resolve()):
                continue
        except OSError:
            continue
        target = job.keep_in / Path(name).name
        partial = target.with_name(target.name + ".part")
        try:
            # no parents: a journey that has gone away is not made anew
            job.keep_in.mkdir(exist_ok=True)
            shutil.copyfile(source, partial, follow_symlinks=False)
            partial.replace(target)
        except OSError:
            with contextlib.suppress(OSError):
                partial.unlink()
            unkept.append(target.name)
        else:
            kept.append(target)
    return tuple(kept), tuple(unkept)
