"""What the game says of a run: the first failing check leads, known mistakes get their words, and
nothing is a pass unless all of it was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from oz.crucible.model import (
    Announced,
    Check,
    ErrorPage,
    Event,
    Finished,
    Frame,
    Output,
    Raised,
    Reason,
    Started,
)
from oz.spells.feedback import hard_breaks, markdown, place, plain, stripped, verdict
from oz.spells.model import Kind, Mistake, Question, Spell, Verdict

HERE = Path("/lessons")
SPELL = Spell(
    id="munchkins/first-stones",
    stage="munchkins",
    title="Seven stones",
    kind=Kind.CAST,
    goals=(),
    briefing="",
    hints=(),
    worth_knowing="",
    reference=(),
    mistakes=(
        Mistake("off-by-one", "`torch.arange(1, 7)` stops before 7."),
        Mistake("no-cuda", "This machine has no GPU.", r"Found no NVIDIA driver|cuda"),
        Mistake("endless", "The loop never ends.", r"^timeout:"),
    ),
    questions=(),
    seconds=10,
    memory=1 << 30,
    folder=HERE,
    starter=HERE / "starter.py",
    solution=HERE / "solution.py",
    trial=HERE / "trial.py",
    program=None,
    files=(),
    keep=(),
    right=(),
    wrong=(),
)
ROW = Check("`stones` is the row", True, seconds=0.01)
ANY = Check("any length", True)
BAD = Check("any length", False, "**shape** of `lay(3)` asked `(3,)`, yours `(4,)`", line=7)


def judged(reason: Reason, *events: Event, names: Sequence[str] = (ROW.name, ANY.name)) -> Verdict:
    """The verdict on a run that announced `names`, told `events` and ended for `reason`."""
    message = "" if reason is Reason.PASSED else "The crucible's own words."
    ends = Finished(reason, message, line=3, seconds=1.5)
    return verdict(SPELL, [Started(1), Announced(tuple(names)), Output("x"), *events, ends])


def test_a_pass() -> None:
    said = judged(Reason.PASSED, ROW, ANY)
    assert said.passed
    assert said == Verdict(SPELL.id, Reason.PASSED, (ROW, ANY), None, "", None, 1.5)


@pytest.mark.parametrize(
    "events",
    [
        (),
        (ROW,),
        (ANY, ROW),
        (ROW, ROW),
        (ROW, ANY, ANY),
        (ROW, BAD),
        (ROW, replace(ANY, name="another")),
    ],
    ids=[
        "none",
        "one missing",
        "other order",
        "twice",
        "one too many",
        "one failed",
        "another name",
    ],
)
def test_a_pass_needs_every_check_that_was_announced(events: tuple[Event, ...]) -> None:
    said = judged(Reason.PASSED, *events)
    assert not said.passed
    assert said.reason is Reason.NO_VERDICT
    assert "verdict" in said.message


def test_a_pass_of_nothing_is_none() -> None:
    assert judged(Reason.PASSED, names=()).reason is Reason.NO_VERDICT
    assert verdict(SPELL, []).reason is Reason.NO_VERDICT
    assert verdict(SPELL, [Announced((ROW.name,)), ROW]).reason is Reason.NO_VERDICT
    assert verdict(SPELL, [Finished(Reason.PASSED, "")]).reason is Reason.NO_VERDICT
    assert verdict(SPELL, [Finished(Reason.RAN, "")]).reason is not Reason.PASSED


def test_the_first_failing_check_leads() -> None:
    later = Check("later", False, "something else", line=9)
    said = judged(Reason.FAILED, ROW, BAD, later, names=(ROW.name, BAD.name, "later"))
    assert said.reason is Reason.FAILED
    assert said.message == ("any length\n\n**shape** of `lay(3)` asked `(3,)`, yours `(4,)`")
    assert said.line == 7
    assert said.mistake is None
    assert said.checks == (ROW, BAD, later)


def test_what_begins_on_the_line_is_named_where_nothing_raised() -> None:
    said = judged(Reason.FAILED, ROW, replace(BAD, defines="lay"))
    assert place(said) == "`lay`, line 7"
    assert place(judged(Reason.FAILED, ROW, BAD)) == "line 7"
    assert place(judged(Reason.FAILED, ROW, replace(BAD, line=None))) == ""


def test_code_with_its_carets_is_left_as_it_is() -> None:
    text = "`E`: no\nline 2:\n\n    f(*a, *b)\n      ^^\n\nso *no*"
    assert stripped(text) == "E: no\nline 2:\n\n    f(*a, *b)\n      ^^\n\nso no"
    assert "f(*a, *b)\n      ^^\n\nso" in hard_breaks(text)


def test_the_known_mistake_has_the_last_word() -> None:
    said = judged(Reason.FAILED, ROW, replace(BAD, mistake="off-by-one"))
    assert said.mistake == "off-by-one"
    assert said.message.endswith("yours `(4,)`\n\n`torch.arange(1, 7)` stops before 7.")


def test_a_mistake_that_a_later_check_recognised_is_named() -> None:
    said = judged(Reason.FAILED, replace(ROW, passed=False), replace(BAD, mistake="off-by-one"))
    assert said.mistake == "off-by-one"
    assert said.message.startswith(BAD.name)  # what differs and the words for it are of one check


def test_a_prediction_is_told_by_its_question_and_no_line() -> None:
    asked = replace(SPELL, kind=Kind.PREDICT, questions=(Question("hat", "the whole river"),))
    bad = Check("`hat`: the river", False, "**hat**: you said `3`", line=3, defines="hat")
    said = verdict(asked, (Announced((bad.name,)), bad, Finished(Reason.FAILED, "")))
    assert said.line is None
    assert place(said) == ""
    assert said.message == "`hat`: the river\n\n**hat**: you said `3`"
    bad = replace(bad, name="the river", message="you said `3`")
    said = verdict(asked, (Announced((bad.name,)), bad, Finished(Reason.FAILED, "")))
    assert said.message.startswith("Question 1: the river".replace("river", "whole river"))


def test_an_answer_left_open_does_not_lead_before_a_wrong_one() -> None:
    not_yet = Mistake("not-yet", "Lutta waits.")
    asked = replace(SPELL, kind=Kind.PREDICT, mistakes=(not_yet,))
    open_one = Check("`hat`: the river", False, "nothing is answered here yet", "not-yet")
    wrong = Check("`deep`: the river", False, "**deep**: you said `3`")
    names = Announced((open_one.name, wrong.name))
    said = verdict(asked, (names, open_one, wrong, Finished(Reason.FAILED, "")))
    assert said.mistake is None
    assert said.message.startswith(wrong.name)
    said = verdict(
        asked, (names, open_one, replace(wrong, passed=True), Finished(Reason.FAILED, ""))
    )
    assert said.mistake == "not-yet"


def test_a_mistake_can_show_as_an_error_in_a_check() -> None:
    page = ErrorPage("RuntimeError", "Found no NVIDIA driver on your system.", (Frame(4, "", "x"),))
    said = judged(Reason.FAILED, ROW, replace(BAD, error=page))
    assert said.mistake == "no-cuda"
    assert said.error is page
    assert said.message.endswith("This machine has no GPU.")


def test_an_error_in_the_program() -> None:
    page = ErrorPage(
        "RuntimeError",
        "Found no NVIDIA driver",
        (Frame(2, "", "f()"), Frame(5, "f", "x.to('cuda')", 0, 12)),
        explanation="Choose the device.",
        shapes=("x (2,) float32",),
    )
    said = judged(Reason.ERROR, Raised(page), names=())
    assert said.reason is Reason.ERROR
    assert said.line == 5
    assert said.error is page
    assert said.mistake == "no-cuda"
    assert said.message == (
        "`RuntimeError`: Found no NVIDIA driver\n"
        "line 5:\n\n"
        "    x.to('cuda')\n"
        "    ^^^^^^^^^^^^\n\n"
        "the shapes that met: `x (2,) float32`\n\n"
        "Choose the device.\n\n"
        "This machine has no GPU."
    )


@pytest.mark.parametrize(
    "reason",
    [Reason.TIMEOUT, Reason.MEMORY, Reason.CRASH, Reason.NO_VERDICT, Reason.OUTPUT, Reason.STOPPED],
)
def test_an_end_that_is_no_verdict_is_told_in_the_crucibles_words(reason: Reason) -> None:
    said = judged(reason, ROW)
    assert said.reason is reason
    assert said.message.startswith("The crucible's own words.")
    assert said.line == 3
    assert said.checks == (ROW,)
    assert said.mistake == ("endless" if reason is Reason.TIMEOUT else None)


def test_a_broken_trial_is_the_games_fault() -> None:
    broken = Check("the trial of this spell", False, "it has no checks", broken=True)
    said = judged(Reason.FAILED, broken, names=(broken.name,))
    assert said.reason is Reason.ERROR
    assert "trial of this spell is broken: it has no checks" in said.message
    assert "The fault is in the game, not in your program" in said.message
    assert said.line is None


def test_a_failure_that_names_no_check_is_no_verdict() -> None:
    assert judged(Reason.FAILED, ROW, ANY).reason is Reason.NO_VERDICT


def test_checks_come_in_the_order_announced() -> None:
    assert judged(Reason.FAILED, BAD, ROW).checks == (ROW, BAD)


class TestRenderings:
    def test_plain_is_read_aloud(self) -> None:
        said = judged(Reason.FAILED, ROW, replace(BAD, mistake="off-by-one"))
        assert plain(said) == (
            "  passed: stones is the row\n"
            "  failed: any length\n"
            "\n"
            "any length\n\n"
            "shape of lay(3) asked (3,), yours (4,)\n\n"
            "torch.arange(1, 7) stops before 7.\n"
            "\n"
            "Look at line 7."
        )

    def test_markdown_keeps_lines_apart(self) -> None:
        said = judged(Reason.FAILED, ROW, replace(BAD, message="**a** one\n**b** two"))
        text = markdown(said)
        assert text.startswith("- ✓ `stones` is the row\n- ✗ any length\n\nany length\n\n")
        assert "**a** one  \n**b** two" in text
        assert text.endswith("*Look at line 7.*")

    def test_a_pass_is_short(self) -> None:
        assert plain(judged(Reason.PASSED, ROW, ANY)) == (
            "  passed: stones is the row\n  passed: any length"
        )

    def test_marks_are_taken_off_and_code_is_left_alone(self) -> None:
        assert (
            stripped("**gradient of `w`** is *not* `a * b * c`") == "gradient of w is not a * b * c"
        )
        assert stripped("`**kwargs` and 2 * 3 * 4") == "**kwargs and 2 * 3 * 4"
        assert stripped("see [the notes](https://example.org/x)") == "see the notes"
        assert stripped("`` a`b ``") == "a`b"

    def test_line_ends_are_kept_and_lists_left_alone(self) -> None:
        assert hard_breaks("a\nb\n\nc\n- d\n- e") == "a  \nb\n\nc\n- d\n- e"
