"""Whether the player knows what is recorded, what is a leaf, and what a thread is cut by."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def _flags(answer):
    return [bool(flag) for flag in answer]


def test_leaves(spell, program):
    """`leaves`: which of the three are leaves"""
    predicted(
        spell.leaves,
        program.lines[0],
        "leaves",
        mistakes={
            **NOT_YET,
            "made-is-no-leaf": lambda a: bool(a[2]),
            "only-the-tied": lambda a: not a[1],
        },
    )


def test_tied(spell, program):
    """`tied`: what is recorded, and what counts as a leaf"""
    predicted(
        spell.tied,
        program.lines[1],
        "tied",
        mistakes={
            **NOT_YET,
            "one-is-enough": lambda a: not a[0],
            "dry-is-a-leaf": lambda a: bool(a[1]) or not a[2],
        },
    )


def test_knot(spell, program):
    """`knot`: the knot that `last` holds"""
    answer = spell.knot
    if isinstance(answer, str):
        answer = answer.strip().strip("<>").split(" ")[0]
    predicted(
        answer,
        program.lines[2],
        "knot",
        mistakes={
            **NOT_YET,
            "first-knot": lambda a: str(a).startswith(("Add", "Mul")),
            "knot-as-word": lambda a: isinstance(a, str) and a.lower().startswith("sum"),
        },
    )


def test_copied(spell, program):
    """`copied`: what a clone is"""
    predicted(
        spell.copied,
        program.lines[3],
        "copied",
        mistakes={**NOT_YET, "clone-is-a-step": lambda a: _flags(a) != [True, False]},
    )


def test_cut(spell, program):
    """`cut`: what is left between a tensor and the detached one"""
    predicted(
        spell.cut,
        program.lines[4],
        "cut",
        mistakes={
            **NOT_YET,
            "detach-copies": lambda a: a[0] == 3,
            "detached-is-free": lambda a: bool(a[1]),
        },
    )


def test_barn(spell, program):
    """`barn`: what is recorded of two made under `no_grad`"""
    predicted(
        spell.barn,
        program.lines[5],
        "barn",
        mistakes={**NOT_YET, "barn-ties-nothing": lambda a: _flags(a) != [False, True]},
    )


def test_end(spell, program):
    """`end`: what the last line raises"""
    answer = spell.end
    if isinstance(answer, str):
        answer = answer.partition(":")[0]  # the whole line of the error is as good as its name
    predicted(
        answer,
        program.error,
        "end",
        mistakes={**NOT_YET, "leaf-in-place": lambda a: True},
    )
