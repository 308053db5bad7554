"""Whether three heaps are honest heaps, and whether what was learnt of the first travels.

`files/cellar.pt` holds scikit-learn's wines (178 of three growers, 13 measures, as float32, in the order in
which they come, which is by grower): `{"x": data, "answers": target}`.
"""

import torch
from torch import nn

from oz.trial import require, same

CASES = ([59, 71, 48], [10, 10], [212, 357], [5, 20, 35, 7])


def _answers(rng, counts):
    return torch.tensor(rng.permutation([kind for kind, n in enumerate(counts) for _ in range(n)]))


def _heaps(spell, answers, seed):
    before = answers.clone()
    got = spell.heaps(answers, seed)
    require(torch.equal(answers, before), "`answers` as they were handed in", "changed")
    require(
        isinstance(got, (tuple, list)) and len(got) == 3,
        "three tensors of row numbers from `heaps`",
        f"`{type(got).__name__}`",
        mistakes={"nothing-yet": got is None},
    )
    for heap in got:
        tensor = isinstance(heap, torch.Tensor)
        require(
            tensor and heap.dtype == torch.int64 and heap.ndim == 1,
            "row numbers in a tensor, `int64`, one axis",
            f"`{heap.dtype}`, shape `{tuple(heap.shape)}`"
            if tensor
            else f"`{type(heap).__name__}`",
            mistakes={"masks-not-numbers": tensor and heap.dtype == torch.bool},
        )
    return got


def test_apart(spell, rng):
    """every row is in one of the three heaps, and in no two"""
    for counts in CASES:
        answers = _answers(rng, counts)
        together = torch.cat(list(_heaps(spell, answers, int(rng.integers(1000))))).tolist()
        doubles = len(together) - len(set(together))
        require(not doubles, "no row in two heaps", f"{doubles}", mistakes={"in-two-heaps": True})
        missing = len(answers) - len(together)
        there = {answers[row].item() for row in together}
        require(
            sorted(together) == list(range(len(answers))),
            f"all of {len(answers)} rows",
            f"{missing} are missing",
            mistakes={"kind-lost": len(there) < len(counts), "rows-lost": missing > 0},
        )


def test_lot(spell, rng):
    """which row lies where is drawn by `seed`; torch's own random numbers are left where they were"""
    answers = _answers(rng, [40, 60])
    torch.manual_seed(1)
    before = torch.get_rng_state()
    first = [sorted(heap.tolist()) for heap in _heaps(spell, answers, 11)]
    again = [sorted(heap.tolist()) for heap in _heaps(spell, answers, 11)]
    drawn = {tuple(sorted(_heaps(spell, answers, seed)[2].tolist())) for seed in range(8)}
    mistakes = {
        "whole-house": spell.calls("torch.manual_seed", inside="heaps"),
        "unseeded": first != again or len(drawn) > 1,
    }
    asked = "torch's own random numbers left where they were"
    require(torch.equal(torch.get_rng_state(), before), asked, "drawn from", mistakes=mistakes)
    require(first == again, "the same heaps with the same seed", "others", mistakes=mistakes)
    require(
        len(drawn) > 4,
        "other heaps with other seeds",
        f"{len(drawn)} from 8 seeds",
        mistakes={
            "as-it-lies": not spell.calls(
                "randperm", "manual_seed", "Generator", "default_rng", inside="heaps"
            ),
            "seed-ignored": True,
        },
    )


def test_kinds(spell, rng):
    """of every kind of answer `round(n / 5)` rows are in `check`, as many in `sealed`, the others in `learn`"""
    for counts in CASES:
        answers = _answers(rng, counts)
        got = _heaps(spell, answers, int(rng.integers(1000)))
        fifths = [round(n / 5) for n in counts]
        asked = {
            "learn": [n - 2 * f for n, f in zip(counts, fifths, strict=True)],
            "check": fifths,
            "sealed": fifths,
        }
        found = [torch.bincount(answers[heap], minlength=len(counts)).tolist() for heap in got]
        for (name, want), mine in zip(asked.items(), found, strict=True):
            same(
                mine,
                want,
                f"how many of each kind are in `{name}`, of {counts}",
                mistakes={
                    "heaps-swapped": asked["learn"] in found[1:],
                    "not-by-kind": sum(mine) in range(sum(want) - 3, sum(want) + 4),
                },
            )


def _level(spell, x):
    before = x.clone()
    level = spell.Level(x)
    require(torch.equal(x, before), "the rows as they were handed in", "changed")
    require(
        isinstance(level, nn.Module),
        "an `nn.Module`",
        f"`{type(level).__name__}`",
        mistakes={"nothing-yet": level is None},
    )
    return level


def _rows(rng, n, columns):
    scale = torch.tensor(10.0 ** rng.uniform(-2, 3, size=columns), dtype=torch.float32)
    middle = torch.tensor(rng.uniform(-5.0, 5.0, size=columns), dtype=torch.float32)
    x = (torch.tensor(rng.normal(size=(n, columns)), dtype=torch.float32) + middle) * scale
    x[:, 0] = 2.0
    return x


def test_level(spell, rng):
    """`Level(x)` levels any rows by the mean and the spread of `x`, alone as in company"""
    for n, others, columns in ((20, 7, 4), (60, 30, 13), (12, 1, 2)):
        x, strangers = _rows(rng, n, columns), _rows(rng, others, columns)
        strangers[:, 0] += 3.0
        level = _level(spell, x)
        mean = x.mean(dim=0)
        spreads = [x.std(dim=0, correction=c) for c in (1, 0)]
        spreads = [torch.where(s < 1e-6, torch.ones_like(s), s) for s in spreads]
        first = level(x)
        nearly = torch.allclose(first, (x - mean) / spreads[1], rtol=1e-5, atol=1e-5)
        spread = spreads[1] if nearly else spreads[0]
        for name, rows in (("the rows it was made of", x), ("strangers", strangers)):
            mine = level(rows)
            own = rows.std(dim=0) if len(rows) > 1 else torch.ones(columns)
            same(
                mine,
                (rows - mean) / spread,
                f"{name}, levelled",
                rtol=1e-4,
                atol=1e-4,
                requires_grad=False,
                mistakes={
                    "learnt": lambda t: t.requires_grad,
                    "divided-by-nought": lambda t: not t.isfinite().all(),
                    "nearly-nought": lambda t: bool((t.abs() > 1e4).any()),
                    "not-levelled": lambda t, r=rows: torch.equal(t, r),
                    "own-company": lambda t, r=rows, o=own: torch.allclose(
                        t[:, 1:], ((r - r.mean(dim=0)) / o)[:, 1:], rtol=1e-2, atol=1e-2
                    ),
                    "one-for-all": lambda t, r=rows: torch.allclose(
                        t, (r - x.mean()) / x.std(), rtol=1e-2, atol=1e-2
                    ),
                    "not-divided": lambda t, r=rows: torch.allclose(t, r - mean, rtol=1e-3),
                },
            )


def test_travels(spell, rng):
    """mean and spread are in its `state_dict`, and are not learnt"""
    x, other, strangers = (_rows(rng, n, 5) for n in (30, 30, 6))
    level = _level(spell, x)
    learnt = [name for name, _ in level.named_parameters()]
    require(not learnt, "no parameters", ", ".join(learnt), mistakes={"learnt": True})
    state = level.state_dict()
    numbers = sum(value.numel() for value in state.values())
    require(
        numbers >= 10,
        "mean and spread of five columns in the `state_dict`",
        f"{numbers} numbers",
        mistakes={"one-number": numbers in (2, 6), "left-at-home": True},
    )
    fresh = _level(spell, other)
    fresh.load_state_dict(state)
    same(fresh(strangers), level(strangers), "what another `Level` gives with this one's state")
