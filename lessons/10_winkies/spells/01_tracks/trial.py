"""Whether the player knows when a hook is called, what it is handed, and what it can do."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def test_many(spell, program):
    """`many`: how many tracks one walk leaves"""
    predicted(
        spell.many,
        program.lines[0],
        "many",
        mistakes={
            **NOT_YET,
            "whole-net": lambda a: float(a) == 4,
            "both-nets": lambda a: float(a) == 6,
        },
    )


def test_first(spell, program):
    """`first`: what the first track says"""
    predicted(
        spell.first,
        program.lines[1],
        "first",
        mistakes={
            **NOT_YET,
            "shape-of-weight": lambda a: tuple(a[1]) == (4, 6),
            "way-round": lambda a: tuple(a[1]) == (5, 4),
        },
    )


def test_by_forward(spell, program):
    """`by_forward`: what is heard of `.forward(…)`"""
    predicted(
        spell.by_forward,
        program.lines[2],
        "by_forward",
        mistakes={**NOT_YET, "forward-is-no-call": lambda a: float(a) == 1},
    )


def test_before_the_crash(spell, program):
    """`before_the_crash`: how many got through before the one that did not"""
    predicted(
        spell.before_the_crash,
        program.lines[3],
        "before_the_crash",
        mistakes={
            **NOT_YET,
            "crash-is-told": lambda a: float(a) == 3,
            "crash-tells-nothing": lambda a: float(a) == 0,
        },
    )


def test_swept(spell, program):
    """`swept`: whether a hook can change what goes on"""
    predicted(
        spell.swept,
        program.lines[4],
        "swept",
        mistakes={**NOT_YET, "replaced": lambda a: a is False},
    )


def test_after_remove(spell, program):
    """`after_remove`: what is left when the handles are removed"""
    predicted(
        spell.after_remove,
        program.lines[5],
        "after_remove",
        mistakes={**NOT_YET, "handles": lambda a: float(a) > 0},
    )


def test_passing(spell, program):
    """`passing`: the gradient as it passes the leg"""
    predicted(
        spell.passing,
        program.lines[6],
        "passing",
        mistakes={**NOT_YET, "at-the-leg": lambda a: float(a) in (36, 18, 3)},
    )
