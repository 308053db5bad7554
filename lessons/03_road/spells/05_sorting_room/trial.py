"""Whether every letter comes out of, or goes into, the place that was written down for it.

What is expected is sorted here letter by letter.
"""

import torch

from oz.trial import mistake, require, same

KINDS = (torch.float32, torch.int64, torch.float64)


def _rounds(rng):
    """(riders, columns, k, dtype): equal sizes, single ones, and nought riders or letters."""
    sizes = [(2, 3, 2), (3, 3, 3), (1, 4, 2), (4, 1, 3), (0, 3, 2), (3, 4, 0), (1, 1, 1), (5, 2, 4)]
    sizes += rng.integers(2, 9, size=(4, 3)).tolist()
    for number, size in enumerate(sizes):
        yield *size, KINDS[number % len(KINDS)]


def _table(rng, *size, kind):
    """Different numbers everywhere."""
    many = 1
    for axis in size:
        many *= axis
    return torch.from_numpy(rng.permutation(many * 3)[:many].reshape(size)).to(kind)


def _places(rng, *size, below):
    return torch.from_numpy(rng.integers(0, below, size=size))


def _asked(function, *handed):
    before = [h.clone() if isinstance(h, torch.Tensor) else h for h in handed]
    got = function(*handed)
    untouched = all(
        torch.equal(h, b) for h, b in zip(handed, before) if isinstance(h, torch.Tensor)
    )
    require(
        untouched,
        "everything that was handed in stays as it is",
        "it was written into",
        mistakes={"changed": True},
    )
    return got


def _words(*tensors):
    return ", ".join(
        str(tuple(t.shape)) if isinstance(t, torch.Tensor) else str(t) for t in tensors
    )


def test_collect(spell, rng):
    """`collect(holes, which)` takes from each row the holes that are named"""
    for riders, columns, k, kind in _rounds(rng):
        holes, which = (
            _table(rng, riders, columns, kind=kind),
            _places(rng, riders, k, below=columns),
        )
        asked = [[row[c] for c in names] for row, names in zip(holes.tolist(), which.tolist())]
        same(
            _asked(spell.collect, holes, which),
            torch.tensor(asked, dtype=kind).reshape(riders, k),
            f"collect({_words(holes, which)})",
            mistakes={
                "nothing-back": lambda t: t is None,
                "each-by-each": lambda t, n=riders: t.ndim == 3 or (n > 1 and t.shape[0] == n * n),
                "down-not-across": lambda t, h=holes, w=which: (
                    t.shape == w.shape
                    and not all(set(got) <= set(row) for got, row in zip(t.tolist(), h.tolist()))
                ),
                "one-by-one": spell.has_loop("collect"),
            },
        )


def test_single(spell, rng):
    """`single(holes, which)` takes one from each row"""
    for riders, columns, _, kind in _rounds(rng):
        holes, which = _table(rng, riders, columns, kind=kind), _places(rng, riders, below=columns)
        asked = [row[c] for row, c in zip(holes.tolist(), which.tolist())]
        same(
            _asked(spell.single, holes, which),
            torch.tensor(asked, dtype=kind),
            f"single({_words(holes, which)})",
            mistakes={
                "still-upright": lambda t, n=riders: t.shape == (n, 1),
                "one-rider": lambda t, n=riders: n == 1 and t.ndim == 0,
                "each-by-each": lambda t, n=riders: t.shape == (n, n),
                "down-not-across": lambda t, h=holes, w=which: (
                    t.shape == w.shape
                    and not torch.equal(t.unique(), h.gather(1, w[:, None]).unique())
                ),
                "one-by-one": spell.has_loop("single"),
            },
        )


def test_redirect(spell, rng):
    """`redirect(which, closed, instead)` changes only what goes to a closed town"""
    for letters, towns, _, _ in _rounds(rng):
        for shape in ((letters,), (letters, 3)):
            which = _places(rng, *shape, below=towns)
            closed = torch.from_numpy(rng.random(towns) < 0.4)
            instead = int(rng.integers(0, towns))
            shut = [bool(c) for c in closed.tolist()]
            flat = [instead if shut[town] else town for town in which.flatten().tolist()]
            opposite = torch.where(closed[which], which, instead)
            same(
                _asked(spell.redirect, which, closed, instead),
                torch.tensor(flat, dtype=torch.int64).reshape(shape),
                f"redirect({_words(which, closed, instead)})",
                mistakes={
                    "other-way-round": lambda t, o=opposite: torch.equal(t, o),
                    "one-by-one": spell.has_loop("redirect"),
                },
            )


def test_count(spell, rng):
    """`count(which, towns)` counts each letter, and each town"""
    for letters, towns, many, _ in _rounds(rng):
        # towns at the end without a letter: the row must be as long all the same
        which = _places(rng, letters * many, below=max(1, towns - 1))
        names = which.tolist()
        asked = torch.tensor([names.count(town) for town in range(towns)])
        same(
            _asked(spell.count, which, towns),
            asked,
            f"count({_words(which, towns)})",
            mistakes={
                "plus-equals": lambda t, a=asked: torch.equal(t, a.clamp(max=1)),
                "towns-missing": lambda t, n=towns: t.ndim == 1 and len(t) < n,
                "wrong-kind": lambda t: t.dtype != torch.int64,
                "one-by-one": spell.has_loop("count"),
            },
        )


def test_deliver(spell, rng):
    """`deliver(weights, which, towns)` adds up what goes to one town"""
    for riders, towns, k, kind in _rounds(rng):
        weights, which = _table(rng, riders, k, kind=kind) + 1, _places(rng, riders, k, below=towns)
        rows = []
        for carried, names in zip(weights.tolist(), which.tolist()):
            row = [0] * towns
            for weight, town in zip(carried, names):
                row[town] += weight
            rows.append(row)
        asked = torch.tensor(rows, dtype=kind).reshape(riders, towns)
        same(
            _asked(spell.deliver, weights, which, towns),
            asked,
            f"deliver({_words(weights, which, towns)})",
            mistakes={
                "wrong-kind": lambda t, k=kind: t.dtype != k,
                "last-letter-wins": lambda t, a=asked, w=which: (
                    t.shape == a.shape and _one_each(t, a, w)
                ),
                "one-by-one": spell.has_loop("deliver"),
            },
        )


def _one_each(t, asked, which):
    """Whether only towns with several letters have too little."""
    many = torch.zeros_like(asked, dtype=torch.int64).scatter_add(1, which, torch.ones_like(which))
    return bool((t == asked)[many < 2].all()) and bool((t <= asked).all())


def test_at_once(spell):
    """no loop and no comprehension"""
    if spell.has_loop() or spell.calls("map", "filter", "apply_", "map_", "vectorize"):
        mistake("one-by-one", "asked for no loop, your program has one")
