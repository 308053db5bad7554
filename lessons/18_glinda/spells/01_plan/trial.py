"""Whether the player knows what to ask of a number before believing it."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def _near(*values):
    return lambda answer: any(abs(float(answer) - value) < 0.011 for value in values)


def test_right(spell, program):
    """`right`: what Nobody scores who says the same of every slide"""
    predicted(
        spell.right,
        program.lines[0],
        "right",
        tolerance=0.006,
        mistakes={**NOT_YET, "coin-for-nobody": _near(0.5), "share-of-feared": _near(0.37)},
    )


def test_found(spell, program):
    """`found`: and how many of the feared ones Nobody finds"""
    predicted(
        spell.found,
        program.lines[1],
        "found",
        mistakes={**NOT_YET, "found-some": lambda a: float(a) > 0},
    )


def test_by_squares(spell, program):
    """`by_squares`: the constant that squares like best"""
    predicted(
        spell.by_squares,
        program.lines[2],
        "by_squares",
        mistakes={**NOT_YET, "median-for-both": _near(90), "middle-of-range": _near(180, 200, 199)},
    )


def test_by_distance(spell, program):
    """`by_distance`: the constant that distances like best"""
    predicted(
        spell.by_distance,
        program.lines[3],
        "by_distance",
        mistakes={**NOT_YET, "mean-for-both": _near(150), "middle-of-range": _near(180, 200, 199)},
    )


def test_explained(spell, program):
    """`explained`: how much of the spread the best constant explains"""
    predicted(
        spell.explained,
        program.lines[4],
        "explained",
        mistakes={**NOT_YET, "all-explained": lambda a: float(a) != 0},
    )


def test_peeked(spell, program):
    """`peeked`: what comes of choosing columns before the rows are parted"""
    predicted(
        spell.peeked,
        program.lines[5],
        "peeked",
        mistakes={**NOT_YET, "leak-harmless": lambda a: a is False or a == "False"},
    )


def test_clean(spell, program):
    """`clean`: what comes of choosing them afterwards"""
    predicted(
        spell.clean,
        program.lines[6],
        "clean",
        mistakes={**NOT_YET, "noise-tells": lambda a: a is True or a == "True"},
    )


def test_luckiest(spell, program):
    """`luckiest`: what the best of a thousand is worth"""
    predicted(
        spell.luckiest,
        program.lines[7],
        "luckiest",
        mistakes={**NOT_YET, "nobody-lucky": lambda a: a is False or a == "False"},
    )
