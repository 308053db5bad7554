"""What the session asks of the crucible: casts, judged, and snippets of the story, conjured.

Whatever becomes of the crucible, the game goes on: its end is told in words, and a new one is lit.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path

from oz.crucible.api import Crucible, Run, open_crucible
from oz.crucible.model import (
    Check,
    Dropped,
    Event,
    Finished,
    Graph,
    Job,
    Limits,
    Metric,
    Mode,
    Namespace,
    Output,
    Picture,
    Progress,
    Raised,
    Reason,
    Started,
)
from oz.session.model import Conjured
from oz.spells.job import judging
from oz.spells.model import Spell
from oz.tongue import _

GONE_OUT = _(
    "The crucible went out while this ran ({why}). A new one is being lit; your "
    "draft is safe. Try again."
)
_CONJURE = Limits(seconds=20.0, output=16 << 10)


class Furnace:
    """The crucible of a session, lit again when it goes out."""

    def __init__(self, crucible: Crucible | None = None) -> None:
        self._crucible = crucible or open_crucible()
        self._ours = crucible is None
        """A crucible that was handed in belongs to whoever did, and is not put out."""
        self._runs: list[Run] = []
        """Under way, and waiting behind it: a crucible runs one job at a time."""

    async def light(self) -> None:
        """Begin to warm up; failing to is told when something is to be run."""
        try:
            await self._crucible.start()
        except Exception:  # noqa: BLE001 - whatever it is, the first run will say so in words
            return

    async def close(self) -> None:
        """Stop what runs and put the fire out."""
        for run in reversed(self._runs):
            await run.stop()
        if not self._ours:
            return
        try:
            await self._crucible.close()
        except Exception:  # noqa: BLE001 - leaving must work, whatever the crucible's state
            return

    async def stop(self) -> None:
        """Stop the run under way, if any; what waits behind it then has its turn."""
        if self._runs:
            await self._runs[0].stop()

    async def run(self, job: Job) -> AsyncIterator[list[Event]]:
        """The events of `job` as they come, in batches; the last one is `Finished`, always."""
        finished = False
        run: Run | None = None
        try:
            run = self._crucible.run(job)
            self._runs.append(run)
            async for batch in run.batches():
                finished = finished or any(isinstance(event, Finished) for event in batch)
                yield batch
            if not finished:
                raise ConnectionError(_("it ended without a word"))
        except (GeneratorExit, asyncio.CancelledError):
            if run is not None:
                await asyncio.shield(run.stop())
            raise
        except Exception as error:  # noqa: BLE001 - the game must survive whatever the crucible does
            if not finished:
                await self._light_again()
                why = str(error) or type(error).__name__
                yield [Finished(Reason.CRASH, GONE_OUT.format(why=why))]
        finally:
            if run in self._runs:
                self._runs.remove(run)

    async def _light_again(self) -> None:
        self._runs.clear()  # they may be dead, and cannot be stopped then
        await self.close()
        self._crucible, self._ours = open_crucible(), True
        await self.light()

    async def conjure(self, thing: str, source: str, models: Path) -> Conjured:
        """Run a snippet of the story, what was trained lying beside it; what it prints is what is
        shown, and the images that it leaves."""
        job = Job(Mode.CONJURE, source=source, files=kept_in(models), limits=_CONJURE, title=thing)
        events: list[Event] = []
        async for batch in self.run(job):
            events += batch
        pictures = tuple(event for event in events if isinstance(event, Picture))
        return Conjured(thing, *_shown(events), pictures)


def kept_in(models: Path) -> tuple[Path, ...]:
    """What the journey's spells kept, in the order of the names."""
    if not models.is_dir():
        return ()
    return tuple(sorted(file for file in models.iterdir() if file.is_file()))


def job(spell: Spell, path: Path, source: str, models: Path) -> Job:
    """The job that judges the draft `source` at `path`; what was trained before is laid beside."""
    kept = tuple(file for file in kept_in(models) if file.name not in spell.keep)
    return judging(spell, path, source=source, files=kept, keep_in=models)


def unkept(events: Iterable[Event], models: Path) -> str:
    """What to say of files that a passed cast should have left, and could not; empty: nothing."""
    names = [
        f"`{name}`" for event in events if isinstance(event, Finished) for name in event.unkept
    ]
    if not names:
        return ""
    return _(
        "{names} could not be kept: nothing can be written in `{folder}`. Later spells want it. "
        "See that there is room and that you may write there, and cast this spell again."
    ).format(names=", ".join(names), folder=models)


def never_ran(events: Sequence[Event]) -> str:
    """What to say of a cast whose program was never begun, since the crucible could not: that is no
    attempt. Empty where it was begun, or was ended by somebody."""
    end = events[-1] if events else None
    if not isinstance(end, Finished) or end.reason is not Reason.CRASH:
        return ""
    if any(isinstance(event, Started | Check) for event in events):
        return ""
    return _("{message}\n\nNothing was run, so it counts as no attempt.").format(
        message=end.message
    )


def weighty(event: Event) -> bool:
    """Whether the verdict needs the event; what only is looked at need not be kept."""
    looked_at = Output | Dropped | Metric | Progress | Picture | Namespace | Graph
    return not isinstance(event, looked_at)


def _shown(events: Iterable[Event]) -> tuple[str, bool]:
    """What a conjured snippet printed, and whether it failed."""
    text, failed = "", False
    for event in events:
        if isinstance(event, Output) and event.stream == "stdout":
            text += event.text
        elif isinstance(event, Raised):
            text, failed = f"{text}{event.page.type}: {event.page.message}\n", True
        elif isinstance(event, Finished) and event.reason is not Reason.RAN:
            text += "" if failed else event.message
            failed = True
    return text.rstrip("\n"), failed
