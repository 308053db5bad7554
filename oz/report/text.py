"""A report as plain text: what `oz.report.page` shows, for those who read or hear lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from oz.crucible.training import ASCII_BLOCKS, duration, sparkline
from oz.report.drawing import in_words
from oz.report.model import KeptModel, Report, SpellReport, StageReport
from oz.tongue import _, day, ngettext

_WIDTH = 80


def as_text(report: Report) -> str:
    """The whole report, in lines of at most 80 characters but for code."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterable[str]:
    yield from _heading(
        _("{title}: the journey of {journey}").format(title=report.title, journey=report.journey),
        "=",
    )
    yield from _wrapped(facts(report))
    for stage in report.stages:
        yield from _stage(stage)
    if report.models:
        yield from _heading(_("What was made"), "-")
        for model in report.models:
            yield from _wrapped(f"- {model.name}: {model_facts(model)}", "  ")


def facts(report: Report) -> str:
    """The journey in two sentences."""
    begun = _("Begun on {begun}. ").format(begun=day(report.begun)) if report.begun else ""
    home = _("The road was walked to its end. ") if report.finished else ""
    return _(
        "{begun}{home}{passed} of {of} spells in {duration} of playing; turns: "
        "{turns}, casts: {casts}, hints: {hints}; {score} of {max_score} points."
    ).format(
        begun=begun,
        home=home,
        passed=report.passed,
        of=report.of,
        duration=duration(report.played),
        turns=report.turns,
        casts=report.casts,
        hints=report.hints,
        score=report.score,
        max_score=report.max_score,
    )


def spell_facts(spell: SpellReport) -> str:
    """How one spell went, in a few words."""
    when = (
        _("passed on {passed_at}").format(passed_at=day(spell.passed_at))
        if spell.passed_at
        else _("not passed yet")
    )
    casts = ngettext("{count} cast", "{count} casts", spell.casts).format(count=spell.casts)
    hints = (
        ""
        if not spell.hints
        else ngettext(", {count} hint", ", {count} hints", spell.hints).format(count=spell.hints)
    )
    return f"{when}, {casts}{hints}"


def model_facts(model: KeptModel) -> str:
    """What one kept file is."""
    size = (
        _("{size:.0f} KiB").format(size=model.size / 1024)
        if model.size >= 1024
        else _("{size} bytes").format(size=model.size)
    )
    made = _(", made by “{made_by}”").format(made_by=model.made_by) if model.made_by else ""
    inside = (
        _(", {values:,} numbers in {count} tensors").format(
            values=model.values, count=len(model.tensors)
        )
        if model.tensors
        else ""
    )
    return f"{size}{made}{inside}"


def _stage(stage: StageReport) -> Iterable[str]:
    yield from _heading(f"{stage.title} ({stage.topic})", "-")
    proven = _(" Proven by its trial.") if stage.proven else ""
    yield from _wrapped(
        _("{passed} of {of} spells.{proven}").format(
            passed=stage.passed, of=stage.of, proven=proven
        )
    )
    for entry in stage.learned:
        yield ""
        yield from _wrapped(" ".join(entry.split()))
    for spell in stage.spells:
        yield ""
        yield from _wrapped(f"* {spell.title}: {spell_facts(spell)}.", "  ")
        for curve in spell.curves:
            drawn = sparkline([value for _, value in curve.points], blocks=ASCII_BLOCKS)
            yield from _wrapped(f"  {drawn}  {in_words(curve)}", "  ")
        for message, count in spell.mistakes:
            told = " ".join(message.split())
            yield from _wrapped(
                (_("  Met {count} times: {told}") if count > 1 else _("  Met: {told}")).format(
                    count=count, told=told
                ),
                "    ",
            )
        if spell.code:
            yield ""
            yield textwrap.indent(spell.code.rstrip(), "    ")


def _heading(text: str, mark: str) -> Iterable[str]:
    yield from ("", text, mark * min(len(text), _WIDTH), "")


def _wrapped(text: str, indent: str = "") -> Iterable[str]:
    start = text[: len(text) - len(text.lstrip())]
    yield from textwrap.wrap(
        text.strip(), _WIDTH, initial_indent=start, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
