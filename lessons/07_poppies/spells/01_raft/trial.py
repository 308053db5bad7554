"""Whether the player knows what a DataLoader hands over, and what it leaves behind."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def _shape(answer):
    return tuple(int(n) for n in answer)


def test_trips(spell, program):
    """`trips`: how many trips ten need, four at a time"""
    predicted(
        spell.trips,
        program.lines[0],
        "trips",
        mistakes={**NOT_YET, "full-trips-only": lambda a: float(a) in (2, 2.5)},
    )


def test_last(spell, program):
    """`last`: the shape of the last batch"""
    predicted(
        spell.last,
        program.lines[1],
        "last",
        mistakes={**NOT_YET, "last-is-full": lambda a: _shape(a) in ((4, 3), (10, 3))},
    )


def test_across(spell, program):
    """`across`: who gets across when only full rafts go"""
    predicted(
        spell.across,
        program.lines[2],
        "across",
        mistakes={
            **NOT_YET,
            "nobody-left": lambda a: float(a) == 10,
            "made-up-people": lambda a: float(a) == 12,
        },
    )


def test_alone(spell, program):
    """`alone`: the shape of a batch of one"""
    predicted(
        spell.alone,
        program.lines[3],
        "alone",
        mistakes={**NOT_YET, "no-batch-axis": lambda a: _shape(a) == (3,)},
    )


def test_mixed(spell, program):
    """`mixed`: whether everybody crosses once when the order is shuffled"""
    predicted(
        spell.mixed,
        program.lines[4],
        "mixed",
        mistakes={**NOT_YET, "lottery": lambda a: a is False},
    )


def test_kind(spell, program):
    """`kind`: what Python's floats become"""
    predicted(
        spell.kind,
        program.lines[5],
        "kind",
        mistakes={**NOT_YET, "narrowed": lambda a: "float32" in str(a)},
    )


def test_named(spell, program):
    """`named`: what words become"""
    predicted(
        spell.named,
        program.lines[6],
        "named",
        mistakes={
            **NOT_YET,
            "stacked-words": lambda a: "ensor" in str(a),
            "words-refused": lambda a: "Error" in str(a),
        },
    )
