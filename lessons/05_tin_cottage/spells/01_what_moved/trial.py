"""Whether the player knows what `backward` leaves, where, and how much of it."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def test_kept(spell, program):
    """`kept`: which of the two is a leaf"""
    predicted(
        spell.kept,
        program.lines[0],
        "kept",
        mistakes={**NOT_YET, "every-joint-a-leaf": lambda a: list(a)[1] is True},
    )


def test_slope(spell, program):
    """`slope`: how the axe answers the shoulder"""
    predicted(
        spell.slope,
        program.lines[1],
        "slope",
        mistakes={
            **NOT_YET,
            "last-joint-only": lambda a: float(a) == 12,
            "value-for-slope": lambda a: float(a) in (6, 36),
        },
    )


def test_unasked(spell, program):
    """`unasked`: whether the lantern has no gradient"""
    predicted(
        spell.unasked,
        program.lines[2],
        "unasked",
        mistakes={**NOT_YET, "lantern-answers": lambda a: a is False},
    )


def test_again(spell, program):
    """`again`: the shoulder's gradient after a second stroke"""
    predicted(
        spell.again,
        program.lines[3],
        "again",
        mistakes={
            **NOT_YET,
            "written-over": lambda a: float(a) in (12, 24),
        },
    )


def test_ways(spell, program):
    """`ways`: the hip's gradient, which comes by three ways"""
    predicted(
        spell.ways,
        program.lines[4],
        "ways",
        mistakes={
            **NOT_YET,
            "one-way-only": lambda a: float(a) in (2, 3, 4, 5),
            "value-for-slope": lambda a: float(a) == 10,
        },
    )


def test_twice(spell, program):
    """`twice`: what a second `backward` through the same graph says"""
    predicted(
        spell.twice,
        program.lines[5],
        "twice",
        mistakes={**NOT_YET, "graph-kept": lambda a: isinstance(a, (int, float))},
    )


def test_weighed(spell, program):
    """`weighed`: the hip's gradient, from two strides with weights"""
    predicted(
        spell.weighed,
        program.lines[6],
        "weighed",
        mistakes={
            **NOT_YET,
            "weights-ignored": lambda a: float(a) == 3,
            "still-rusty": lambda a: float(a) in (19, 26),
        },
    )
