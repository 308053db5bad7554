"""A journey and its lessons, put together into a `Report`. Only reads the journey.

`stages` alone is what the journal is made of, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from oz.campaign import Campaign
from oz.report.model import KeptModel, Report, SpellReport, StageReport
from oz.saves.figures import Figures, SpellFigures, answers, figures
from oz.saves.glance import glance
from oz.saves.keepsakes import KeptCast, KeptCurve, KeptPicture, keepsakes
from oz.spells.model import Spell
from oz.story import load
from oz.story.state import State
from oz.story.views import journal

K = TypeVar("K", KeptCurve, KeptPicture)
Tensors = Mapping[str, Sequence[tuple[str, tuple[int, ...]]]]
"""What is in the files of ``models/``, by their names."""


def gather(folder: Path, campaign: Campaign, tensors: Tensors | None = None) -> Report:
    """The report of the journey in `folder`. Raises `oz.saves.SavesError` where it cannot be read.

    `tensors`: what somebody found in its models; a file that is not named there is told by its
    name and size alone.
    """
    found = figures(folder)
    state = standing(folder, campaign)
    casts: dict[str, list[KeptCast]] = {}
    for one in keepsakes(folder):
        casts.setdefault(one.spell, []).append(one)
    begun = stages(campaign, state, found, answers(folder), casts)
    done = [spell for stage in begun for spell in stage.spells]
    return Report(
        journey=folder.name,
        title=campaign.title,
        begun=found.begun[:10],
        played=found.played,
        turns=found.turns,
        score=state.score,
        max_score=campaign.world.max_score,
        passed=sum(spell.passed_at is not None for spell in done),
        of=len(campaign.spells),
        casts=sum(spell.casts for spell in done),
        hints=_hints(found),
        stages=tuple(stage for stage in begun if stage.spells or stage.learned),
        models=tuple(_models(folder / "models", campaign, tensors or {})),
    )


def _hints(found: Figures) -> int:
    return sum(spell.hints for spell in found.spells)


def standing(folder: Path, campaign: Campaign) -> State:
    """Where the journey in `folder` stands; at the beginning, where that cannot be read."""
    saved = glance(folder).state
    if saved is not None:
        try:
            return load(json.loads(saved), campaign.world)
        except (ValueError, RecursionError):
            pass  # written by another version: its spells are told all the same
    return State(room=campaign.world.start)


def stages(
    campaign: Campaign,
    state: State,
    found: Figures,
    codes: Mapping[str, str],
    casts: Mapping[str, Sequence[KeptCast]] | None = None,
) -> tuple[StageReport, ...]:
    """The stages that were begun, in the order of the road, with the spells that were cast there.

    `codes`: the answer of each spell that passed; `casts`: what was kept of them, where wanted.
    """
    spells = {
        one.spell: _spell(campaign.spells[one.spell], one, codes, (casts or {}).get(one.spell, ()))
        for one in found.spells
        if one.spell in campaign.spells
    }
    return tuple(_stages(campaign, state, spells))


def _stages(
    campaign: Campaign, state: State, spells: Mapping[str, SpellReport]
) -> Iterable[StageReport]:
    learned = journal(campaign.world, state)
    for id, stage in campaign.world.stages.items():
        done = tuple(spells[spell] for spell in stage.spells if spell in spells)
        if done or learned.get(id) or state.visited.intersection(stage.rooms):
            yield StageReport(
                id=id,
                title=stage.title,
                topic=stage.topic,
                passed=sum(spell.passed_at is not None for spell in done),
                of=len(stage.spells),
                learned=learned.get(id, ()),
                teaches=campaign.teaches.get(id, ()),
                spells=done,
                proven=id in state.proven,
            )


def _spell(
    spell: Spell, found: SpellFigures, codes: Mapping[str, str], casts: Sequence[KeptCast]
) -> SpellReport:
    met = ((spell.mistake(id), count) for id, count in found.mistakes)
    shown = next((one for one in reversed(casts) if one.passed), casts[-1] if casts else None)
    curves = _of(KeptCurve, shown)
    first = curves[0].name if curves else ""
    before = [
        curve
        for one in casts
        if shown is not None and one.cast < shown.cast
        for curve in _of(KeptCurve, one)
        if curve.name == first
    ]
    return SpellReport(
        id=spell.id,
        title=spell.title,
        casts=found.casts,
        hints=found.hints,
        passed_at=found.passed_at,
        mistakes=tuple((mistake.message, count) for mistake, count in met if mistake is not None),
        code=codes.get(spell.id, ""),
        curves=curves,
        before=tuple(before),
        pictures=_of(KeptPicture, shown),
    )


def _of(kind: type[K], cast: KeptCast | None) -> tuple[K, ...]:
    return tuple(one for one in cast.kept if isinstance(one, kind)) if cast else ()


def _models(folder: Path, campaign: Campaign, tensors: Tensors) -> Iterable[KeptModel]:
    makers = {name: spell.title for spell in campaign.spells.values() for name in spell.keep}
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_file():
            inside = tuple(tensors.get(path.name, ()))
            yield KeptModel(path.name, path.stat().st_size, makers.get(path.name, ""), inside)
