"""Whether the player lines shapes up at the right."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def _refused(answer):
    return answer is RuntimeError or "error" in str(answer).lower()


def test_load(spell, program):
    """`load`: a row of three on a road of `(4, 3)`"""
    predicted(
        spell.load,
        program.lines[0],
        "load",
        mistakes={
            **NOT_YET,
            "too-strict": _refused,
            "ones-stay": lambda a: tuple(a) in ((1, 3), (3,)),
        },
    )


def test_columns(spell, program):
    """`columns`: a row of four on a road of `(4, 3)`"""
    predicted(
        spell.columns,
        program.lines[1],
        "columns",
        mistakes={**NOT_YET, "from-the-left": lambda a: not _refused(a)},
    )


def test_post(spell, program):
    """`post`: `(4, 1)` and `(3,)`"""
    predicted(
        spell.post,
        program.lines[2],
        "post",
        mistakes={
            **NOT_YET,
            "too-strict": _refused,
            "ones-stay": lambda a: 1 in tuple(a) or len(a) == 1,
        },
    )


def test_yards(spell, program):
    """`yards`: `(2, 1, 3)` and `(4, 1)`"""
    predicted(
        spell.yards,
        program.lines[3],
        "yards",
        mistakes={
            **NOT_YET,
            "too-strict": _refused,
            "ones-stay": lambda a: 1 in tuple(a),
            "from-the-left": lambda a: tuple(a)[0] == 4 or len(a) == 2,
        },
    )


def test_ruler(spell, program):
    """`ruler`: `(5, 1)` and `(5,)`"""
    predicted(
        spell.ruler,
        program.lines[4],
        "ruler",
        mistakes={
            **NOT_YET,
            "too-strict": _refused,
            "stays-a-row": lambda a: tuple(a) in ((5,), (5, 1), (1, 5)),
        },
    )


def test_marks(spell, program):
    """`marks`: two tens upright, three ones lying"""
    predicted(spell.marks, program.lines[5], "marks", mistakes={**NOT_YET, "wrong-table": True})


def test_steps(spell, program):
    """`steps`: the strides of a column that was stretched"""
    predicted(spell.steps, program.lines[6], "steps", mistakes={**NOT_YET, "really-copied": True})
