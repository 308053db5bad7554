"""Aunt Em's scales: what the two comparisons print."""

from oz.trial import mistake, predicted
from oz.trial.predict import meaning


def look_at_the_kind_of_answer(spell):
    """Recognise answers that are no answer, before either is judged."""
    answers = [meaning(spell[name]) for name in ("book", "scales")]
    if all(type(answer) is bool for answer in answers):
        if answers == [True, False]:
            mistake("the-other-way-about")
        return
    if None in answers:
        mistake("not-yet")
    mistake("the-sum-not-the-question")


def test_book(spell, program):
    """`book`: what Python's own numbers say"""
    look_at_the_kind_of_answer(spell)
    predicted(spell.book, program.lines[0], "book", mistakes={"book-is-exact": True})


def test_scales(spell, program):
    """`scales`: what the scales say"""
    look_at_the_kind_of_answer(spell)
    predicted(
        spell.scales, program.lines[1], "scales", mistakes={"scales-as-fine-as-the-book": True}
    )
