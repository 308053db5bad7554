"""Whether each guess meets its own height, and no other. Expected values are sums in plain Python."""

import warnings

import torch

from oz.trial import mistake, require, same


def _heard(function, *handed):
    """What the function gives, and the warnings about shapes that it gave off."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        # mse_loss warns through the module's own `warnings`, at every call
        got = function(*handed)
    return got, [w for w in heard if "target size" in str(w.message)]


def _grounds(rng):
    """Places (n, 1), heights (n,), a slope: one place among them."""
    for n in (8, 3, 1, 2, 20, *rng.integers(2, 12, size=3).tolist()):
        slope = float(rng.choice([-0.5, -0.25, 0.25, 0.5, 0.75]))
        places = torch.from_numpy(rng.normal(size=(n, 1))).to(torch.float32) * 3
        bumps = torch.from_numpy(rng.normal(size=n) * 0.05).to(torch.float32)
        yield places, places[:, 0] * slope + bumps, slope


def test_ramp(spell, rng):
    """`ramp(places, slope, start)` is `(n, 1)`, one height to a row"""
    for places, _, slope in _grounds(rng):
        asked = torch.tensor([[p * slope + 2.0] for p in places[:, 0].tolist()])
        same(
            spell.ramp(places, slope, 2.0),
            asked,
            f"ramp({tuple(places.shape)}, {slope}, 2.0)",
            mistakes={"ramp-bent": True},
        )


def test_miss(spell, rng):
    """`miss(guess, heights)` sets each guess against its own height, without a warning"""
    for upright in (True, False):
        for places, heights, slope in _grounds(rng):
            guess = places * slope * 0.5 + 1.0
            pairs = list(zip(guess[:, 0].tolist(), heights.tolist()))
            asked = torch.tensor(sum((g - h) ** 2 for g, h in pairs) / len(pairs))
            everybody = ((guess - heights) ** 2).mean()
            guess = guess if upright else guess[:, 0]
            got, heard = _heard(spell.miss, guess, heights)
            same(
                got,
                asked,
                f"miss({tuple(guess.shape)}, {tuple(heights.shape)})",
                rtol=1e-4,
                mistakes={
                    "each-against-each": lambda t, e=everybody: (
                        t.ndim == 0 and bool(torch.isclose(t, e, rtol=1e-3))
                    ),
                    "sum-not-mean": lambda t, a=asked, n=len(pairs): (
                        t.ndim > 0 or bool(torch.isclose(t, a * n, rtol=1e-3))
                    ),
                    "not-squared": True,
                },
            )
            alone = "one-place" if upright else "last-one-eaten"
            require(
                not heard,
                "no warning",
                str(heard[0].message)[:120] if heard else "",
                mistakes={alone: len(pairs) == 1, "still-warns": True},
            )


def test_best(spell, rng):
    """`best(places, heights, slopes, start)` is the slope of the ground"""
    slopes = torch.tensor([-0.5, -0.25, 0.0, 0.25, 0.5, 0.75])
    for places, heights, slope in _grounds(rng):
        if len(heights) < 3:
            continue
        for order in (slopes, slopes.flip(0)):
            got, heard = _heard(spell.best, places, heights, order, 0.0)
            require(
                isinstance(got, float),
                f"a plain float, {slope}",
                f"`{got!r}`"[:80],
                mistakes={"place-not-slope": True},
            )
            farthest = max(slopes.tolist(), key=lambda s: abs(s - slope))
            require(
                abs(got - slope) < 1e-6,
                f"{slope}",
                f"{got}",
                mistakes={
                    "each-against-each": got == 0.0,
                    "worst": got == farthest,
                },
            )
            require(not heard, "no warning", "one", mistakes={"still-warns": True})


def test_not_hushed(spell):
    """nothing is hidden"""
    if (
        spell.calls("warnings.filterwarnings", "warnings.simplefilter", "warnings.catch_warnings")
        or "PYTHONWARNINGS" in spell.source
    ):
        mistake("hushed", "asked for no warning, not for no word of it")
