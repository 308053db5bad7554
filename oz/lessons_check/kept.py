"""What the spells of the road keep, for checks that need it: made by the model answers.

A journey has what its player trained; a check has a folder in which the model answers leave theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from oz.campaign import Campaign, Fault
from oz.crucible.api import Crucible
from oz.crucible.model import Job
from oz.spells.feedback import verdict
from oz.spells.job import judging
from oz.spells.model import Spell, Verdict


@dataclass(frozen=True)
class Kept:
    """The folder of what was kept."""

    folder: Path

    def files(self, without: Iterable[str] = ()) -> tuple[Path, ...]:
        """What there is, in the order of the names, but for the names `without`."""
        left_out = set(without)
        there = (f for f in self.folder.iterdir() if f.suffix != ".part")  # half copied yet
        return tuple(sorted(f for f in there if f.name not in left_out))

    def job(self, spell: Spell, path: Path, source: str | None = None) -> Job:
        """The job that judges `path`; the model answer leaves what it makes."""
        keep_in = self.folder if path == spell.solution and source is None else None
        return judging(spell, path, source=source, files=self.files(spell.keep), keep_in=keep_in)

    async def make(self, crucible: Crucible, spell: Spell, road: Iterable[Spell]) -> None:
        """Let the model answers of `road` make what `spell` uses and is not there yet."""
        there = {file.name for file in self.files()}
        wanted = set(spell.uses) - there
        for maker in road:
            if wanted & set(maker.keep):
                await self.make(crucible, maker, road)
                await judge(crucible, maker, self.job(maker, maker.solution))


async def judge(crucible: Crucible, spell: Spell, job: Job) -> Verdict:
    """Run `job`, which judges an answer to `spell`."""
    return verdict(spell, [event async for event in crucible.run(job)])


@contextmanager
def keeping() -> Iterator[Kept]:
    """An empty folder, removed afterwards."""
    with TemporaryDirectory(prefix="oz-kept-") as folder:
        yield Kept(Path(folder))


def check(campaign: Campaign) -> list[Fault]:
    """A file that a spell uses must have been kept by one before it."""
    faults: list[Fault] = []
    kept: set[str] = set()
    for spell in campaign.spells.values():
        path, line = campaign.where(f"spell {spell.id}")
        faults += [
            Fault(path, line, f"it uses '{name}', which no spell before it keeps")
            for name in spell.uses
            if name not in kept
        ]
        kept |= set(spell.keep)
    return faults
