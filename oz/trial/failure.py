"""How a check fails: an assertion that carries the tutor's words.

Knows neither torch nor pytest, so that anything on the child side may raise or read it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from oz.trial.phrases import said

Condition = bool | Callable[[Any], object]
"""When a known mistake applies: a truth, or a function of the value that came."""

Mistakes = Mapping[str, Condition]


class CheckFailed(AssertionError):
    """A check did not hold.

    `message` is markdown (empty when only the mistake's own words are to be said), `mistake` the
    id of a known mistake, `subject` the expression of the player's that was judged, for example
    ``lay(3)``.
    """

    def __init__(self, message: str, mistake: str | None = None, subject: str = "") -> None:
        message = said(message)
        super().__init__(message)
        self.message = message
        self.mistake = mistake
        self.subject = subject
        self.line: int | None = None


class MissingName(CheckFailed, AttributeError):
    """The player's program does not define what the trial asks for.

    Also an `AttributeError`, so that ``hasattr(spell, "name")`` answers instead of failing.
    """


def recognise(mistakes: Mistakes, actual: object) -> str | None:
    """Id of the first known mistake whose condition holds for `actual`.

    Asked only after a check has failed, so a right answer is never refused by a condition that is
    too wide. A condition that raises does not hold.
    """
    for id, condition in mistakes.items():
        with contextlib.suppress(Exception):  # it looks at an unknown value: failing means 'no'
            holds = condition(actual) if callable(condition) else condition
            if bool(holds):
                return id
    return None
