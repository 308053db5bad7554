"""What the session says of itself, as Markdown: lists of spells, attempts, the map, the briefing.

Also the plain text under which events are kept in the journey. Pure; knows no file and no screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oz.crucible.model import Namespace, Reason
from oz.crucible.seen import seen_lines
from oz.saves import Attempt, Pin
from oz.saves.shape import moment
from oz.session.model import (
    Conjured,
    Desk,
    DeskOpened,
    EditorWanted,
    HintShown,
    Judged,
    Status,
)
from oz.session.table import Answer
from oz.spells.model import Kind, Spell
from oz.story.events import (
    Entered,
    Journalled,
    Said,
    Scored,
    StageBegun,
    StageFinished,
    Voice,
)
from oz.story.model import World
from oz.story.speech import SPEECH
from oz.story.words import definite
from oz.tongue import _, ngettext, pgettext, short

OUTCOMES = {
    Reason.PASSED: _("passed"),
    Reason.RAN: _("ran"),
    Reason.FAILED: _("not yet"),
    Reason.ERROR: _("stopped with an error"),
    Reason.TIMEOUT: _("ran out of time"),
    Reason.MEMORY: _("ran out of memory"),
    Reason.OUTPUT: _("made too much of something"),
    Reason.CRASH: _("the process died"),
    Reason.NO_VERDICT: _("ended without a verdict"),
    Reason.STOPPED: _("stopped"),
}
"""How an attempt ended, in words, for each reason."""

KINDS = {
    Kind.PREDICT: pgettext("a kind", "predict"),
    Kind.MEND: pgettext("a kind", "mend"),
    Kind.CAST: pgettext("a kind", "cast"),
    Kind.TRAIN: pgettext("a kind", "train"),
    Kind.COMMAND: pgettext("a kind", "command"),
}
"""What a spell asks one to do, in a word."""
_STATES = {
    "open": _("can be cast"),
    "tried": _("tried"),
    "passed": _("passed"),
    "closed": _("not yet open"),
}


def kept(events: Iterable[Answer], world: World) -> str:
    """What is kept of `events` in the journey's transcript; paragraphs, Markdown as it was."""
    return "\n\n".join(text for event in events if (text := _kept(event, world)))


def _kept(event: Answer, world: World) -> str:
    match event:
        case Said():
            return event.text.strip()
        case StageBegun():
            return world.stages[event.stage].title
        case StageFinished():
            return _("{title}: the end.").format(title=world.stages[event.stage].title)
        case Scored():
            return (
                _("{points:+d} points {reason}")
                .format(points=event.points, reason=event.reason)
                .strip()
            )
        case Journalled():
            return _("Noted in the journal.")
        case Conjured():
            return fenced(event.text)
        case HintShown():
            return (
                _("Hint {number} of {of}. {text}")
                .format(number=event.number, of=event.of, text=event.text)
                .strip()
            )
        case DeskOpened():
            return _("The desk of {spell} is open.").format(spell=event.spell)
        case EditorWanted():
            return _("The draft is {path}.").format(path=event.path)
        case Judged():
            return judged(event)
    return ""


def judged(event: Judged) -> str:
    """One cast, for the transcript."""
    verdict = event.verdict
    head = _("Attempt {attempt} at {spell}: {OUTCOMES}.").format(
        attempt=event.attempt, spell=verdict.spell, OUTCOMES=OUTCOMES[verdict.reason]
    )
    return f"{head}\n\n{verdict.message}".strip()


def fenced(text: str, language: str = "") -> str:
    """`text` as a fenced block, whatever it holds."""
    fence = "```"
    while fence in text:
        fence += "`"
    body = text.rstrip("\n")
    return f"{fence}{language}\n{body}\n{fence}"


def with_worth_knowing(story: Sequence[Answer], spell: Spell) -> list[Answer]:
    """What a pass brings about in the story, with the spell's 'worth knowing' where the spell ends:
    before the story takes Dorothy elsewhere."""
    told = spell.worth_knowing.strip()
    if not told:
        return list(story)
    away = [n for n, e in enumerate(story) if isinstance(e, Entered | StageBegun | StageFinished)]
    at = min(away, default=len(story))
    return [
        *story[:at],
        Said(_("*Worth knowing.* {told}").format(told=told), Voice.SYSTEM),
        *story[at:],
    ]


def briefing(desk: Desk) -> str:
    """What the spell asks for: title, briefing, goals, questions, and where the draft is."""
    spell = desk.spell
    parts = [f"**{spell.title}**", spell.briefing.strip()]
    if spell.program is not None:
        parts.append(fenced(spell.program.read_text("utf-8"), "python"))
    if spell.goals:
        parts.append(_("What is wanted:\n\n") + "\n".join(f"- {goal}" for goal in spell.goals))
    if spell.questions:
        asked = [f"{n}. `{q.id}`: {q.text}" for n, q in enumerate(spell.questions, 1)]
        parts.append(_("The questions:\n\n") + "\n".join(asked))
    if spell.reference:
        parts.append(_("To look up: ") + ", ".join(f"`{name}`" for name in spell.reference))
    command = spell.kind is Kind.COMMAND
    where = (
        _("The command is the file `{path}`.") if command else _("The draft is the file `{path}`.")
    )
    parts.append(where.format(path=desk.path))
    return "\n\n".join(part for part in parts if part)


def numbered(source: str) -> str:
    """`source` with line numbers."""
    lines = source.rstrip("\n").split("\n")
    width = max(2, len(str(len(lines))))
    return "\n".join(f"{n:>{width}}  {line}".rstrip() for n, line in enumerate(lines, 1))


def spells(status: Status, tries: dict[str, int]) -> str:
    """The spells of this stage and how they stand."""
    if not status.spells:
        return _("There is no spell in this part of the country.")
    lines = []
    for id, title, state in status.spells:
        told = _STATES[state]
        if count := tries.get(id, 0):
            told += ngettext(", {count} attempt", ", {count} attempts", count).format(count=count)
        lines.append(f"- {title} (`{id.split('/', 1)[1]}`): {told}")
    return _("The spells of {stage_title}:\n\n").format(stage_title=status.stage_title) + "\n".join(
        lines
    )


NEWEST = 20
"""Attempts that are listed, of many."""


def attempts(spell: Spell, made: Sequence[Attempt], casts: int) -> str:
    """The newest attempts at a spell, of which there were `casts`; `made` has one more than is
    listed where there are more."""
    if not made:
        return _("*{title}* was not cast yet.").format(title=spell.title)
    shown = made[-NEWEST:]
    number = casts - sum(attempt.reason is not None for attempt in shown)
    lines = []
    for attempt in shown:
        when = moment(attempt.at)
        if attempt.reason is None:
            lines.append(_("- {when}: a draft, put aside and not cast").format(when=short(when)))
            continue
        number += 1
        known = attempt.reason in set(Reason)
        told = OUTCOMES.get(Reason(attempt.reason), attempt.reason) if known else attempt.reason
        about = f" ({attempt.mistake})" if attempt.mistake else ""
        lines.append(f"- {number}, {short(when)}: {told}{about}, {attempt.seconds:.2f} s")
    head = _("Attempts at *{title}*:").format(title=spell.title) + (
        _(" (the last {most})").format(most=NEWEST) if len(made) > NEWEST else ""
    )
    return f"{head}\n\n" + "\n".join(lines)


def tensors(spell: Spell, left: Namespace) -> str:
    """What the last run of a spell left behind."""
    lines = seen_lines(left)
    if not lines:
        return _("The last run of *{title}* left no tensor and no module behind.").format(
            title=spell.title
        )
    told = _("What the last run of *{title}* left behind, on the CPU unless it says so:").format(
        title=spell.title
    )
    return f"{told}\n\n" + fenced("\n".join(lines))


def the_map(status: Status) -> str:
    """The map in words: every place, where its ways lead."""
    names, lines = status.names, []
    for place in status.places:
        if not place.visited:
            continue
        ways = [
            _("{way} to {place}").format(
                way=SPEECH.way(direction),
                place=definite(names[to]) if to in names else _("a place not seen yet"),
            )
            + ("" if open else _(" (shut)"))
            for direction, to, open in place.exits
        ]
        here = _(", **where you are**") if place.here else ""
        spell = _(" A spell waits there.") if place.spell_waiting else ""
        told = f": {'; '.join(ways)}." if ways else "."
        lines.append(f"- {place.name}{here}{told}{spell}")
    unseen = [definite(place.name) for place in status.places if not place.visited]
    parts = [
        _("The map of {stage_title}:").format(stage_title=status.stage_title),
        "\n".join(lines),
    ]
    if unseen:
        parts.append(_("Seen from afar: ") + ", ".join(unseen) + ".")
    return "\n\n".join(parts)


def starts(pins: Sequence[Pin], world: World) -> str:
    """The places to which 'restore' leads."""
    lines = []
    for number, pin in enumerate(pins, 1):
        stage = world.stages.get(pin.stage)
        title = stage.title if stage is not None else pin.stage
        when = moment(pin.at)
        lines.append(
            _("{number}. {title}, as you came there ({when})").format(
                number=number, title=title, when=short(when)
            )
        )
    return "\n".join(lines)
