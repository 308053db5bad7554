"""What a card's program really does: the job that runs it, and what the run said.

The program runs in the crucible, through `oz.trial.review`, which also compares a prediction with
what was printed. Knows no crucible: whoever has one runs the job and hands over its events.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from oz.crucible.model import Event, Finished, Job, Limits, Mode, Output, Raised, Reason
from oz.study.cards import PREAMBLE

_LIMITS = Limits(seconds=15.0, output=64 << 10)


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run of a card's program came to."""

    printed: str
    """What it printed, without the last line end."""
    error: str = ""
    """``ValueError: …`` where it raised; empty: it came to its end."""
    right: bool = False
    """Whether the prediction that was handed over says the same."""
    nearly: bool = False
    """It does, but for the ``tensor(…)`` around the value."""
    failed: str = ""
    """Why nothing came of it, in words: it took too long, or was stopped, or died. Then nothing
    else holds."""
    unknown: bool = False
    """It failed, and not by its own doing."""

    def prints_like(self, other: Ran) -> bool:
        """Whether both ended well and printed the same, spaces aside."""
        if self.error or other.error or self.failed or other.failed:
            return False
        return _lines(self.printed) == _lines(other.printed)

    @property
    def shown(self) -> str:
        """What the player is shown of it."""
        return "\n".join(part for part in (self.printed, self.error or self.failed) if part)


def job(program: str, answer: str | None = None, title: str = "") -> Job:
    """The job that runs `program`, a card's, and compares the prediction `answer` with it."""
    whole = f"{PREAMBLE}\n{program}"
    source = f"from oz.trial.review import tell\n\ntell({whole!r}, {answer!r})\n"
    return Job(Mode.CONJURE, source=source, limits=_LIMITS, title=title, show=False)


def heard(events: Iterable[Event]) -> Ran:
    """What the events of such a job say."""
    text, why = "", "it ended without a word"
    for event in events:
        if isinstance(event, Output) and event.stream == "stdout":
            text += event.text
        elif isinstance(event, Raised):
            why = f"{event.page.type}: {event.page.message}"
        elif isinstance(event, Finished) and event.reason is not Reason.RAN:
            lost = event.reason in (Reason.STOPPED, Reason.CRASH)
            return Ran("", failed=event.message or why, unknown=lost)
    try:
        said = json.loads(text)
        return Ran(
            str(said["printed"]).rstrip("\n"),
            str(said["error"]),
            said["right"] is True,
            said["nearly"] is True,
        )
    except (ValueError, TypeError, KeyError):
        return Ran("", failed=why, unknown=True)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.strip().split("\n")]
