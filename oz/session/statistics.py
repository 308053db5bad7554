"""A journey in figures, in words: what was done, how long it took, what was hard.

Pure: figures and the lessons in, Markdown or plain data out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from oz.campaign import Campaign
from oz.saves.figures import Figures, SpellFigures

_HARDEST = 5


def as_data(found: Figures, campaign: Campaign) -> dict[str, object]:
    """What ``oz stats --json`` prints, but for the journey's name."""
    return {
        "played_seconds": round(found.played, 1),
        "turns": found.turns,
        "begun": found.begun,
        "passed": sum(spell.passed_at is not None for spell in found.spells),
        "spells_in_all": len(campaign.spells),
        "casts": sum(spell.casts for spell in found.spells),
        "hints": sum(spell.hints for spell in found.spells),
        "run_seconds": round(sum(spell.seconds for spell in found.spells), 3),
        "spells": [{**asdict(spell), "mistakes": dict(spell.mistakes)} for spell in found.spells],
    }


def in_words(found: Figures, campaign: Campaign) -> str:
    """The same for a reader, as Markdown."""
    passed = sum(spell.passed_at is not None for spell in found.spells)
    casts = sum(spell.casts for spell in found.spells)
    hints = sum(spell.hints for spell in found.spells)
    parts = [
        (
            f"{passed} of {len(campaign.spells)} spells in {time_in_words(found.played)} of "
            f"playing, with {_count(casts, 'cast')} and {_count(hints, 'hint')}."
        )
    ]
    if stages := list(_stages(found, campaign)):
        parts.append("\n".join(stages))
    if hard := list(_hard(found.spells, campaign)):
        parts.append("What took most:\n\n" + "\n".join(hard))
    return "\n\n".join(parts)


def _stages(found: Figures, campaign: Campaign) -> Iterable[str]:
    by_id = {spell.spell: spell for spell in found.spells}
    for stage in campaign.world.stages.values():
        here = [by_id[id] for id in stage.spells if id in by_id]
        if here:
            passed = sum(spell.passed_at is not None for spell in here)
            casts = sum(spell.casts for spell in here)
            yield (
                f"- {stage.title}: {passed} of {len(stage.spells)} spells, {_count(casts, 'cast')}"
            )


def _hard(spells: Iterable[SpellFigures], campaign: Campaign) -> Iterable[str]:
    tried = [spell for spell in spells if spell.before_pass and spell.spell in campaign.spells]
    for spell in sorted(tried, key=lambda s: (-s.before_pass, -s.hints))[:_HARDEST]:
        known = campaign.spells[spell.spell]
        left = "" if spell.passed_at else ", and not yet"
        told = f"- *{known.title}*: {_count(spell.before_pass, 'cast')} that did not hold{left}"
        if spell.hints:
            told += f", {_count(spell.hints, 'hint')}"
        mistake = known.mistake(spell.mistakes[0][0]) if spell.mistakes else None
        yield f"{told}. {mistake.message.split('. ')[0].rstrip('.')}." if mistake else f"{told}."


def time_in_words(seconds: float) -> str:
    """A duration as one says it."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute"
    hours, rest = divmod(minutes, 60)
    told = [_count(hours, "hour")] if hours else []
    return " and ".join([*told, *([_count(rest, "minute")] if rest else [])])


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
