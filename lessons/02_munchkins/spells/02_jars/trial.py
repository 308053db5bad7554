"""Whether the player knows what each jar will hold."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def test_filled(spell, program):
    """`filled`: 250 and 3 in bytes, and 10 more"""
    predicted(
        spell.filled,
        program.lines[0],
        "filled",
        mistakes={
            **NOT_YET,
            "jar-grows": lambda a: 260 in list(a),
            "jar-stops": lambda a: 255 in list(a),
        },
    )


def test_halves(spell, program):
    """`halves`: sevens divided with one stroke"""
    predicted(
        spell.halves,
        program.lines[1],
        "halves",
        mistakes={**NOT_YET, "whole-division": lambda a: all(float(x).is_integer() for x in a)},
    )


def test_whole(spell, program):
    """`whole`: sevens divided with two strokes"""
    predicted(
        spell.whole,
        program.lines[2],
        "whole",
        mistakes={**NOT_YET, "toward-nought": lambda a: list(a) == [3, -3]},
    )


def test_cut(spell, program):
    """`cut`: what is left of 2.9 and -2.9"""
    predicted(
        spell.cut,
        program.lines[3],
        "cut",
        mistakes={
            **NOT_YET,
            "rounded": lambda a: list(a) == [3, -3],
            "floored": lambda a: list(a) == [2, -3],
        },
    )


def test_mixed(spell, program):
    """`mixed`: the kind that `uint8` and `int64` make"""
    predicted(
        spell.mixed,
        program.lines[4],
        "mixed",
        mistakes={**NOT_YET, "small-wins": lambda a: "uint8" in str(a)},
    )


def test_half_more(spell, program):
    """`half_more`: the kind that whole numbers and a half make"""
    predicted(
        spell.half_more,
        program.lines[5],
        "half_more",
        mistakes={
            **NOT_YET,
            "stays-whole": lambda a: "int" in str(a),
            "double": lambda a: (
                str(a).removeprefix("torch.") in ("float64", "double") or a is float
            ),
        },
    )
