"""Whether all bricks are laid at once, as they would be laid one by one.

What is expected is worked out brick by brick, in Python's own numbers. The marks are measured in
tests/benchmarks/test_marks_road.py.
"""

import ast
import math
import sys
import time

import torch

from oz.trial import mistake, require, same

CLOSE = {torch.float32: 1e-3, torch.float64: 1e-7}
"""How near far from home: subtracting first stays within, subtracting last does not."""

TIMES = 50
"""How many times as quick as by hand it has to be, at least."""


def _heaps(rng):
    """Bricks (n, d) and holes (k, d): equal numbers, single ones, none, and far from home."""
    sizes = [
        (6, 3, 2),
        (4, 4, 3),
        (3, 3, 3),
        (1, 5, 2),
        (5, 1, 2),
        (4, 2, 1),
        (0, 3, 2),
        (30, 4, 3),
    ]
    sizes += [tuple(rng.integers(2, 12, size=3).tolist()), (40, 28, 3)]
    for number, (n, k, d) in enumerate(sizes):
        kind = torch.float64 if number % 3 == 2 else torch.float32
        for home in (0.0, 1000.0):
            bricks = torch.from_numpy(rng.normal(size=(n, d)) + home).to(kind)
            holes = torch.from_numpy(rng.normal(size=(k, d)) + home).to(kind)
            yield bricks, holes


def _far(bricks, holes):
    """Squared distances as lists."""
    return [
        [sum((a - b) ** 2 for a, b in zip(brick, hole)) for hole in holes.tolist()]
        for brick in bricks.tolist()
    ]


def _table(bricks, holes):
    return torch.tensor(_far(bricks, holes), dtype=bricks.dtype).reshape(len(bricks), len(holes))


def _chosen(bricks, holes):
    return [row.index(min(row)) for row in _far(bricks, holes)]


def _shifted(bricks, which, holes):
    rows = []
    for j, hole in enumerate(holes.tolist()):
        mine = [brick for brick, own in zip(bricks.tolist(), which) if own == j]
        rows.append([math.fsum(m) / len(mine) for m in zip(*mine)] if mine else hole)
    return torch.tensor(rows, dtype=holes.dtype)


def _words(bricks, holes):
    home = ", far from home" if bricks.numel() and float(bricks.mean()) > 500 else ""
    return f"{len(bricks)} bricks, {len(holes)} holes, of {bricks.shape[1]} measures{home}"


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


def _near(a, b):
    return a.shape == b.shape and bool(torch.allclose(a, b, rtol=1e-3, atol=1e-3))


def _no_hands():
    """From now on the loops of by_hand refuse, whoever has hold of them."""

    def refuse(*_a, **_k):
        raise RuntimeError("by hand")

    module = sys.modules.get("by_hand")
    for name in ("distances", "nearest", "moved"):
        if hasattr(module, name):
            getattr(module, name).__code__ = refuse.__code__


def test_at_once(spell):
    """no loop but the one over the rounds"""
    _no_hands()
    loops = (
        ast.For,
        ast.While,
        ast.ListComp,
        ast.SetComp,
        ast.DictComp,
        ast.GeneratorExp,
    )
    functions = [node for node in spell.tree.body if isinstance(node, ast.FunctionDef)]
    looping = [
        node.name
        for node in functions
        if sum(isinstance(part, loops) for part in ast.walk(node)) > (node.name == "pave")
        or (node.name != "pave" and _calls_itself(node))
    ]
    if looping:
        mistake("one-by-one", f"asked for no loop, there is one in `{looping[0]}`")
    if spell.calls("map", "filter", "reduce", "functools.reduce", "apply_", "map_", "vectorize"):
        mistake("one-by-one", "asked for no loop, there is one under another name")


def _calls_itself(function):
    return any(
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Name)
        and part.func.id == function.name
        for part in ast.walk(function)
    )


def test_distances(spell, rng):
    """`distances(bricks, holes)` is each against each, to the last digits"""
    _no_hands()
    for bricks, holes in _heaps(rng):
        asked = _table(bricks, holes)
        rounded = bricks.numel() and float(bricks.mean()) > 500
        same(
            _asked(spell.distances, bricks, holes),
            asked,
            f"distances({_words(bricks, holes)})",
            rtol=CLOSE[bricks.dtype],
            atol=CLOSE[bricks.dtype] * 0.1,
            mistakes={
                "measures-left": lambda t: t.ndim == 3,
                "turned": lambda t, a=asked: t.shape == a.T.shape and _near(t, a.T),
                "rooted": lambda t, a=asked: _near(t, a.sqrt()),
                "not-crossed": lambda t: t.ndim < 2,
                "cancelled": lambda t, a=asked, r=rounded: (
                    r and t.shape == a.shape and t.dtype == a.dtype
                ),
            },
        )


def test_nearest(spell, rng):
    """`nearest(bricks, holes)` is the number of each brick's hole"""
    _no_hands()
    for bricks, holes in _heaps(rng):
        far = _far(bricks, holes)
        most = torch.tensor([row.index(max(row)) for row in far], dtype=torch.int64)
        same(
            _asked(spell.nearest, bricks, holes),
            torch.tensor(_chosen(bricks, holes), dtype=torch.int64),
            f"nearest({_words(bricks, holes)})",
            mistakes={
                "distance-not-number": lambda t: t.dtype.is_floating_point,
                "farthest": lambda t, m=most: torch.equal(t, m),
                "bricks-for-holes": lambda t, n=len(bricks): (
                    t.shape != (n,) or int(t.max()) >= len(far[0])
                ),
            },
        )


def test_spread(spell, rng):
    """`spread(bricks, holes)` is the mean of the distances from their own holes"""
    _no_hands()
    for bricks, holes in _heaps(rng):
        if not len(bricks):
            continue
        table = _table(bricks, holes)
        asked = torch.tensor(math.fsum(min(row) for row in _far(bricks, holes)) / len(bricks))
        same(
            _asked(spell.spread, bricks, holes),
            asked.to(bricks.dtype),
            f"spread({_words(bricks, holes)})",
            rtol=1e-3,
            atol=1e-4,
            mistakes={
                "spread-of-all": lambda t, b=table: t.ndim == 0 and _near(t, b.mean()),
                "bricks-for-holes": lambda t, b=table: t.ndim == 0 and _near(t, b.amin(0).mean()),
                "sum-not-mean": lambda t, a=asked, n=len(bricks): (
                    t.ndim > 0 or _near(t, a.to(t.dtype) * n)
                ),
                "rooted": lambda t, b=table: (
                    _near(t, b.amin(1).sqrt().mean()) or _near(t, b.amin(1).mean().sqrt())
                ),
            },
        )


def test_moved(spell, rng):
    """`moved(bricks, which, holes)` puts each hole in the middle of its bricks"""
    _no_hands()
    for number, (bricks, holes) in enumerate(_heaps(rng)):
        n, k = len(bricks), len(holes)
        # in every second heap the last hole is chosen by nobody
        which = torch.from_numpy(rng.integers(0, max(1, k - number % 2), size=n))
        asked = _shifted(bricks, which.tolist(), holes)
        counts = torch.tensor([which.tolist().count(j) for j in range(k)])
        full = counts > 0
        sums = asked * counts[:, None]
        same(
            _asked(spell.moved, bricks, which, holes),
            asked,
            f"moved({_words(bricks, holes)})",
            rtol=1e-4,
            atol=1e-4,
            mistakes={
                "empty-hole": lambda t, a=asked, f=full: (
                    t.shape == a.shape and not bool(f.all()) and _near(t[f], a[f])
                ),
                "sum-not-mean": lambda t, s=sums, f=full: (
                    t.shape == s.shape and (_near(t[f], s[f]) or _near(t, s / len(bricks)))
                ),
                "last-brick-wins": lambda t, a=asked, b=bricks: (
                    t.shape == a.shape and _some_brick(t, a, b, which, counts)
                ),
            },
        )


def _some_brick(t, asked, bricks, which, counts):
    """Whether holes with several bricks show one of them, or a part of one."""
    for j in range(len(counts)):
        if counts[j] < 2:
            continue
        mine = bricks[which == j]
        shown = [t[j], t[j] * counts[j]]
        if not any(_near(row, brick) for row in shown for brick in mine):
            return False
    return True


def test_chances(spell, rng):
    """`chances(bricks, holes, softness)` come to 1 for each brick, however sharp"""
    _no_hands()
    for bricks, holes in _heaps(rng):
        for softness in (1.0, 10.0, 1e-4):
            table = _table(bricks, holes) / softness
            asked = torch.softmax(-table, dim=1)
            sharp = softness < 1e-2
            same(
                _asked(spell.chances, bricks, holes, softness),
                asked,
                f"chances({_words(bricks, holes)}, {softness:g})",
                rtol=1e-2,
                atol=1e-3 if not sharp else 0.05,
                mistakes={
                    "too-sharp": lambda t: bool(t.isnan().any()),
                    "far-is-likely": lambda t, b=table: _near(t, torch.softmax(b, dim=1)),
                    "wrong-whole": lambda t, b=table: (
                        _near(t, torch.softmax(-b, dim=0))
                        or (t.ndim == 2 and _near(t.sum(0), torch.ones_like(t.sum(0))))
                    ),
                },
            )


def test_pave(spell, rng):
    """`pave(bricks, holes, rounds)` gives holes, choice and spread as they are at the end"""
    _no_hands()
    for bricks, holes in _heaps(rng):
        if len(bricks) < 3:
            continue
        bricks, holes = bricks.double(), holes.double()
        for rounds in (0, 1, 2, 5):
            steps = [holes]
            for _ in range(rounds + 1):
                steps.append(_shifted(bricks, _chosen(bricks, steps[-1]), steps[-1]))
            got = _asked(spell.pave, bricks, holes, rounds)
            name = f"pave({_words(bricks, holes)}, {rounds})"
            require(
                isinstance(got, (tuple, list)) and len(got) == 3,
                "holes, which and spread",
                type(got).__name__,
            )
            same(
                got[0],
                steps[rounds],
                f"{name}[0]",
                rtol=1e-6,
                atol=1e-6,
                mistakes={
                    "rounds": lambda t, s=steps, r=rounds: (
                        _near(t, s[r + 1])
                        or (r > 0 and _near(t, s[r - 1]))
                        or _near(t, s[min(1, len(s) - 1)])
                    ),
                },
            )
            last = torch.tensor(_chosen(bricks, steps[rounds]))
            before = torch.tensor(_chosen(bricks, steps[max(0, rounds - 1)]))
            same(
                got[1],
                last,
                f"{name}[1]",
                mistakes={"stale": lambda t, b=before: torch.equal(t, b)},
            )
            far = _far(bricks, steps[rounds])
            older = _far(bricks, steps[max(0, rounds - 1)])
            asked = math.fsum(min(row) for row in far) / len(far)
            stale = math.fsum(min(row) for row in older) / len(older)
            mixed = math.fsum(row[b] for row, b in zip(far, before.tolist())) / len(far)
            same(
                torch.as_tensor(got[2]),
                torch.tensor(asked),
                f"{name}[2]",
                rtol=1e-6,
                dtype=False,
                mistakes={
                    "stale": lambda t, s=stale, m=mixed: (
                        abs(float(t) - s) < 1e-6 or abs(float(t) - m) < 1e-6
                    )
                },
            )


def _by_hand(bricks, holes):
    """Setts' way, and her time for it."""
    began = time.perf_counter()
    for i in range(len(bricks)):
        least = math.inf
        for j in range(len(holes)):
            far = ((bricks[i] - holes[j]) ** 2).sum()
            if far < least:
                least = far
    return time.perf_counter() - began


def _quickest(work, *handed, times=5):
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work(*handed)
        taken.append(time.perf_counter() - began)
    return min(taken)


def test_quick(spell):
    """at least 50 times as quick as by hand"""
    _no_hands()
    bricks, holes = torch.rand(150, 3), torch.rand(12, 3)
    slow = min(_by_hand(bricks, holes) for _ in range(2))
    quick = _quickest(spell.nearest, bricks, holes)
    require(
        slow > quick * TIMES,
        f"{TIMES} times as quick as by hand ({slow * 1000:.1f} ms)",
        f"{slow / quick:.1f} times ({quick * 1000:.1f} ms)",
        mistakes={"one-by-one": True},
    )
