"""Whether the player knows what a `Categorical` draws, what it tells, and what it lets through."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def _ask(spell, program, name, line, **mistakes):
    predicted(getattr(spell, name), program.lines[line], name, mistakes={**NOT_YET, **mistakes})


def test_each(spell, program):
    """`each`: the probability of north, with four leanings of nought"""
    _ask(spell, program, "each", 0, **{"logits-are-odds": lambda a: float(a) in (0, 1)})


def test_tied(spell, program):
    """`tied`: whether what was drawn requires a gradient"""
    _ask(spell, program, "tied", 1, **{"through-chance": lambda a: str(a).casefold() == "true"})


def test_given(spell, program):
    """`given`: the probability of the first side of the top that was given 2, 1, 1 and 0"""
    _ask(
        spell,
        program,
        "given",
        2,
        **{"taken-for-logits": lambda a: 0.53 < float(a) < 0.56, "not-shared-out": lambda a: float(a) == 2},
    )


def test_shape(spell, program):
    """`shape`: the shape of what 64 tops show"""
    _ask(
        spell,
        program,
        "shape",
        3,
        **{
            "one-for-each-side": lambda a: "4)" in str(a) and "64," in str(a),
            "one-for-all": lambda a: str(a).replace("torch.Size", "") in ("()", "(4,)", "[]", "([])", "([4])"),
            "column": lambda a: "64, 1" in str(a),
        },
    )


def test_pull(spell, program):
    """`pull`: what the logarithm of that probability asks of each leaning"""
    _ask(
        spell,
        program,
        "pull",
        4,
        **{
            "only-the-drawn": lambda a: [v != 0 for v in a] == [False, False, True, False],
            "descends": lambda a: [round(v, 4) for v in a] == [0.25, 0.25, -0.75, 0.25],
            "off-by-a-side": lambda a: sorted(a) == [-0.25, -0.25, -0.25, 0.75],
            "the-odds": lambda a: [round(v, 4) for v in a] == [0.25] * 4,
        },
    )


def test_settled(spell, program):
    """`settled`: whether a top that always falls one way has any entropy"""
    _ask(spell, program, "settled", 5, **{"sure-is-most": lambda a: str(a).casefold() == "false"})


def test_worth(spell, program):
    """`worth`: what a reward of 1 is worth three steps earlier"""
    _ask(
        spell,
        program,
        "worth",
        6,
        **{"one-step-too-many": lambda a: float(a) == 0.0625, "one-step-too-few": lambda a: float(a) == 0.25,
           "undiscounted": lambda a: float(a) == 1.0},
    )
