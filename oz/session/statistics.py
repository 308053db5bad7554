"""A journey in figures, for the learner: what was done, how long it took, what was hard and why.

Pure: figures, the lessons and today's date in; data for screens and programs, or Markdown, out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from oz.campaign import Campaign
from oz.crucible.model import Reason
from oz.saves.figures import Figures, SpellFigures
from oz.session.words import OUTCOMES
from oz.story.words import listed
from oz.tongue import _, ngettext

_HARDEST = 5


@dataclass(frozen=True, slots=True)
class StageFigures:
    """What one stage took."""

    stage: str
    title: str
    passed: int
    of: int
    seconds: float
    """Of playing; near, not exact."""
    casts: int
    first: int
    """Spells that passed at the first cast."""
    hints: int
    proven: bool = False
    """By its trial, instead of being walked."""


@dataclass(frozen=True, slots=True)
class Hard:
    """A spell that took many casts."""

    spell: str
    title: str
    failed: int
    """Casts before the first that passed."""
    passed: bool
    hints: int
    why: str
    """The commonest mistake, or how most casts ended; Markdown, a sentence or two."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which the journey was played."""

    count: int
    in_a_row: int
    """Up to today or yesterday; 0: the row is broken."""
    longest: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The whole journey."""

    played: float
    """Seconds, long pauses left out."""
    passed: int
    of: int
    casts: int
    first: int
    hints: int
    days: Days
    stages: tuple[StageFigures, ...]
    """Those in which a spell was cast or time was spent, in the order of the road."""
    hard: tuple[Hard, ...]
    """The hardest few, the hardest first."""
    proven: tuple[str, ...] = ()
    """Titles of the stages that were proven instead of walked."""


def statistics(found: Figures, campaign: Campaign, today: date | None = None) -> Statistics:
    """What `found` comes to with these lessons; `today`: where the player is, by default now."""
    spells = [spell for spell in found.spells if spell.spell in campaign.spells]
    stages = tuple(_stages(found, campaign))
    return Statistics(
        played=found.played,
        passed=_passed(found.spells),
        of=len(campaign.spells),
        casts=sum(spell.casts for spell in found.spells),
        first=_first(found.spells),
        hints=sum(spell.hints for spell in found.spells),
        days=_days(found.days, today or datetime.now(UTC).astimezone().date()),
        stages=stages,
        hard=tuple(_hard(spells, campaign)),
        proven=tuple(stage.title for stage in stages if stage.proven),
    )


def as_data(found: Figures, campaign: Campaign, today: date | None = None) -> dict[str, object]:
    """What ``oz stats --json`` prints, but for the journey's name."""
    told = statistics(found, campaign, today)
    return {
        "played_seconds": round(found.played, 1),
        "turns": found.turns,
        "begun": found.begun,
        "passed": told.passed,
        "passed_at_first_cast": told.first,
        "spells_in_all": told.of,
        "casts": told.casts,
        "hints": told.hints,
        "run_seconds": round(sum(spell.seconds for spell in found.spells), 3),
        "days": [day.isoformat() for day in found.days],
        "days_in_a_row": told.days.in_a_row,
        "longest_days_in_a_row": told.days.longest,
        "proven_stages": [stage.stage for stage in told.stages if stage.proven],
        "stages": [asdict(stage) for stage in told.stages],
        "hard": [asdict(hard) for hard in told.hard],
        "spells": [
            {**asdict(spell), "mistakes": dict(spell.mistakes), "ended": dict(spell.ended)}
            for spell in found.spells
        ],
    }


def in_words(found: Figures, campaign: Campaign, today: date | None = None) -> str:
    """The same for a reader, as Markdown."""
    told = statistics(found, campaign, today)
    parts = [summary(told)]
    if told.stages:
        parts.append("\n".join(f"- {stage.title}: {stage_words(stage)}" for stage in told.stages))
    if told.hard:
        parts.append(HARD + "\n\n" + "\n".join(f"- {hard_words(hard)}" for hard in told.hard))
    return "\n\n".join(parts)


HARD = _("What took most:")
"""Stands above the spells that were hard."""


def summary(told: Statistics) -> str:
    """The journey in a few sentences."""
    said = _("{passed} of {of} spells in {time} of playing, with {casts} and {hints}.").format(
        passed=told.passed,
        of=told.of,
        time=time_in_words(told.played),
        casts=_casts(told.casts),
        hints=_hints(told.hints),
    )
    if told.first:
        said += " " + ngettext(
            "{count} spell passed at the first cast.",
            "{count} spells passed at the first cast.",
            told.first,
        ).format(count=told.first)
    if told.proven:
        said += " " + _("Proven, not walked: {stages}.").format(stages=listed(told.proven))
    if told.days.count:
        said += " " + _days_in_words(told.days)
    return said


def stage_words(stage: StageFigures) -> str:
    """One stage in a line, after its title."""
    told = _("proven; ") if stage.proven else ""
    told += _("{passed} of {of} spells, {casts}").format(
        passed=stage.passed, of=stage.of, casts=_casts(stage.casts)
    )
    if stage.first:
        told += _(", {count} passed at the first").format(count=stage.first)
    if stage.hints:
        told += f", {_hints(stage.hints)}"
    return f"{told}, {time_in_words(stage.seconds)}" if stage.seconds >= 30 else told


def hard_words(hard: Hard) -> str:
    """One spell that was hard, in a line."""
    told = ngettext(
        "*{title}*: {count} cast that did not hold",
        "*{title}*: {count} casts that did not hold",
        hard.failed,
    ).format(title=hard.title, count=hard.failed)
    told += "" if hard.passed else _(", and not yet")
    told += f", {_hints(hard.hints)}" if hard.hints else ""
    return f"{told}. {hard.why}".strip()


def time_in_words(seconds: float) -> str:
    """A duration as one says it."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("less than a minute")
    hours, rest = divmod(minutes, 60)
    told = [ngettext("{n} hour", "{n} hours", hours).format(n=hours)] if hours else []
    if rest:
        told.append(ngettext("{n} minute", "{n} minutes", rest).format(n=rest))
    return _(" and ").join(told)


def _stages(found: Figures, campaign: Campaign) -> Iterable[StageFigures]:
    by_id = {spell.spell: spell for spell in found.spells}
    spent = dict(found.stages)
    left_out = _proven(found, campaign)
    for stage in campaign.world.stages.values():
        here = [by_id[id] for id in stage.spells if id in by_id]
        proven = stage.id in left_out
        if here or proven or spent.get(stage.id, 0.0) >= 1.0:
            yield StageFigures(
                stage=stage.id,
                title=stage.title,
                passed=_passed(here),
                of=len(stage.spells),
                seconds=spent.get(stage.id, 0.0),
                casts=sum(spell.casts for spell in here),
                first=_first(here),
                hints=sum(spell.hints for spell in here),
                proven=proven,
            )


def _proven(found: Figures, campaign: Campaign) -> set[str]:
    """The stages that were proven, by what they are called now."""
    names = campaign.world.renamed
    return {names.get(id, id) for id in found.proven}


def _hard(spells: Iterable[SpellFigures], campaign: Campaign) -> Iterable[Hard]:
    tried = [spell for spell in spells if spell.before_pass > 1]
    for spell in sorted(tried, key=lambda s: (-s.before_pass, -s.hints))[:_HARDEST]:
        yield Hard(
            spell=spell.spell,
            title=campaign.spells[spell.spell].title,
            failed=spell.before_pass,
            passed=spell.passed_at is not None,
            hints=spell.hints,
            why=_why(spell, campaign),
        )


def _why(spell: SpellFigures, campaign: Campaign) -> str:
    """The commonest known mistake; where none is known, how most casts ended, if not as usual."""
    for id, count in spell.mistakes:
        mistake = campaign.spells[spell.spell].mistake(id)
        if mistake is not None:
            said = mistake.message.split(". ")[0].rstrip(".") + "."
            return said if count == 1 else said + " " + _("(Met {n} times.)").format(n=count)
    for reason, count in spell.ended[:1]:
        if count > 1 and reason in set(Reason) and reason != Reason.FAILED:
            ended = OUTCOMES[Reason(reason)]
            return _("Most of them ({n}) came to this: {ended}.").format(n=count, ended=ended)
    return ""


def _days(played: Sequence[date], today: date) -> Days:
    rows: list[list[date]] = []
    for day in played:
        if rows and day - rows[-1][-1] == timedelta(days=1):
            rows[-1].append(day)
        else:
            rows.append([day])
    going_on = bool(rows) and timedelta(0) <= today - rows[-1][-1] <= timedelta(days=1)
    longest = max(map(len, rows), default=0)
    return Days(len(played), len(rows[-1]) if going_on else 0, longest)


def _days_in_words(days: Days) -> str:
    told = ngettext("Played on {count} day", "Played on {count} days", days.count)
    if days.longest > 1:
        told += _("; the last {row} in a row") if days.in_a_row > 1 else ""
        if days.in_a_row != days.longest:
            told += _("; the most in a row was {longest}")
    return told.format(count=days.count, row=days.in_a_row, longest=days.longest) + "."


def _passed(spells: Iterable[SpellFigures]) -> int:
    return sum(spell.passed_at is not None for spell in spells)


def _first(spells: Iterable[SpellFigures]) -> int:
    return sum(spell.passed_at is not None and not spell.before_pass for spell in spells)


def _casts(count: int) -> str:
    return ngettext("{n} cast", "{n} casts", count).format(n=count)


def _hints(count: int) -> str:
    return ngettext("{n} hint", "{n} hints", count).format(n=count)
