"""Whether the player knows what a recurrent net gives back, and how it lies."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def shaped(*shape):
    """A condition: the answer is this shape."""
    return lambda answer: tuple(answer) == shape


def test_said(spell, program):
    """`said`: the slates after every word"""
    predicted(
        spell.said,
        program.lines[0],
        "said",
        mistakes={
            **NOT_YET,
            "batch-first-unasked": shaped(2, 7, 5),
            "features-kept": shaped(7, 2, 3),
        },
    )


def test_slate(spell, program):
    """`slate`: the last slate"""
    predicted(
        spell.slate,
        program.lines[1],
        "slate",
        mistakes={
            **NOT_YET,
            "no-layer-axis": shaped(2, 5),
            "every-step": shaped(7, 2, 5),
            "state-turned-too": shaped(2, 1, 5),
        },
    )


def test_last(spell, program):
    """`last`: whether the last of the slates is the last slate"""
    predicted(
        spell.last,
        program.lines[2],
        "last",
        mistakes={**NOT_YET, "two-things": lambda a: a is False},
    )


def test_weights(spell, program):
    """`weights`: the matrix from slate to slate"""
    predicted(
        spell.weights,
        program.lines[3],
        "weights",
        mistakes={
            **NOT_YET,
            "words-to-slate": lambda a: tuple(a) in ((5, 3), (3, 5)),
        },
    )


def test_turned(spell, program):
    """`turned`: the last slate, with `batch_first=True`"""
    predicted(
        spell.turned,
        program.lines[4],
        "turned",
        mistakes={
            **NOT_YET,
            "state-turned-too": lambda a: tuple(a) in ((7, 1, 5), (2, 1, 5)),
            "same-message": shaped(1, 2, 5),
            "no-layer-axis": lambda a: len(tuple(a)) == 2,
            "every-step": shaped(7, 2, 5),
        },
    )


def test_gates(spell, program):
    """`gates`: the matrix that reads a word, with its three parts"""
    predicted(
        spell.gates,
        program.lines[5],
        "gates",
        mistakes={
            **NOT_YET,
            "one-gate": lambda a: tuple(a) in ((5, 3), (3, 5)),
            "lstm-gates": lambda a: tuple(a) in ((20, 3), (3, 20)),
            "inside-out": shaped(3, 15),
        },
    )


def test_both(spell, program):
    """`both`: the slates after every word, from two storeys and both directions"""
    predicted(
        spell.both,
        program.lines[6],
        "both",
        mistakes={
            **NOT_YET,
            "one-direction": shaped(7, 2, 5),
            "layers-said": lambda a: tuple(a) in ((7, 2, 20), (14, 2, 10), (2, 7, 2, 10)),
            "batch-first-unasked": shaped(2, 7, 10),
        },
    )


def test_storeys(spell, program):
    """`storeys`: their last slates"""
    predicted(
        spell.storeys,
        program.lines[7],
        "storeys",
        mistakes={
            **NOT_YET,
            "directions-forgotten": lambda a: tuple(a) in ((2, 2, 5), (2, 2, 10), (1, 2, 10)),
            "no-layer-axis": lambda a: len(tuple(a)) == 2,
        },
    )


def test_start(spell, program):
    """`start`: what becomes of a state with its axes turned"""
    predicted(
        spell.start,
        program.lines[8],
        "start",
        mistakes={
            **NOT_YET,
            "start-taken": lambda a: str(a) == "carried on",
        },
    )
