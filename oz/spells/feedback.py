"""From the events of a run to what the game says of it. Pure.

The first check that fails leads. A message says, in this order, what was asked, what came, where
the two differ, and then, if the mistake is a known one, the words written for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oz.crucible.model import (
    Announced,
    Check,
    ErrorPage,
    Event,
    Finished,
    Raised,
    Reason,
)
from oz.crucible.pages import page_words
from oz.spells.model import Kind, Mistake, Spell, Verdict
from oz.tongue import _

_OUR_FAULT = _(
    "The trial of this spell is broken: {why}\n\nThe fault is in the game, not in "
    "your program, and nothing you write can mend it."
)


HEADS = {
    Reason.PASSED: _("The spell holds."),
    Reason.RAN: _("It ran to its end."),
    Reason.FAILED: _("Not yet."),
    Reason.ERROR: _("The program stopped with an error."),
    Reason.TIMEOUT: _("It ran out of time."),
    Reason.MEMORY: _("It ran out of memory."),
    Reason.OUTPUT: _("It made too much of something."),
    Reason.CRASH: _("The process died."),
    Reason.NO_VERDICT: _("It ended before it could be judged."),
    Reason.STOPPED: _("Stopped."),
}
"""How a run ended, in a sentence."""


_OPEN = "not-yet"
"""What the lessons call the mistake of a prediction in which an answer was left open."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """The events of one run that matter here."""

    announced: tuple[str, ...]
    checks: tuple[Check, ...]
    page: ErrorPage | None
    finished: Finished | None


def verdict(spell: Spell, events: Sequence[Event]) -> Verdict:
    """What the game says of a run of `spell`.

    It is a pass only if the run says so and every check that was announced is there, in order, and
    passed: what is missing is never taken for granted.
    """
    heard = _hear(events)
    finished = heard.finished
    if finished is None:
        return _said(
            spell, heard, Reason.NO_VERDICT, _("The run broke off before its verdict."), None
        )
    if finished.reason is Reason.PASSED:
        return _passed(spell, heard)
    broken = next((c for c in heard.checks if c.broken), None)
    if broken is not None and finished.reason is Reason.FAILED:
        return _said(spell, heard, Reason.ERROR, _OUR_FAULT.format(why=broken.message), None)
    if finished.reason is Reason.FAILED:
        return _failed(spell, heard)
    return _ended(spell, heard, finished)


def _hear(events: Sequence[Event]) -> _Heard:
    announced: tuple[str, ...] = ()
    page = finished = None
    for event in events:
        if isinstance(event, Announced):
            announced = event.checks
        elif isinstance(event, Raised):
            page = event.page
        elif isinstance(event, Finished):
            finished = event
    return _Heard(announced, tuple(e for e in events if isinstance(e, Check)), page, finished)


def _passed(spell: Spell, heard: _Heard) -> Verdict:
    names = tuple(c.name for c in heard.checks)
    if heard.announced and names == heard.announced and all(c.passed for c in heard.checks):
        return _said(spell, heard, Reason.PASSED, "", None)
    done = sum(c.passed for c in heard.checks)
    missing = _("{done} of {count} checks were reported as passed").format(
        done=done, count=len(heard.announced)
    )
    message = _("The run ended without a verdict that can be trusted: {missing}.").format(
        missing=missing
    )
    return _said(spell, heard, Reason.NO_VERDICT, message, None)


def _failed(spell: Spell, heard: _Heard) -> Verdict:
    failing = [c for c in heard.checks if not c.passed]
    if not failing:
        message = _("The run said that a check failed, and did not say which.")
        return _said(spell, heard, Reason.NO_VERDICT, message, None)
    # what was said is told of before what was left open
    failing = [c for c in failing if c.mistake != _OPEN] or failing
    known = ((check, _mistake_of(spell, check)) for check in failing)
    # what differs and the words for it must be of one check
    lead, mistake = next((found for found in known if found[1] is not None), (failing[0], None))
    message = _composed(_question(spell, lead), lead.name, lead.message, _words(spell, mistake))
    return _said(spell, heard, Reason.FAILED, message, lead.line, mistake, lead.error)


def _ended(spell: Spell, heard: _Heard, finished: Finished) -> Verdict:
    """The run ended before it could be judged: an error, a limit, a crash, a stop."""
    page = heard.page
    if finished.reason is Reason.ERROR and page is not None:
        mistake = _by_error(spell, _raised(page))
        message = _composed(page_words(page), _words(spell, mistake))
        return _said(spell, heard, Reason.ERROR, message, page.line or finished.line, mistake, page)
    mistake = _by_error(spell, f"{finished.reason}: {finished.message}")
    message = _composed(finished.message, _words(spell, mistake))
    return _said(spell, heard, finished.reason, message, finished.line, mistake, page)


def _said(
    spell: Spell,
    heard: _Heard,
    reason: Reason,
    message: str,
    line: int | None,
    mistake: str | None = None,
    error: ErrorPage | None = None,
) -> Verdict:
    order = {name: number for number, name in enumerate(heard.announced)}
    checks = sorted(heard.checks, key=lambda c: order.get(c.name, len(order)))
    seconds = heard.finished.seconds if heard.finished is not None else 0.0
    if spell.kind is Kind.PREDICT:
        line = None  # of the answers, which nobody sees as lines: on the screen is the program
    return Verdict(spell.id, reason, tuple(checks), mistake, message, line, seconds, error)


# --- known mistakes -------------------------------------------------------------------------------


def _mistake_of(spell: Spell, check: Check) -> str | None:
    if check.mistake is not None:
        return check.mistake
    return _by_error(spell, _raised(check.error)) if check.error is not None else None


def _by_error(spell: Spell, raised: str) -> str | None:
    """Id of the first known mistake whose `Mistake.error` is found in ``Type: message``."""
    return next((m.id for m in spell.mistakes if _shows_as(m, raised)), None)


def _shows_as(mistake: Mistake, raised: str) -> bool:
    return mistake.error is not None and re.search(mistake.error, raised, re.DOTALL) is not None


def _raised(page: ErrorPage) -> str:
    return f"{page.type}: {page.message}" + (f"\n{page.inner}" if page.inner else "")


def _question(spell: Spell, check: Check) -> str:
    """Which question a check is about, where it does not say so itself."""
    told = f"{check.name}\n{check.message}"
    for number, question in enumerate(spell.questions, 1):
        if question.id == check.defines and not re.search(rf"\b{question.id}\b", told):
            return _("Question {number}: {text}").format(number=number, text=question.text)
    return ""


def _words(spell: Spell, id: str | None) -> str:
    known = spell.mistake(id) if id is not None else None
    return known.message.strip() if known is not None else ""


def _composed(*parts: str) -> str:
    """Paragraphs, without the empty ones."""
    return "\n\n".join(p.strip() for p in parts if p.strip())


# --- renderings -----------------------------------------------------------------------------------


def markdown(verdict: Verdict) -> str:
    """The verdict as Markdown: the checks with their marks, then the message."""
    checks = "\n".join(f"- {'✓' if c.passed else '✗'} {c.name}" for c in verdict.checks)
    where = _("*Look at {place}.*").format(place=place(verdict)) if _names_no_line(verdict) else ""
    return _composed(checks, hard_breaks(verdict.message), where)


def plain(verdict: Verdict) -> str:
    """The verdict as text to be read line by line, or aloud: no markup, no signs for words."""
    lines = [f"  {'passed' if c.passed else 'failed'}: {stripped(c.name)}" for c in verdict.checks]
    where = (
        _("Look at {stripped}.").format(stripped=stripped(place(verdict)))
        if _names_no_line(verdict)
        else ""
    )
    parts = ["\n".join(lines), stripped(verdict.message).strip(), where]
    return "\n\n".join(part for part in parts if part)


def place(verdict: Verdict) -> str:
    """Where to look (Markdown): line, and what it defines where nothing raised. Empty: nowhere."""
    if verdict.line is None:
        return ""
    failed = (check for check in verdict.checks if not check.passed and check.line == verdict.line)
    names = [check.defines for check in failed if check.defines]
    return (
        _("`{names}`, line {line}").format(names=names[0], line=verdict.line)
        if names
        else _("line {line}").format(line=verdict.line)
    )


def look_at(verdict: Verdict) -> str:
    """A sentence that says where to look (Markdown); empty where the message does, or nowhere."""
    return _("Look at {place}.").format(place=place(verdict)) if _names_no_line(verdict) else ""


def _names_no_line(verdict: Verdict) -> bool:
    return (
        verdict.line is not None
        and _("line {line}").format(line=verdict.line) not in verdict.message
    )


def hard_breaks(text: str) -> str:
    """`text` with each single line end kept as one: Markdown would run the lines together."""
    return re.sub(r"(?<!\n)\n(?!\n|    |[-*] |[>#]|\d+\. )", "  \n", text)


_CODE = re.compile(r"(`+)( ?)(.+?)\2\1|^( {4}[^\n]*)", re.DOTALL | re.MULTILINE)
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_HELD = "\ue000"
"""Stands where code stood while the marks around it are taken off."""
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")


def stripped(text: str) -> str:
    """Markdown without its marks. What stands in code is left exactly as it is."""
    text = text.replace(_HELD, "")
    codes = iter([found[3] or found[4] for found in _CODE.finditer(text)])
    held = _unmarked(_CODE.sub(_HELD, text))
    return re.sub(_HELD, lambda _: next(codes), held)


def _unmarked(text: str) -> str:
    return _LINK.sub(r"\1", _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text)))
