"""Whether the player knows what a leak does to a number."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def test_both(spell, program):
    """`both`: how many mice are on both sides when rows are held back"""
    predicted(
        spell.both,
        program.lines[0],
        "both",
        mistakes={**NOT_YET, "rows-for-mice": lambda a: float(a) in (0, 1, 2, 3)},
    )


def test_heart(spell, program):
    """`heart`: how often the rule is right about mice it was made from"""
    predicted(
        spell.heart,
        program.lines[1],
        "heart",
        mistakes={**NOT_YET, "nothing-to-know": lambda a: 0 <= float(a) < 1},
    )


def test_strangers(spell, program):
    """`strangers`: how often it is right about mice it has not met"""
    predicted(
        spell.strangers,
        program.lines[2],
        "strangers",
        mistakes={
            **NOT_YET,
            "no-longer-by-heart": lambda a: float(a) == 1,
            "one-of-two": lambda a: 0 <= float(a) < 1,
        },
    )


def test_honest(spell, program):
    """`honest`: the stranger against the average of the known"""
    predicted(
        spell.honest,
        program.lines[3],
        "honest",
        mistakes={
            **NOT_YET,
            "stranger-counted": lambda a: float(a) == 9,
            "average-itself": lambda a: float(a) in (22, 25, 34),
        },
    )


def test_leaky(spell, program):
    """`leaky`: the stranger against an average that she is part of"""
    predicted(
        spell.leaky,
        program.lines[4],
        "leaky",
        mistakes={
            **NOT_YET,
            "stranger-not-counted": lambda a: float(a) == 12,
            "average-itself": lambda a: float(a) in (22, 25, 34),
        },
    )


def test_alone(spell, program):
    """`alone`: the stranger against herself"""
    predicted(
        spell.alone,
        program.lines[5],
        "alone",
        mistakes={
            **NOT_YET,
            "mean-not-spread": lambda a: str(a) == "nan",
            "her-own-average": lambda a: float(a) != 0,
        },
    )
