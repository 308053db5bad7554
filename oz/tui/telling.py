"""How each event of a session is set: speakers apart, real output in a panel, code as code.

Turns events into blocks. Used by the story and by the desk; knows no widget.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import replace

from textual.content import Content

from oz.crucible.model import ErrorPage, Namespace, Output, Picture, Raised
from oz.crucible.pages import frame_lines, line_words
from oz.crucible.seen import seen_lines
from oz.session.model import Conjured, HintShown, Judged, SessionEvent
from oz.spells.feedback import HEADS
from oz.spells.model import Verdict
from oz.story.events import Journalled, Said, Scored, Voice
from oz.story.model import World
from oz.tongue import _, ngettext, pgettext
from oz.tui.pictures import picture_blocks
from oz.tui.typeset import Block, code_block, plain, typeset, with_margin

SPEAKERS = 5
"""Colours that characters are given."""


STATES = {
    "open": pgettext("a spell", "open"),
    "tried": _("tried"),
    "passed": _("passed"),
    "closed": _("closed"),
}
"""How a spell stands, in a word."""


def tell(event: SessionEvent, world: World) -> list[Block]:
    """The blocks of one event; none for what a front end shows in another way."""
    match event:
        case Said():
            return _said(event, world)
        case Scored(points=points, reason=reason):
            sign = "+" if points >= 0 else "−"
            told = ngettext("{count} point", "{count} points", abs(points))
            told = told.format(count=abs(points))
            return [Block(plain(f"{sign}{told} {reason}".rstrip(), "score"))]
        case Journalled():
            return [Block(plain(_("Noted in the journal."), "score"))]
        case Conjured():
            return _conjured(event, world)
        case HintShown():
            return hint(event)
        case Picture():
            return picture_blocks([event])
        case Output(text=text):
            return code_block(text.rstrip("\n"))
        case Raised(page=page):
            return error_page(page)
        case Judged(verdict=verdict, attempt=attempt):
            return judged(verdict, attempt)
        case _:
            return []


def _conjured(shown: Conjured, world: World) -> list[Block]:
    title = name_of(shown.thing, world) + (_(" (it did not work)") if shown.failed else "")
    text = shown.text.rstrip("\n")
    if not text and shown.pictures:
        return picture_blocks(shown.pictures)
    printed = code_block(text or _("(nothing was printed)"), title=title)
    return [*printed, *picture_blocks(shown.pictures)]


def typed(line: str) -> list[Block]:
    """What the player typed."""
    return [Block(plain(line, "typed"), margin="› ", margin_role="cue")]


def name_of(thing: str, world: World) -> str:
    """A thing's or character's name as a title."""
    known = world.things.get(thing)
    if known is None and "." in thing:
        return thing  # a name of the API, which stands as it is
    name = known.name if known is not None else thing.rpartition("/")[2].replace("-", " ")
    return name[:1].upper() + name[1:]


def speaker_role(who: str) -> str:
    """The same colour for a character wherever it speaks."""
    return f"speaker-{zlib.crc32(who.encode()) % SPEAKERS}"


def _said(said: Said, world: World) -> list[Block]:
    match said.voice:
        case Voice.TITLE:
            return [Block(plain(said.text.strip(), "place"), gap=2)]
        case Voice.SPEECH if said.who is not None:
            role = speaker_role(said.who)
            name = Block(plain(name_of(said.who, world), role), margin="▎ ", margin_role=role)
            words = with_margin(typeset(said.text), "▎ ", role)
            return [name, *(replace(block, gap=0) for block in words[:1]), *words[1:]]
        case Voice.PROSE | Voice.SPEECH:
            return typeset(said.text)
        case voice:
            return typeset(said.text, voice.value)


def hint(shown: HintShown) -> list[Block]:
    """A hint with its number, so that the player knows how many are left."""
    head = Block(
        plain(_("Hint {number} of {of}").format(number=shown.number, of=shown.of), "heading")
    )
    return [head, *typeset(shown.text)]


# --- the end of a cast ------------------------------------------------------------------------


def judged(verdict: Verdict, attempt: int, announced: Iterable[str] = ()) -> list[Block]:
    """The verdict: a head, the checks ticked in words and signs, the message, the error.

    Of one that passed the head alone: its checks (`checks_of`) are read after the story.
    """
    sign, role = ("✓", "ok") if verdict.passed else ("✗", "bad")
    passed = sum(check.passed for check in verdict.checks)
    names = list(announced) or [check.name for check in verdict.checks]
    count = (
        _("{passed} of {count} checks").format(passed=passed, count=len(names))
        if names
        else _("no check was reached")
    )
    head = Content.assemble(
        (f"{sign} {HEADS[verdict.reason]}", role),
        (
            _("   {count} · attempt {attempt} · {seconds:.2f} s").format(
                count=count, attempt=attempt, seconds=verdict.seconds
            ),
            "cue",
        ),
    )
    if verdict.passed:
        return [Block(head)]
    done = {check.name: check for check in verdict.checks}
    failed = [name for name in names if name in done and not done[name].passed]
    rest = [name for name in names if name not in failed]
    # What is to be put right comes first, so that it is read without scrolling.
    blocks = [Block(head), *checks(verdict, failed)]
    message = verdict.message
    if verdict.error is not None and verdict.error.frames:
        # The page below shows the line, and those that led to it.
        message = message.replace(line_words(verdict.error.frames[-1]), "")
    if message:
        blocks += typeset(message)
    if verdict.error is not None:
        blocks += error_page(verdict.error, said=verdict.message)
    return [*blocks, *checks(verdict, rest)]


def checks_of(verdict: Verdict, announced: Iterable[str] = ()) -> list[Block]:
    """All checks of a verdict, ticked."""
    return checks(verdict, list(announced) or [check.name for check in verdict.checks])


def checks(verdict: Verdict, names: Iterable[str]) -> list[Block]:
    """One line for each check: passed, not yet, or not reached."""
    done = {check.name: check for check in verdict.checks}
    lines = []
    for number, name in enumerate(names):
        check = done.get(name)
        if check is None:
            lead, role = _("·  not reached  "), "wait"
        elif check.passed:
            lead, role = _("✓  ok           "), "ok"
        else:
            lead, role = _("✗  not yet      "), "bad"
        told = typeset(name)[0].content if name else Content("")
        lines.append(Block(told, lead=plain(lead, role), gap=0 if number else 1))
    return lines


def error_page(page: ErrorPage, *, said: str = "") -> list[Block]:
    """An exception: the player's frames with carets, then what it says in plain words."""
    lines: list[str] = []
    for frame in page.frames:
        place = (
            ""
            if frame.function in {"", "<module>"}
            else _(" in {function}").format(function=frame.function)
        )
        lines.append(_("line {line}{place}").format(line=frame.line, place=place))
        lines += [f"    {shown}" for shown in frame_lines(frame) if shown]
    lines.append(f"{page.type}: {page.message}" if page.message else page.type)
    blocks = code_block("\n".join(lines))
    if page.shapes:
        blocks.append(Block(plain(_("The shapes that met: ") + ", ".join(page.shapes), "cue")))
    if page.explanation and page.explanation not in said:
        blocks += typeset(page.explanation)
    if page.inner:
        blocks += code_block(page.inner.rstrip("\n"), title=_("the original traceback"))
    return blocks


def namespace(event: Namespace) -> list[Block]:
    """What the program left behind, a line for each name."""
    lines = seen_lines(event)
    return code_block("\n".join(lines), title=_("What your program left behind")) if lines else []
