"""What is said in a review, as Markdown: the question, what came out, when it comes back.

Pure: cards, runs and times in, text out.
"""

from __future__ import annotations

from datetime import timedelta

from oz.session.words import fenced
from oz.study.cards import Card, CardKind
from oz.study.schedule import Answer
from oz.study.truth import Ran
from oz.tongue import _, ngettext

HOW = {
    CardKind.PREDICT: _(
        "(Type what it prints, on one line: with `;` between where it prints several, and `error` "
        "where it raises. `skip` leaves the question, `enough` ends the review.)"
    ),
    CardKind.MEND: _(
        "(Type the line that is marked `# mend` as it should be. `skip` leaves the question, "
        "`enough` ends the review.)"
    ),
}
SHORT = _("(Your answer, or `skip`, `enough`, `help`.)")
HELP = _(
    "A question is open, and what you type is its answer, word for word. Only `skip` (leaves the "
    "question for another time), `enough` or `stop` (ends the review), `help` and `quit` are not; "
    "an empty line shows the question again. Dorothy waits: what is meant for the story, such as "
    "`look`, is not counted as an answer."
)
NOT_AN_ANSWER = _(
    "A question is open, so `{line}` is neither done nor counted. `enough` ends the review, `skip` "
    "leaves this question; anything else is its answer."
)
RUNNING = _("Your last answer is still being run.")
SKIPPED = _("Left for another time.")
EMPTY = _(
    "There is nothing to review yet. An idea comes into the deck when its spell has passed, and "
    "comes back as a small question when it is about to be forgotten."
)
NO_CARDS = _("These lessons have no questions for a review.")
NO_STAGE = _(
    "There is no stage `{word}` here. `review all` asks of every stage, or one of: {known}."
)
NONE_OF_STAGE = _(
    "Nothing of *{stage}* is in the deck yet. An idea comes into it when its spell has passed."
)
NOT_DUE = _("Nothing is about to be forgotten. The next of {count} comes back {when}.")
PRACTISE = _("`review all` practises anyway, and `review {stage}` only what *{title}* taught.")
OFF = _("The story will not speak of reviews any more in this journey. (`review on` lets it.)")
ON = _("When ideas are about to be forgotten, the story says so, once a sitting.")
UNKNOWN = _("That could not be run, so it is not counted: {why}")
UNSAVED = _("That could not be saved, so it is not counted. {why}")
GONE = _("That question is closed.")


def reminder(due: int, most: int) -> str:
    """The quiet line, when `due` cards are due, of which a review asks `most`."""
    if due == 1:
        return _("One idea is about to be forgotten: `review` takes a minute.")
    if due > most:
        told = _("{due} ideas are about to be forgotten: `review` asks {most}, in two minutes.")
        return told.format(due=due, most=most)
    return _("{due} ideas are about to be forgotten: `review` takes two minutes.").format(due=due)


def question(card: Card, stage: str, number: int, of: int) -> str:
    """The card as it is asked; `stage`: the title of the one that taught it."""
    head = _("**Question {number} of {of}** · {stage}").format(number=number, of=of, stage=stage)
    return f"{head}\n\n{card.question}\n\n{fenced(card.program, 'python')}"


def predicted(answer: str, ran: Ran, rated: Answer) -> str:
    """What a prediction came to."""
    came = _came(ran)
    if rated is Answer.RIGHT:
        return _joined(_("Right:"), came)
    said = _("You said {answer}.").format(answer=_code(answer))
    if rated is Answer.NEARLY:
        return _joined(_("Nearly: the value is right, and printed in another way. {said} As it is,")
                       .format(said=said), came)  # fmt: skip
    return _joined(_("Not so. {said} As it is,").format(said=said), came)


def mended(card: Card, ran: Ran, wanted: Ran, rated: Answer) -> str:
    """What a line that was typed anew came to."""
    if rated is Answer.RIGHT:
        return _joined(_("Right: with your line"), _came(ran))
    way = _("One way to write the line is {line}.").format(line=_code(card.mended_line))
    if ran.failed:
        return f"{_('Not so.')} {ran.failed.strip()}\n\n{way}"
    told = _joined(_("Not so: with your line"), _came(ran))
    return f"{told}\n\n{_joined(_('Mended,'), _came(wanted))}\n\n{way}"


def after(card: Card, back: timedelta) -> str:
    """What is said after every answer: why, where to look it up, when it comes back."""
    names = ", ".join(_("`reference {name}`").format(name=name) for name in card.about)
    tail = _("(To look up: {names}. It comes back {when}.)").format(names=names, when=soon(back))
    return f"{card.why}\n\n{tail}"


def over(right: int, answered: int, left: int, back: timedelta | None) -> str:
    """The end of a review. `left`: how many are due still; `back`: until the next one is."""
    if not answered:
        told = _("The review is over, and nothing was counted.")
    else:
        told = _("The review is over. Right: {right} of {answered}.").format(
            right=right, answered=answered
        )
    if left:
        more = ngettext(
            "{left} idea is due still: `review` goes on.",
            "{left} ideas are due still: `review` goes on.",
            left,
        ).format(left=left)
        return f"{told} {more}"
    if back is not None:
        return _("{told} The next idea comes back {when}.").format(told=told, when=soon(back))
    return told


def soon(time: timedelta) -> str:
    """When it is, so long from now: ``in 3 days``."""
    hours = time / timedelta(hours=1)
    if hours < 1:
        return _("within the hour")
    if hours < 18:
        count = round(hours)
        return ngettext("in {count} hour", "in {count} hours", count).format(count=count)
    days = max(1, round(hours / 24))
    if days == 1:
        return _("tomorrow")
    if days < 60:
        return _("in {days} days").format(days=days)
    return _("in {months} months").format(months=round(days / 30.4))


def _came(ran: Ran) -> str:
    """What a program did, to follow on other words: ``it prints `3`.``"""
    raised = _("it raises {error}.").format(error=_code(ran.error)) if ran.error else ""
    if not ran.printed.strip():
        return raised or _("it prints nothing.")
    if "\n" in ran.printed:
        shown = f"{_('it prints')}\n\n{fenced(ran.printed)}"
    else:
        shown = _("it prints {text}.").format(text=_code(ran.printed))
    return f"{shown}\n\n{_('and then')} {raised}" if raised else shown


def _joined(first: str, then: str) -> str:
    return f"{first} {then}"


def _code(text: str) -> str:
    """`text` as code within a line."""
    text = " ".join(text.split())
    return f"`` {text} ``" if "`" in text else f"`{text}`"
