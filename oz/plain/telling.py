"""Each event of a session as lines of text, in the order in which they come.

Knows the page and the events; asks the session nothing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from oz.crucible.model import (
    Check,
    Dropped,
    Finished,
    Graph,
    Metric,
    Namespace,
    Output,
    Picture,
    Progress,
    Started,
    Warned,
)
from oz.plain.page import Page
from oz.plain.pictures import summary
from oz.plain.remnants import Remnants
from oz.plain.training import Training
from oz.session import Conjured, HintShown, Judged, SessionEvent
from oz.spells.feedback import HEADS, hard_breaks, place
from oz.spells.model import Verdict
from oz.story.events import Journalled, Said, Scored, StageBegun, StageFinished, Voice
from oz.story.model import World
from oz.tongue import _, ngettext


class Teller:
    """Tells events on a page."""

    def __init__(self, page: Page, world: World, predicting: Callable[[], bool]) -> None:
        """`predicting`: the open desk is one where answers are given, and no code."""
        self._page = page
        self._predicting = predicting
        self._world = world
        self._training = self._new_training()
        self.remnants = Remnants()
        """What can be asked about later."""
        self._described = False
        """It was said, in this sitting, that a picture can be described."""

    def tell(self, event: SessionEvent) -> None:
        """One event; those that a page of words has nothing for are passed over."""
        page = self._page
        match event:
            case Said():
                self._said(event)
            case StageBegun(stage=stage):
                page.title(self._world.stages[stage].title)
            case StageFinished(stage=stage):
                page.title(_("The end of {title}.").format(title=self._world.stages[stage].title))
            case Scored(points=points, reason=reason):
                told = ngettext("{count} point", "{count} points", points).format(count=points)
                page.line(f"({told} {reason}".rstrip() + ")")
            case Journalled():
                page.line(_("(Noted in the journal.)"))
            case Conjured():
                self._conjured(event)
            case HintShown(number=number, of=of, text=text):
                page.block(
                    _("hint {number} of {of}: {text}").format(number=number, of=of, text=text)
                    if number
                    else text
                )
                if 0 < number == of:
                    page.block(_("(That is the last one. `solution` shows a model answer.)"))
            case Judged(verdict=verdict, attempt=attempt):
                self._judged(verdict, attempt)
            case _:
                self._ran(event)

    def _said(self, said: Said) -> None:
        # Who speaks is not put before a speech: its own words say so ('says Boq').
        if said.voice is Voice.TITLE:
            self._page.title(said.text)
            return
        # What is bold in a cue can be typed, and is marked as typed words are everywhere.
        self._page.block(said.text, strong="`" if said.voice is Voice.CUE else "")

    def _conjured(self, shown: Conjured) -> None:
        page = self._page
        if shown.thing not in self._world.things:  # an example of the book, not a thing seen
            page.block(_("It prints:"))
        if shown.text or not shown.pictures:
            page.code(shown.text or _("(nothing was printed)"))
        for picture in shown.pictures:
            self._picture(picture)
        if shown.failed:
            page.block(_("(It did not work.)"))

    def _picture(self, picture: Picture) -> None:
        self.remnants.take(picture)
        self._page.end_stream()
        name = picture.name or "picture"
        how = "" if self._described else _(" `describe {name}` tells more.").format(name=name)
        self._described = True
        self._page.line(
            _("(A picture, `{name}`: {summary}.{how})").format(
                name=name, summary=summary(picture), how=how
            )
        )

    def _ran(self, event: SessionEvent) -> None:
        """What a run says while it goes on."""
        page = self._page
        match event:
            case Output(text=text):
                if not (text := without_bars(text)):
                    return
                if not page.streaming and self._predicting():
                    page.block(_("This is what it really prints:"))
                page.stream(text)
            case Dropped() | Warned():
                page.end_stream()
                page.block(_aside(event))
            case Metric() | Progress():
                if told := self._training.take(event, time.monotonic()):
                    page.line(told)
            case Picture():
                self._picture(event)
            case Namespace() | Graph() | Started():
                self.remnants.take(event)
            case Check(name=name, passed=passed):
                self._end_training()
                mark = _("ok") if passed else _("not yet")
                page.line(f"{mark}: {name}")
            case Finished():
                self._end_training()
                page.end_stream()

    def _end_training(self) -> None:
        told, over, self._training = self._training.end(), self._training, self._new_training()
        self.remnants.curve = over.described() or self.remnants.curve
        if told:
            self._page.end_stream()
            self._page.block(told)

    def _new_training(self) -> Training:
        page = self._page
        return Training(live=page.terminal, ascii_only=not page.speaks("▁█"))

    def _judged(self, verdict: Verdict, attempt: int) -> None:
        self._page.end_stream()
        done = sum(check.passed for check in verdict.checks)
        count = (
            _("{done} of {count} checks, ").format(done=done, count=len(verdict.checks))
            if verdict.checks
            else ""
        )
        self._page.block(
            _("{HEADS} ({count}attempt {attempt}, {seconds:.2f} s)").format(
                HEADS=HEADS[verdict.reason], count=count, attempt=attempt, seconds=verdict.seconds
            )
        )
        self._page.block(hard_breaks(message(verdict)))
        # The lines of a prediction are not those that its program is shown with.
        told = self._predicting() or _("line {line}").format(line=verdict.line) in verdict.message
        if verdict.line is not None and not told:
            self._page.block(_("Look at {place}.").format(place=place(verdict)))


def _aside(event: Dropped | Warned) -> str:
    if isinstance(event, Dropped):
        return _("({bytes} bytes more were printed and are not shown.)").format(bytes=event.bytes)
    at = _(" in line {line}").format(line=event.line) if event.line else ""
    return f"`{event.category}`{at}: {event.message}"


_BAR = re.compile(r"\n?\r[^\r\n]*\d%\|[^\r\n|]*\|[^\r\n]*(?:\n(?!\r))?|\n?\x1b\[A|\r {8,}(?=\r|$)")


def without_bars(text: str) -> str:
    """What a program printed, less the states of progress bars: how far they are is told in lines,
    and a bar that is drawn over and over is no help to somebody who listens."""
    return _BAR.sub("", text) if "\r" in text or "\x1b[A" in text else text


def message(verdict: Verdict) -> str:
    """What the verdict says. Where it is about the only check that failed, its name was told a
    moment ago; where several failed, it is about the first of them."""
    failed = [check for check in verdict.checks if not check.passed]
    lead, _sep, rest = verdict.message.partition("\n\n")
    if not failed or lead.strip() != failed[0].name.strip():
        return verdict.message
    return rest if len(failed) == 1 else _("First: {message}").format(message=verdict.message)
