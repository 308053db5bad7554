"""Whether the player knows where a number lands in sixteen bits: how far, how fine, how small."""

import math

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def _ask(spell, program, name, line, **mistakes):
    predicted(getattr(spell, name), program.lines[line], name, mistakes={**NOT_YET, **mistakes})


def test_far(spell, program):
    """`far`: 70000 in `float16`"""
    _ask(
        spell,
        program,
        "far",
        0,
        **{
            "stops-at-the-ceiling": lambda a: 65000 < float(a) < 66000,
            "no-ceiling": lambda a: math.isfinite(float(a)),
        },
    )


def test_reached(spell, program):
    """`reached`: whether `bfloat16` gets that far"""
    _ask(spell, program, "reached", 1, **{"two-necks": lambda a: str(a).casefold() == "false"})


def test_days(spell, program):
    """`days`: 256 and one more in `bfloat16`"""
    _ask(spell, program, "days", 2, **{"counts-on": lambda a: float(a) in (257, 258)})


def test_marked(spell, program):
    """`marked`: 256 and one more in `float16`"""
    _ask(spell, program, "marked", 3, **{"same-forehead": lambda a: float(a) in (256, 258)})


def test_gone(spell, program):
    """`gone`: whether a hundred-millionth is nought in `float16`"""
    _ask(spell, program, "gone", 4, **{"heard-anyway": lambda a: str(a).casefold() == "false"})


def test_raised(spell, program):
    """`raised`: whether it is nought when it was made 1024 times larger on the way"""
    _ask(spell, program, "raised", 5, **{"too-late": lambda a: str(a).casefold() == "true"})


def test_middle(spell, program):
    """`middle`: half of 40000 and 40000, in `float16`"""
    _ask(spell, program, "middle", 6, **{"middle-first": lambda a: math.isfinite(float(a))})


def test_together(spell, program):
    """`together`: what a `bfloat16` and a `float16` make"""
    _ask(
        spell,
        program,
        "together",
        7,
        **{
            "stays-narrow": lambda a: "float16" in str(a),
            "refuses": lambda a: "error" in str(a).casefold(),
        },
    )
