"""Whether the player knows what a module holds, what it says, and what its two modes do."""

import math

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def test_foreleg(spell, program):
    """`foreleg`: the shape of the first layer's weight"""
    predicted(
        spell.foreleg,
        program.lines[0],
        "foreleg",
        mistakes={**NOT_YET, "inputs-first": lambda a: tuple(a) == (64, 32)},
    )


def test_parts(spell, program):
    """`parts`: how many parameters the lion has"""
    predicted(
        spell.parts,
        program.lines[1],
        "parts",
        mistakes={
            **NOT_YET,
            "relu-learns": lambda a: a in (3, 5, 6),
            "biases-forgotten": lambda a: a == 2,
            "numbers-for-parts": lambda a: a > 1000,
        },
    )


def test_numbers(spell, program):
    """`numbers`: how many numbers are in them"""
    predicted(
        spell.numbers,
        program.lines[2],
        "numbers",
        mistakes={
            **NOT_YET,
            "biases-forgotten": lambda a: a in (2368, 2400, 2378),
            "first-layer-only": lambda a: a in (2080, 2048),
        },
    )


def test_says(spell, program):
    """`says`: the shape of what he says of five pebbles"""
    predicted(
        spell.says,
        program.lines[3],
        "says",
        mistakes={
            **NOT_YET,
            "one-word": lambda a: tuple(a) in ((5,), (5, 1)),
            "one-pebble": lambda a: tuple(a) in ((10,), (1, 10)),
            "inputs-first": lambda a: tuple(a) == (10, 5),
        },
    )


def test_ignorance(spell, program):
    """`ignorance`: the loss of one who knows nothing"""
    predicted(
        spell.ignorance,
        program.lines[4],
        "ignorance",
        tolerance=0.011,
        mistakes={
            **NOT_YET,
            "nothing-costs-nothing": lambda a: float(a) == 0,
            "share-for-loss": lambda a: float(a) in (0.1, 0.9, 1.0, 10.0),
            "other-logarithm": lambda a: abs(float(a) - math.log2(10)) < 0.02,
            "summed-up": lambda a: abs(float(a) - 5 * math.log(10)) < 0.1,
            "sign": lambda a: abs(float(a) + math.log(10)) < 0.02,
        },
    )


def test_cleared(spell, program):
    """`cleared`: whether there is no gradient left after `zero_grad()`"""
    predicted(
        spell.cleared,
        program.lines[5],
        "cleared",
        mistakes={**NOT_YET, "full-of-noughts": lambda a: a is False},
    )


def test_fern(spell, program):
    """`fern`: what comes through dropout, at most"""
    predicted(
        spell.fern,
        program.lines[6],
        "fern",
        mistakes={
            **NOT_YET,
            "half-as-much": lambda a: float(a) == 0.5,
            "not-made-up": lambda a: float(a) == 1,
        },
    )


def test_untied(spell, program):
    """`untied`: the same in eval mode"""
    predicted(
        spell.untied,
        program.lines[7],
        "untied",
        mistakes={**NOT_YET, "still-tied": lambda a: float(a) in (0, 0.5, 2)},
    )
