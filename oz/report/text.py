"""A report as plain text: what `oz.report.page` shows, for those who read or hear lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from oz.crucible.training import ASCII_BLOCKS, duration, sparkline
from oz.report.drawing import in_words
from oz.report.model import KeptModel, Report, SpellReport, StageReport

_WIDTH = 80


def as_text(report: Report) -> str:
    """The whole report, in lines of at most 80 characters but for code."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterable[str]:
    yield from _heading(f"{report.title}: the journey of {report.journey}", "=")
    yield from _wrapped(facts(report))
    for stage in report.stages:
        yield from _stage(stage)
    if report.models:
        yield from _heading("What was made", "-")
        for model in report.models:
            yield from _wrapped(f"- {model.name}: {model_facts(model)}", "  ")


def facts(report: Report) -> str:
    """The journey in two sentences."""
    begun = f"Begun on {report.begun}. " if report.begun else ""
    home = "The road was walked to its end. " if report.finished else ""
    return (
        f"{begun}{home}{report.passed} of {report.of} spells in {duration(report.played)} of "
        f"playing; turns: {report.turns}, casts: {report.casts}, hints: {report.hints}; "
        f"{report.score} of {report.max_score} points."
    )


def spell_facts(spell: SpellReport) -> str:
    """How one spell went, in a few words."""
    when = f"passed on {spell.passed_at[:10]}" if spell.passed_at else "not passed yet"
    casts = "1 cast" if spell.casts == 1 else f"{spell.casts} casts"
    hints = "" if not spell.hints else f", {spell.hints} hint{'s' if spell.hints > 1 else ''}"
    return f"{when}, {casts}{hints}"


def model_facts(model: KeptModel) -> str:
    """What one kept file is."""
    size = f"{model.size / 1024:.0f} KiB" if model.size >= 1024 else f"{model.size} bytes"
    made = f", made by “{model.made_by}”" if model.made_by else ""
    inside = f", {model.values:,} numbers in {len(model.tensors)} tensors" if model.tensors else ""
    return f"{size}{made}{inside}"


def _stage(stage: StageReport) -> Iterable[str]:
    yield from _heading(f"{stage.title} ({stage.topic})", "-")
    proven = " Proven by its trial." if stage.proven else ""
    yield from _wrapped(f"{stage.passed} of {stage.of} spells.{proven}")
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
            yield from _wrapped(f"  Met{f' {count} times' if count > 1 else ''}: {told}", "    ")
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
