"""Whether the player knows what a pattern remembers of its fitting: the road taken, the numbers, the mode."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def _ask(spell, program, name, line, **mistakes):
    predicted(getattr(spell, name), program.lines[line], name, mistakes={**NOT_YET, **mistakes})


def _says(word):
    return lambda answer: str(answer).strip().casefold().strip(".'\"") == word


def _number(n):
    return lambda answer: float(answer) == n


def _numbers(answer):
    return [float(part) for part in str(answer).strip("()[] tensor").split(",") if part.strip()]


def test_traced(spell, program):
    """`traced`: the coat that was traced in the rain, on a dry day"""
    _ask(spell, program, "traced", 0, **{"coat-decides": lambda a: _numbers(a) == [-2.0, -3.0]})


def test_coat(spell, program):
    """`coat`: whether `torch.export` makes a pattern of it"""
    _ask(spell, program, "coat", 1, **{"no-branches": _says("a pattern")})


def test_fitted(spell, program):
    """`fitted`: how often `forward` was run"""
    _ask(
        spell,
        program,
        "fitted",
        2,
        **{"pattern-is-not-program": _number(4), "never-run": lambda a: float(a) in (0, 3)},
    )


def test_three(spell, program):
    """`three`: three people, a pattern fitted on four"""
    _ask(spell, program, "three", 3, **{"number-stays": lambda a: _numbers(a)[1:] == [3.0]})


def test_one(spell, program):
    """`one`: one person, a pattern with a letter"""
    _ask(
        spell,
        program,
        "one",
        4,
        **{"letter-is-any": _says("error"), "another-two": lambda a: _numbers(a) == [2.0, 3.0]},
    )


def test_alone(spell, program):
    """`alone`: a letter, fitted on a single person"""
    _ask(spell, program, "alone", 5, **{"one-is-a-number": _says("a pattern")})


def test_counted(spell, program):
    """`counted`: a letter, and `len` in the middle"""
    _ask(spell, program, "counted", 6, **{"len-is-a-number": _says("a pattern")})


def test_twice(spell, program):
    """`twice`: a network that was never told to stop learning"""
    _ask(spell, program, "twice", 7, **{"still-learning": lambda a: str(a).casefold() == "true"})
