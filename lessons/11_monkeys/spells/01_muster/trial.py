"""Whether the player knows what each rank holds after a collective, and what they share: nothing."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def test_last(spell, program):
    """`last`: the highest rank in a world of three"""
    predicted(
        spell.last,
        program.lines[0],
        "last",
        mistakes={**NOT_YET, "counted-from-one": lambda a: int(a) == 3},
    )


def test_first(spell, program):
    """`first`: what each has after the first `all_reduce`"""
    predicted(
        spell.first,
        program.lines[1],
        "first",
        mistakes={
            **NOT_YET,
            "not-the-mean": lambda a: list(a) == [2, 2, 2],
            "everybody-has-it": lambda a: len(set(a)) > 1,
        },
    )


def test_second(spell, program):
    """`second`: what rank 2 has after the second"""
    predicted(
        spell.second,
        program.lines[2],
        "second",
        mistakes={**NOT_YET, "in-place": lambda a: float(a) in (6, 9, 12)},
    )


def test_heaviest(spell, program):
    """`heaviest`: what rank 0 has after an `all_reduce` with `MAX`"""
    predicted(
        spell.heaviest,
        program.lines[3],
        "heaviest",
        mistakes={**NOT_YET, "another-op": lambda a: float(a) in (0, 10, 30)},
    )


def test_word(spell, program):
    """`word`: what each has after the `broadcast` from rank 1"""
    predicted(
        spell.word,
        program.lines[4],
        "word",
        mistakes={
            **NOT_YET,
            "from-rank-one": lambda a: list(a) in ([5, 6, 7], [5, 5, 5], [7, 7, 7]),
        },
    )


def test_places(spell, program):
    """`places`: what rank 0 has after the `all_gather`"""
    predicted(
        spell.places,
        program.lines[5],
        "places",
        mistakes={**NOT_YET, "gathered-not-added": lambda a: sorted(a) != [0, 1, 4]},
    )


def test_perch(spell, program):
    """`perch`: what it holds at home when all are back"""
    predicted(
        spell.perch,
        program.lines[6],
        "perch",
        mistakes={**NOT_YET, "a-copy-each": lambda a: float(a) in (1, 3)},
    )


def test_dice(spell, program):
    """`dice`: whether all three drew the same number"""
    predicted(
        spell.dice,
        program.lines[7],
        "dice",
        mistakes={**NOT_YET, "same-seed": lambda a: a is False},
    )
