"""Whether the player knows what clipping by the norm does, what it leaves alone, and when it is too late."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def _is(*numbers):
    return lambda a: (
        len(a) == len(numbers) and all(abs(float(x) - y) < 0.006 for x, y in zip(a, numbers))
    )


def test_told(spell, program):
    """`told`: what clipping gives back"""
    predicted(
        spell.told,
        program.lines[0],
        "told",
        mistakes={**NOT_YET, "told-before": lambda a: float(a) == 1},
    )


def test_left(spell, program):
    """`left`: what is left of 30 and 40"""
    predicted(
        spell.left,
        program.lines[1],
        "left",
        mistakes={**NOT_YET, "not-each": _is(1, 1), "not-halves": _is(0.5, 0.5)},
    )


def test_small(spell, program):
    """`small`: what is left of 0.3 and 0.4"""
    predicted(
        spell.small,
        program.lines[2],
        "small",
        mistakes={**NOT_YET, "within-bounds": _is(0.6, 0.8)},
    )


def test_by_value(spell, program):
    """`by_value`: what clipping by value leaves of 30 and 0.4"""
    predicted(
        spell.by_value,
        program.lines[3],
        "by_value",
        mistakes={**NOT_YET, "bent": _is(1.0, 0.01)},
    )


def test_apart(spell, program):
    """`apart`: 30 and 40, each clipped by itself"""
    predicted(
        spell.apart,
        program.lines[4],
        "apart",
        mistakes={**NOT_YET, "not-together": _is(0.6, 0.8)},
    )


def test_afterwards(spell, program):
    """`afterwards`: where the weight is, when it was clipped after the step"""
    predicted(
        spell.afterwards,
        program.lines[5],
        "afterwards",
        mistakes={**NOT_YET, "step-was-dry": lambda a: float(a) in (-1, 1)},
    )


def test_too_late(spell, program):
    """`too_late`: what clipping makes of an infinite slope"""
    predicted(
        spell.too_late,
        program.lines[6],
        "too_late",
        mistakes={
            **NOT_YET,
            "too-late": lambda a: list(a) == [False, False],
            "only-the-infinite": lambda a: list(a) == [True, True],
        },
    )


def test_aloud(spell, program):
    """`aloud`: the same, when it has been told to say so"""
    predicted(
        spell.aloud,
        program.lines[7],
        "aloud",
        mistakes={
            **NOT_YET,
            "says-so": lambda a: str(a) in ("inf", "nan") or float(a) >= 0,
            "another-error": lambda a: "Error" in str(getattr(a, "__name__", a)),
        },
    )
