"""From a spell and the player's file to what the crucible is asked to run.

Pure, but for the story so far, which is read for the spells that ask for it. The one place where it
is decided how a spell is judged, so that the game, ``oz judge`` and the check of the lessons judge
alike.
"""

from __future__ import annotations

from pathlib import Path

from oz.crucible.model import Job, Limits, Mode
from oz.lore import lore_until
from oz.spells.model import Spell


def judging(
    spell: Spell,
    program: Path,
    *,
    source: str | None = None,
    files: tuple[Path, ...] = (),
    keep_in: Path | None = None,
) -> Job:
    """The job that judges `program` as an answer to `spell`.

    `source`: its text, where it was read already. `files`: further files for the scratch folder
    (what the player trained before). `keep_in`: where what the spell keeps is copied after a pass.
    """
    return Job(
        Mode.JUDGE,
        program=program,
        source=source,
        trial=spell.trial,
        kind=spell.kind.value,
        files=(*spell.files, *files),
        texts={spell.prose: lore_until(spell.folder.parents[1])} if spell.prose else {},
        keep=spell.keep if keep_in is not None else (),
        keep_in=keep_in,
        apart=spell.apart,
        limits=Limits(seconds=spell.seconds, memory=spell.memory),
        title=spell.title,
        phrases=dict(spell.phrases),
    )
