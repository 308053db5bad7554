"""The journal in words: what was noted, learned and written, by the stages that were begun.

Of each spell that passed it shows the player's own code: the newest that passed, which is what the
player stands by now. Pure: what was gathered of the journey (`oz.report.gather.stages`) and the
lessons go in, Markdown comes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from oz.campaign import Campaign
from oz.report import SpellReport, StageReport
from oz.session.table import Answer, refusal, system
from oz.session.words import fenced
from oz.spells.model import Kind
from oz.tongue import _, day, ngettext

Pages = Sequence[StageReport]
"""The journal: its stages, in the order of the road."""
_EMPTY = _("The journal is empty yet.")
_NOTED = _("What you have written down:")


def answer(pages: Pages, campaign: Campaign, name: str) -> Answer:
    """What 'journal' says; `name`: of a stage or a spell, empty for all of it."""
    if not name:
        return system(whole(pages))
    found = find(pages, name)
    if len(found) == 1:
        return system(page(found[0], campaign))
    if found:
        names = ", ".join(f"*{one.title}*" for one in found)
        return refusal(_("The journal has several of that name: {names}.").format(names=names))
    if not pages:
        return refusal(_EMPTY)
    there = ", ".join(f"*{stage.title}*" for stage in pages)
    return refusal(
        _(
            "The journal has nothing on `{name}`: it tells of the stages you have come to and of "
            "the spells that passed there. The stages: {there}."
        ).format(name=name.replace("`", ""), there=there)
    )


def whole(pages: Pages) -> str:
    """All of it in short: what was noted, and the titles of the spells that passed."""
    several = len(pages) > 1
    told = [text for stage in pages for text in _in_short(stage, titled=several)]
    return "\n\n".join([_NOTED, *told]) if told else _EMPTY


def everything(pages: Pages, campaign: Campaign) -> str:
    """All of it at length, with every program."""
    return "\n\n".join(page(stage, campaign) for stage in pages) or _EMPTY


def page(one: StageReport | SpellReport, campaign: Campaign) -> str:
    """What the journal has on a stage or a spell, at length."""
    parts = _stage(one, campaign) if isinstance(one, StageReport) else _spell(one, campaign)
    return "\n\n".join(part for part in parts if part)


def passed(stage: StageReport) -> tuple[SpellReport, ...]:
    """The spells of the stage whose code is in the journal."""
    return tuple(spell for spell in stage.spells if spell.code)


def find(pages: Pages, name: str) -> list[StageReport | SpellReport]:
    """What `name` may mean: the very one, a stage before a spell, else those in which it occurs."""
    wanted = _plainly(name)
    ones: list[StageReport | SpellReport] = []
    for stage in pages:
        ones += (stage, *passed(stage))
    every = [(one, [_plainly(n) for n in (one.id, _last(one.id), one.title)]) for one in ones]
    for kind in (StageReport, SpellReport):
        exact = [one for one, names in every if isinstance(one, kind) and wanted in names]
        if exact:
            return exact
    return [one for one, names in every if any(wanted in known for known in names)]


def _last(id: str) -> str:
    return id.rpartition("/")[2]


def _plainly(name: str) -> str:
    """A name without its article and its marks, as the story hears what is typed."""
    words = re.sub(r"\W+", " ", re.sub(r"['’]", "", name.lower())).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def _in_short(stage: StageReport, *, titled: bool) -> Iterable[str]:
    done = "; ".join(spell.title for spell in passed(stage))
    if titled and (stage.learned or done or stage.proven):
        yield f"## {stage.title}"
    if stage.proven:
        yield _("Proven by its trial; {passed} of {of} spells cast.").format(
            passed=stage.passed, of=stage.of
        )
    if stage.learned:
        yield _noted(stage)
    if done:
        yield _("Spells in your own code (`journal {stage}` shows it): {titles}.").format(
            stage=stage.id, titles=done
        )


def _noted(stage: StageReport) -> str:
    return "\n".join("- " + entry.strip().replace("\n", "\n  ") for entry in stage.learned)


def _stage(stage: StageReport, campaign: Campaign) -> Iterable[str]:
    yield f"## {stage.title}"
    yield _("{topic}. {passed} of {of} spells passed.").format(
        topic=stage.topic, passed=stage.passed, of=stage.of
    )
    if stage.proven:
        yield _("Proven by its trial, not walked.")
    if stage.learned:
        yield _NOTED
        yield _noted(stage)
    for spell in passed(stage):
        yield f"### {spell.title}"
        yield from _learned(spell, campaign)


def _spell(spell: SpellReport, campaign: Campaign) -> Iterable[str]:
    yield f"## {spell.title}"
    yield _went(spell)
    if goals := campaign.spells[spell.id].goals:
        yield _("What was wanted:")
        yield "\n".join(f"- {goal}" for goal in goals)
    yield from _learned(spell, campaign)


def _went(spell: SpellReport) -> str:
    casts = ngettext("{count} cast", "{count} casts", spell.casts).format(count=spell.casts)
    hints = ngettext("{count} hint", "{count} hints", spell.hints).format(count=spell.hints)
    told = f"{casts}, {hints}" if spell.hints else casts
    if day := _day(spell.passed_at):
        return _("First passed on {day}; {told}.").format(day=day, told=told)
    return f"{told}."


def _day(at: str | None) -> str:
    try:
        return day(datetime.fromisoformat(at or "").astimezone().isoformat())
    except (TypeError, ValueError, OverflowError, OSError):
        return ""  # a journey may come from a stranger


def _learned(spell: SpellReport, campaign: Campaign) -> Iterable[str]:
    """What is worth knowing of a spell, and the player's own program."""
    known = campaign.spells[spell.id]
    if worth := known.worth_knowing.strip():
        yield _("*Worth knowing.* {worth}").format(worth=worth)
    if known.kind is Kind.PREDICT and known.program is not None:
        yield _("The program that was asked about:")
        yield fenced(known.program.read_text("utf-8").strip("\n"), "python")
        yield _("Your answers:")
    yield fenced(spell.code.strip("\n"), "" if known.kind is Kind.COMMAND else "python")
