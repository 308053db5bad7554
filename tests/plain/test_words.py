"""Markdown as plain words, and drafts and trainings told in them."""

from __future__ import annotations

import io
import math
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.crucible.model import Metric, Progress
from oz.crucible.training import Heard, closing, duration, sparkline, thin
from oz.plain import drafting
from oz.plain.markdown import render
from oz.plain.page import Page
from oz.plain.telling import without_bars
from oz.plain.training import EVERY, Training


def test_lines_of_a_paragraph_are_joined_and_wrapped() -> None:
    told = render("one\ntwo\nthree\n\nfour", 9)
    assert told == "one two\nthree\n\nfour"


def test_marks_that_say_something_stay() -> None:
    assert render("*now* and **then**, `a b`", 72) == "*now* and then, `a b`"
    assert render("type **go north**", 72, strong="`") == "type `go north`"


def test_short_code_is_not_broken_at_its_blanks() -> None:
    assert render("so we say `x = y + z` here", 20) == "so we say\n`x = y + z` here"


def test_lists_and_their_second_lines() -> None:
    told = render("- one two three\n- four\n\n1. five\n2. six", 12)
    assert told == "- one two\n  three\n- four\n\n1. five\n2. six"


def test_code_is_set_in_and_never_wrapped() -> None:
    told = render("look:\n\n```python\nif x:\n\n    print('a long line of it')\n```", 20)
    assert told == "look:\n\n    if x:\n\n        print('a long line of it')"


def test_line_ends_that_are_meant_stay() -> None:
    assert render("one  \ntwo", 72) == "one\ntwo"


def test_a_table_is_set_in_columns() -> None:
    assert render("| a | bb |\n|---|---|\n| ccc | d |", 72) == "a    bb\nccc  d"


def test_html_is_only_text() -> None:
    assert render("<b>bold</b> & so", 72) == "<b>bold</b> & so"


@given(st.text(max_size=200), st.integers(20, 80))
def test_any_text_can_be_told(text: str, width: int) -> None:
    told = render(text, width)
    assert not re.search("[\ue000\ue001]", told)


# --- drafts -------------------------------------------------------------------------------------

SOURCE = "a\nb\n\nc\n"


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("line 1 x", "x\nb\n\nc\n"),
        ("line 2     return 3", "a\n    return 3\n\nc\n"),
        ("line 4", "a\nb\n\n\n"),
        ("insert 1 x", "x\na\nb\n\nc\n"),
        ("insert 5 x", "a\nb\n\nc\nx\n"),
        ("delete 3", "a\nb\nc\n"),
        ("delete 2-4", "a\n"),
        ("DELETE 1 - 4", ""),
    ],
)
def test_lines_can_be_changed(typed: str, becomes: str) -> None:
    asked = drafting.parse(typed)
    assert asked is not None
    assert drafting.change(SOURCE, asked) == becomes


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("line 5 x", "There is no line 5: the draft has 4 lines."),
        ("insert 6 x", "There is no line 6: the draft has 4 lines."),
        ("delete 0", "There is no line 0: the draft has 4 lines."),
        ("delete 3-2", "The first number is the greater one."),
        ("line 1-2 x", "`line` takes one number."),
        ("delete 1 x", "`delete` takes a number, or two: `delete 3-5`."),
    ],
)
def test_what_cannot_be_changed_is_said(typed: str, why: str) -> None:
    asked = drafting.parse(typed)
    assert asked is not None
    with pytest.raises(drafting.Slip, match=re.escape(why)):
        drafting.change(SOURCE, asked)


@pytest.mark.parametrize("typed", ["line", "line x", "deleted 3", "lines 3 x", "insert x 3"])
def test_other_lines_are_no_change(typed: str) -> None:
    assert drafting.parse(typed) is None


def test_a_draft_is_read_with_its_numbers() -> None:
    assert drafting.numbered("a\n  b\n") == " 1  a\n 2    b"
    assert drafting.numbered("a\nb\nc\n", 2, 3) == " 2  b\n 3  c"


# --- what a program prints ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("plain\n", "plain\n"),
        ("\rloss:  10%|#         | 1/10 [00:00<00:01,  9.1it/s]", ""),
        ("\r  0%|          | 0/3\r100%|##########| 3/3 [00:00<00:00, 9it/s]\n", ""),
        ("\n\rbatch:  50%|##  | 1/2 [00:00<00:00, 9it/s]\x1b[A", ""),
        ("a\r\nb\rc\n", "a\r\nb\rc\n"),
        ("50%|of them\n", "50%|of them\n"),
    ],
)
def test_progress_bars_are_told_and_not_printed(printed: str, left: str) -> None:
    assert without_bars(printed) == left


# --- trainings ----------------------------------------------------------------------------------


def test_a_training_is_told_at_most_every_two_seconds() -> None:
    training = Training()
    told = [training.take(Metric(step, {"loss": 1.0}), now=step * 0.05) for step in range(200)]
    lines = [line for line in told if line]
    assert len(lines) == math.ceil(200 * 0.05 / EVERY)
    assert lines[0] == "step 0: loss 1"


def test_the_end_of_a_training_is_a_sentence_and_a_row_of_blocks() -> None:
    training = Training()
    for step in range(101):
        training.take(Metric(step, {"loss": 2.0 - step / 100}), now=0.0)
    assert training.end() == (
        "The loss began at 2 and ended at 1 after step 100; the lowest was 1, at step 100. "
        "At the end it was still falling.\n\n`██▇▇▇▆▆▆▆▅▅▅▄▄▄▃▃▃▃▂▂▂▁▁`"
    )


def test_what_is_no_number_is_told_at_once_and_once() -> None:
    training = Training()
    training.take(Metric(0, {"loss": 1.0}), now=0.0)
    bad = Metric(1, {"loss": math.nan}, nonfinite=("loss",), first=("loss",))
    assert "not a finite number from step 1 on: loss" in training.take(bad, now=0.1)
    assert training.take(bad, now=0.2) == ""


def test_where_nothing_was_trained_nothing_is_said() -> None:
    assert Training().end() == ""
    assert Training(live=False).end() == ""


def test_how_far_it_is_and_how_long_it_takes() -> None:
    training = Training()
    assert training.take(Progress("epochs", 0, 10), now=0.0) == "0% done"
    told = training.take(Progress("epochs", 2, 10), now=4.0)
    assert told == "20% done, about 16 s left"


def test_a_bar_within_a_bar_counts_for_its_share() -> None:
    heard = Heard()
    heard.take(Progress("epoch", 0, 4), 0.0)
    heard.take(Progress("batch", 5, 10, level=1), 2.0)
    assert heard.share == pytest.approx(0.125)
    assert heard.left(2.0) == pytest.approx(14.0)
    heard.take(Progress("epoch", 1, 4), 4.0)
    assert heard.share == pytest.approx(0.25)


def test_what_is_known_of_a_step_is_told_in_words() -> None:
    values = {"loss": 0.5, "grad_norm": 1.25, "lr": 0.01, "steps_per_second": 170.41, "memory": 1e9}
    assert Training().take(Metric(7, values, progress=0.5), now=0.0) == (
        "step 7: loss 0.5, gradient norm 1.25, learning rate 0.01, 170 steps a second, 50% done"
    )


def test_exploding_gradients_are_told_at_once() -> None:
    training = Training()
    for step in range(5):
        training.take(Metric(step, {"loss": 1.0, "grad/0.weight": 0.1}), now=0.0)
    told = training.take(Metric(5, {"loss": 9.0, "grad/0.weight": 50.0}), now=0.1)
    assert told.endswith("; the gradient of 0.weight is exploding")


def test_in_a_pipe_only_what_is_certain_is_told() -> None:
    """Which steps are heard depends on the machine; the first, the last and the first NaN not."""

    def told(steps: list[int], seconds: float) -> list[str]:
        training = Training(live=False)
        lines = [
            training.take(
                Metric(step, {"loss": 2.0 / (step + 1), "steps_per_second": 1 / seconds}), now=step
            )
            for step in steps
        ]
        bad = Metric(100, {"loss": math.nan}, nonfinite=("loss",), first=("loss",))
        lines.append(training.take(bad, now=200.0))
        return [line for line in (*lines, training.end()) if line]

    assert told([0, 1, 3, 50, 99], 0.1) == told(list(range(100)), 3.0)
    assert told([0, 99], 1.0) == [
        "step 100: the loss is not a finite number",
        "The loss began at 2 and ended at 0.02 after step 99.",
    ]


def test_a_thinned_curve_keeps_its_ends_and_its_spikes() -> None:
    points = [(float(n), 1.0) for n in range(10_000)]
    points[777] = (777.0, 50.0)
    thinned = thin(points, 200)
    assert len(thinned) <= 200
    assert (thinned[0], thinned[-1]) == (points[0], points[-1])
    assert points[777] in thinned
    assert thinned == sorted(thinned)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=60))
def test_any_losses_can_be_told(losses: list[float]) -> None:
    heard = Heard()
    for step, loss in enumerate(losses):
        heard.take(Metric(step, {"loss": loss}), 0.0)
    closing(heard)
    assert len(sparkline(losses, 10)) <= 10


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "1 s"), (59, "59 s"), (60, "1 min"), (200, "3 min 20 s"), (7500, "2 h 5 min")],
)
def test_times_are_told_in_words(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_transcripts_may_differ_in_what_another_processor_brings_out() -> None:
    from tests.plain.golden import _masked

    told = "> run\n\n    read: 0.988, they were [1, 2, 3]\n\nThe spell holds.\n"
    other = "> run\n\n    read: 0.9,   they were [7,  8]\n\nThe spell holds.\n"
    assert _masked(told) == _masked(other)
    assert _masked(told) != _masked(told.replace("read", "missed"))
    assert _masked(told) != _masked(told.replace("holds", "fails"))
    assert _masked("You have 3 points.") != _masked("You have 4 points.")


def test_a_training_is_described_to_who_asks_also_where_only_what_is_certain_was_told() -> None:
    told = Training(live=False, ascii_only=True)
    assert told.described() == ""
    for step in range(1, 21):
        told.take(Metric(step, {"loss": 1 / step}), step)
    assert "The loss began at 1 and ended at 0.05 after step 20" in told.described()
    assert told.described().endswith("`")


def test_a_page_that_takes_ascii_alone_is_written_in_letters(monkeypatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "ascii", "replace"))
    page = Page(echo=True)
    page.block("“So,” says Toto… · `a` → ok")
    page.code("│ ▁▃█")
    assert written.getvalue().decode() == '"So," says Toto~ . `a` > ok\n\n    | __#\n'
