"""Whether the player knows what size and what numbers come out behind a convolution."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def _shape(answer):
    return tuple(int(n) for n in answer)


def test_bare(spell, program):
    """`bare`: a pane of three, no border"""
    predicted(
        spell.bare,
        program.lines[0],
        "bare",
        mistakes={
            **NOT_YET,
            "channels-kept": lambda a: _shape(a) == (1, 1, 6, 6),
            "channels-last": lambda a: _shape(a) == (1, 6, 6, 16),
            "same-size": lambda a: _shape(a)[2:] == (8, 8),
            "whole-pane-lost": lambda a: _shape(a)[2:] == (5, 5),
            "batch-left-out": lambda a: _shape(a) == (16, 6, 6),
        },
    )


def test_edged(spell, program):
    """`edged`: the same, with a border of one"""
    predicted(
        spell.edged,
        program.lines[1],
        "edged",
        mistakes={
            **NOT_YET,
            "channels-last": lambda a: _shape(a) == (1, 8, 8, 16),
            "border-once": lambda a: _shape(a)[2:] == (7, 7),
            "border-on-top": lambda a: _shape(a)[2:] == (10, 10),
        },
    )


def test_strides(spell, program):
    """`strides`: a border of one, and every second place"""
    predicted(
        spell.strides,
        program.lines[2],
        "strides",
        mistakes={
            **NOT_YET,
            "channels-last": lambda a: _shape(a) == (1, 4, 4, 16),
            "step-rounded-down": lambda a: _shape(a)[2:] == (3, 3),
            "step-forgotten": lambda a: _shape(a)[2:] in ((8, 8), (7, 7), (6, 6)),
        },
    )


def test_pooled(spell, program):
    """`pooled`: the greatest of every four"""
    predicted(
        spell.pooled,
        program.lines[3],
        "pooled",
        mistakes={
            **NOT_YET,
            "pool-rounded-up": lambda a: _shape(a) in ((1, 16, 4, 5), (1, 16, 3, 5), (1, 16, 4, 4)),
            "pool-by-one": lambda a: _shape(a) == (1, 16, 6, 8),
            "pools-channels": lambda a: _shape(a)[1] == 8,
        },
    )


def test_glass(spell, program):
    """`glass`: the shape of a lens for three colours"""
    predicted(
        spell.glass,
        program.lines[4],
        "glass",
        mistakes={
            **NOT_YET,
            "in-before-out": lambda a: _shape(a) == (3, 16, 5, 5),
            "one-sheet-only": lambda a: _shape(a) in ((16, 5, 5), (16, 1, 5, 5)),
        },
    )


def test_count(spell, program):
    """`count`: how many numbers there are in it"""
    predicted(
        spell.count,
        program.lines[5],
        "count",
        mistakes={
            **NOT_YET,
            "bias-forgotten": lambda a: int(a) == 1200,
            "bias-everywhere": lambda a: int(a) in (1248, 2400, 1201),
            "one-sheet-only": lambda a: int(a) in (400, 416),
        },
    )


def test_slid(spell, program):
    """`slid`: what [1, 0, -1] makes of a row"""
    predicted(
        spell.slid,
        program.lines[6],
        "slid",
        mistakes={
            **NOT_YET,
            "turned-round": lambda a: [float(x) for x in a] == [3.0, 6.0],
            "same-size": lambda a: len(a) == 4,
            "one-place-more": lambda a: len(a) == 3,
        },
    )


def test_single(spell, program):
    """`single`: what becomes of a slip with two axes"""
    predicted(
        spell.single,
        program.lines[7],
        "single",
        mistakes={
            **NOT_YET,
            "channel-guessed": lambda a: len(a) in (3, 4) and not isinstance(a, str),
            "other-error": lambda a: isinstance(a, (str, type)),
        },
    )
