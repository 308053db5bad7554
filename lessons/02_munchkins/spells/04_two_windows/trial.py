"""Whether the player knows who looks at the same storage."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def test_hat(spell, program):
    """`hat`: the river, after a write through the window"""
    predicted(
        spell.hat,
        program.lines[0],
        "hat",
        mistakes={
            **NOT_YET,
            "second-river": lambda a: list(a) == [0, 1, 2, 3, 4, 5],
            "wrong-pace": lambda a: list(a).index(90) != 2,
        },
    )


def test_bucket(spell, program):
    """`bucket`: what bucket and picked stones know of the river"""
    predicted(
        spell.bucket,
        program.lines[1],
        "bucket",
        mistakes={**NOT_YET, "leaking-bucket": lambda a: 70 in list(a)},
    )


def test_deep(spell, program):
    """`deep`: the river, after a write into what the mask let through"""
    predicted(
        spell.deep,
        program.lines[2],
        "deep",
        mistakes={
            **NOT_YET,
            "mask-is-a-window": lambda a: list(a)[0] == 1,
            "second-river": lambda a: list(a)[2] == 2,
        },
    )


def test_table(spell, program):
    """`table`: the window and the river's end, after a write through the table"""
    predicted(
        spell.table,
        program.lines[3],
        "table",
        mistakes={
            **NOT_YET,
            "late-window": lambda a: list(a[0]) != [90, 3, 4] or a[1] == 5,
        },
    )


def test_page(spell, program):
    """`page`: what two tensors know of an array"""
    predicted(
        spell.page,
        program.lines[4],
        "page",
        mistakes={
            **NOT_YET,
            "array-copied": lambda a: a[0] == 0,
            "tensor-shares": lambda a: a[1] == 8,
        },
    )
