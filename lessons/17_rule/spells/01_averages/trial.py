"""Whether the player knows what an average hides, and which waits percentiles are taken of."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def _ask(spell, program, name, line, **mistakes):
    predicted(getattr(spell, name), program.lines[line], name, mistakes={**NOT_YET, **mistakes})


def _is(*numbers):
    return lambda a: float(a) in numbers


def test_average(spell, program):
    """`average`: the mean wait at the front door"""
    _ask(
        spell,
        program,
        "average",
        0,
        **{"median-for-mean": _is(2), "kinds-alike": lambda a: 127 <= float(a) <= 128},
    )


def test_near(spell, program):
    """`near`: how many waited about as long as the average"""
    _ask(spell, program, "near", 1, typical=lambda a: float(a) > 0)


def test_p50(spell, program):
    """`p50`: the wait that half of them did not exceed"""
    _ask(spell, program, "p50", 2, **{"mean-for-median": _is(10.6)})


def test_p99(spell, program):
    """`p99`: the wait that 99 in a hundred did not exceed"""
    _ask(spell, program, "p99", 3, **{"tail-missed": _is(2, 20)})


def test_both(spell, program):
    """`both`: the p99 of both doors together"""
    _ask(spell, program, "both", 4, averaged=_is(181), worst=_is(360), **{"better-half": _is(2)})


def test_spared(spell, program):
    """`spared`: the chance that ten slates all miss the slowest twentieth"""
    _ask(
        spell,
        program,
        "spared",
        5,
        **{
            "halved": _is(0.5),
            "one-slate": _is(0.95, 0.9),
            "other-way-round": _is(0.4),
        },
    )


def test_asked(spell, program):
    """`asked`: the p95 of somebody who waits before he asks again"""
    _ask(spell, program, "asked", 6, once=_is(60))


def test_suffered(spell, program):
    """`suffered`: the p95 of those who came all the same"""
    _ask(spell, program, "suffered", 7, polite=_is(0), longest=_is(60))
