"""Whether the sum comes out at any loudness.

What is expected is worked out row by row with Python's own numbers, in twice the width.
"""

import math

import torch

from oz.trial import mistake, require, same

READY = (
    "logsumexp",
    "softmax",
    "log_softmax",
    "logaddexp",
    "logaddexp2",
    "logcumsumexp",
    "cross_entropy",
    "nll_loss",
    "softmin",
    "Softmax",
    "LogSoftmax",
    "CrossEntropyLoss",
)
CLOSE = {torch.float32: 1e-5, torch.float64: 1e-12}


def _sum(row):
    """log of the sum of exp over a list."""
    most = max(row)
    if math.isinf(most):
        return most
    return most + math.log(math.fsum(math.exp(v - most) for v in row))


def _voices(rng):
    """Name and rows: soft ones first, then loud, low, far apart, and with silence among them."""
    for size in ((3, 4), (4, 3), (3, 3), (1, 5), (5, 1), (2, 3, 4), (3, 1, 4), (6,)):
        for kind in (torch.float32, torch.float64):
            soft = torch.from_numpy(rng.normal(size=size)).to(kind) * 2
            yield f"soft voices {size}", soft
    for size in ((3, 4), (2, 3, 4), (4,)):
        soft = torch.from_numpy(rng.normal(size=size)).to(torch.float32) * 2
        yield f"loud voices {size}", soft + 100
        yield f"very loud voices {size}", soft * 20 + 10_000
        yield f"low voices {size}", soft - 200
        yield f"very low voices {size}", soft * 20 - 10_000
    rows = torch.tensor([[500.0, 499.0, 0.0], [-500.0, -501.0, -499.0], [0.0, 1.0, 2.0]])
    yield "rows far apart (3, 3)", rows
    yield "far apart in a row (2, 3)", torch.tensor([[0.0, -200.0, 1.0], [5.0, 300.0, 20.0]])
    silent = torch.tensor([[0.0, -math.inf, 1.0], [-math.inf, 3.0, -math.inf]])
    yield "silent voices among others (2, 3)", silent


def _rows(voices):
    return voices.reshape(-1, voices.shape[-1]).tolist()


def _like(voices, rows, *, whole):
    shape = voices.shape if whole else voices.shape[:-1]
    return torch.tensor(rows, dtype=voices.dtype).reshape(shape)


def _plain(voices):
    """What comes out without taking the loudest away."""
    return voices.exp().sum(-1).log()


def _alike(a, b):
    return a.shape == b.shape and bool(torch.allclose(a, b, rtol=1e-4, atol=1e-4, equal_nan=True))


def _near(t, other):
    """Alike, and no exponential too large or small in either."""
    return bool(other.isfinite().all()) and _alike(t, other)


def _of_the_well(voices, shape):
    """The mistakes that show as inf, nan or -inf, and those of shape."""
    plain = _plain(voices)
    spread = voices - voices.max()
    drowned = bool((spread.exp().sum(-1) == 0).any())
    return {
        "still-upright": lambda t: t.shape == (*shape, 1),
        "one-loudest": lambda t: drowned and bool((t == -math.inf).any() or t.isnan().any()),
        "too-loud": lambda t: bool((plain == math.inf).any()) and not bool(t.isfinite().all()),
        "too-quiet": lambda t: bool((plain == -math.inf).any()) and not bool(t.isfinite().all()),
    }


def test_together(spell, rng):
    """`together(voices)` is right for soft voices and loud, low and silent ones"""
    for name, voices in _voices(rng):
        asked = _like(voices, [_sum(row) for row in _rows(voices)], whole=False)
        most = voices.amax(-1)
        same(
            spell.together(voices),
            asked,
            f"together({name})",
            rtol=CLOSE[voices.dtype],
            atol=CLOSE[voices.dtype],
            mistakes={
                "squeezed-all": lambda t, v=voices: v.shape[:-1] == (3, 1) and t.shape == (3, 3),
                "loudest-forgotten": lambda t, a=asked, m=most: _near(t, a - m),
                "wrong-axis": lambda t, v=voices: (
                    t.shape != v.shape[:-1]
                    and t.shape != (*v.shape[:-1], 1)
                    or _alike(t, _plain(v.mT if v.ndim > 1 else v))
                ),
                **_of_the_well(voices, voices.shape[:-1]),
            },
        )
    silence = torch.full((2, 3), -math.inf)
    silence[1] = torch.tensor([0.0, 1.0, 2.0])
    same(
        spell.together(silence),
        torch.tensor([-math.inf, _sum([0.0, 1.0, 2.0])]),
        "together(a row of silence, and another)",
        mistakes={"all-silent": lambda t: bool(t.isnan().any())},
    )


def test_shares(spell, rng):
    """`shares(voices)` come to 1, at any loudness"""
    for name, voices in _voices(rng):
        rows = [[math.exp(v - _sum(row)) for v in row] for row in _rows(voices)]
        asked = _like(voices, rows, whole=True)
        got = spell.shares(voices)
        same(
            got,
            asked,
            f"shares({name})",
            rtol=1e-2 if voices.abs().amax() > 1000 and voices.dtype == torch.float32 else 1e-4,
            atol=1e-6,
            mistakes={
                "wrong-axis": lambda t, v=voices: (
                    v.ndim > 1
                    and any(_alike(t.sum(d), torch.ones_like(t.sum(d))) for d in range(v.ndim - 1))
                ),
                **_of_the_well(voices, ()),
            },
        )


def test_quiet(spell, rng):
    """`quiet(voices)` is exact where a share is too small to write down"""
    for name, voices in _voices(rng):
        rows = [[v - _sum(row) for v in row] for row in _rows(voices)]
        asked = _like(voices, rows, whole=True)
        tiny = bool((asked < -100).any()) and bool((asked > -math.inf).all())
        same(
            spell.quiet(voices),
            asked,
            f"quiet({name})",
            rtol=CLOSE[voices.dtype],
            atol=2e-3 if voices.abs().nan_to_num(0, 0, 0).amax() > 1000 else 1e-4,
            mistakes={
                "log-of-share": lambda t, small=tiny: small and bool((t == -math.inf).any()),
                **_of_the_well(voices, ()),
            },
        )


def test_cost(spell, rng):
    """`cost(voices, who)` is small where the one that was meant is loudest"""
    for rows, n in ((4, 3), (3, 3), (1, 4), (5, 2), *rng.integers(2, 9, size=(3, 2)).tolist()):
        for height in (0.0, 300.0, -300.0):
            voices = torch.from_numpy(rng.normal(size=(rows, n)) * 3 + height).to(torch.float32)
            who = torch.from_numpy(rng.integers(0, n, size=rows))
            each = [_sum(row) - row[k] for row, k in zip(_rows(voices), who.tolist())]
            asked = torch.tensor(sum(each) / rows)
            square = -(voices - torch.logsumexp(voices, -1, keepdim=True))[:, who]
            same(
                spell.cost(voices, who),
                asked,
                f"cost({rows} rows of {n} around {height:g})",
                rtol=1e-4,
                atol=1e-4,
                mistakes={
                    "wrong-sign": lambda t, a=asked: t.ndim == 0 and _near(t, -a),
                    "sum-not-mean": lambda t, a=asked, r=rows: (
                        t.ndim == 0 and r > 1 and _near(t, a * r)
                    ),
                    "everybodys-cost": lambda t, s=square: t.ndim == 2 or _near(t, s.mean()),
                    "too-loud": lambda t, h=height: h > 0 and not bool(t.isfinite()),
                    "too-quiet": lambda t, h=height: h < 0 and not bool(t.isfinite()),
                },
            )


def test_by_hand(spell):
    """made of `exp`, `log`, the loudest and a sum"""
    if spell.calls(*READY):
        mistake("ready-made", "asked for it written out, your program calls the ready-made one")
    require("together" in spell, "`together`")
