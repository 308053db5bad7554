"""Whether the player knows what freezing is: what it stops, what it does not, and when it comes too late."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is ...}


def test_said(spell, program):
    """`said`: what an attribute set on the body does"""
    predicted(
        spell.said,
        program.lines[1],
        "said",
        mistakes={**NOT_YET, "attribute": lambda a: int(a) in (2, 0)},
    )


def test_left(spell, program):
    """`left`: how many numbers can learn once the body is frozen"""
    predicted(
        spell.left,
        program.lines[2],
        "left",
        mistakes={
            **NOT_YET,
            "bias-forgotten": lambda a: int(a) == 432,
            "everything": lambda a: int(a) in (483, 479, 475),
            "tensors": lambda a: int(a) == 2,
        },
    )


def test_thread(spell, program):
    """`thread`: whether anything is recorded on the way through the body"""
    predicted(
        spell.thread,
        program.lines[3],
        "thread",
        mistakes={**NOT_YET, "recorded": lambda a: a is True or a == "True"},
    )


def test_moved(spell, program):
    """`moved`: what is other after a step in training mode"""
    predicted(
        spell.moved,
        program.lines[4],
        "moved",
        mistakes={
            **NOT_YET,
            "levels-forgotten": lambda a: int(a) == 2,
            "count-forgotten": lambda a: int(a) == 4,
            "all-move": lambda a: int(a) in (6, 9),
        },
    )


def test_grad(spell, program):
    """`grad`: what lies in the gradient of a frozen lens"""
    predicted(
        spell.grad,
        program.lines[5],
        "grad",
        mistakes={**NOT_YET, "noughts": lambda a: a is not None and a != "None"},
    )


def test_quiet(spell, program):
    """`quiet`: what is other after a step in eval mode"""
    predicted(
        spell.quiet,
        program.lines[6],
        "quiet",
        mistakes={
            **NOT_YET,
            "eval-freezes": lambda a: int(a) == 0,
            "still-beats": lambda a: int(a) == 5,
        },
    )


def test_late(spell, program):
    """`late`: whether freezing helps when a gradient lies there already"""
    predicted(
        spell.late,
        program.lines[7],
        "late",
        mistakes={**NOT_YET, "in-time": lambda a: a is True or a == "True"},
    )


def test_loose(spell, program):
    """`loose`: what becomes of a head of another size"""
    predicted(
        spell.loose,
        program.lines[8],
        "loose",
        mistakes={
            **NOT_YET,
            "strict-is-names": lambda a: a == "nothing",
            "other-error": lambda a: a != "nothing",
        },
    )
