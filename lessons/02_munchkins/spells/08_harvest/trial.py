"""Whether a ledger that nobody has seen is read, sieved, and turned into features.

What is expected is worked out here row by row in plain Python, so that it owes nothing to the way in which
the model answer does it.
"""

import ast

import torch

from oz.trial import mistake, require, same, shares_storage

EVERY_CASE = [
    [0, 201, 40, 4],
    [2, 214, 25, 0],
    [1, 240, 0, 0],  # no baskets
    [1, 241, 8, 9],  # more rotten than there are
    [0, 30, 10, 10],  # all rotten, which makes sense
    [2, 9, 12, 3],
    [1, 99, 0, 5],  # neither
    [2, 120, 1, 0],  # a single basket
]
KINDS = (torch.int64, torch.uint8, torch.float64, torch.int32, torch.float32, torch.int16)


def _harvests(rng, count, largest=200):
    """`count` rows as lists: field, day, baskets, rotten; about one in three makes no sense."""
    rows = []
    for _ in range(count):
        baskets = int(rng.integers(0, largest)) if rng.random() > 0.2 else 0
        rotten = int(rng.integers(0, baskets + 1))
        chance = rng.random()
        if chance < 0.15:
            rotten = baskets + int(rng.integers(1, 20))
        elif chance < 0.3:
            rotten = baskets
        rows.append([int(rng.integers(0, 3)), int(rng.integers(1, 250)), baskets, rotten])
    return rows


def _ledgers(rng):
    """Pairs of a flat tensor and its rows: every kind of number, every other number, and none."""
    for number, count in enumerate((8, 1, 0, 3, 12, 40, 9, 2)):
        rows = _harvests(rng, count) if number else EVERY_CASE
        flat = [entry for row in rows for entry in row]
        yield torch.tensor(flat, dtype=KINDS[number % len(KINDS)]), rows
        if number in (0, 4):
            spread = torch.zeros(len(flat) * 3, dtype=torch.int64)
            spread[::3] = torch.tensor(flat)
            yield spread[::3], rows
    # sums of these are more than an int16 or a float16 can hold
    large = [[number % 3, 200, 30_000, 10] for number in range(20)]
    yield torch.tensor([entry for row in large for entry in row], dtype=torch.int16), large


def _sensible(rows):
    return [row for row in rows if row[2] > 0 and row[3] <= row[2]]


def _table(rows, kind):
    return torch.tensor(rows, dtype=kind).reshape(-1, 4)


def _tables(rng):
    """Pairs of a table of sensible rows, sometimes a window into a larger one, and its rows."""
    for entries, rows in _ledgers(rng):
        kept = _sensible(rows)
        table = _table(kept, entries.dtype)
        yield table, kept
        wide = torch.zeros(2 * len(kept), 6, dtype=entries.dtype)
        wide[::2, 1:5] = table
        yield wide[::2, 1:5], kept


def _features(rows):
    lines = []
    for field, day, baskets, rotten in rows:
        hot = [1.0 if field == k else 0.0 for k in range(3)]
        lines.append([*hot, day / 365, float(baskets), (baskets - rotten) / baskets])
    return torch.tensor(lines, dtype=torch.float32).reshape(-1, 6)


def _words(table):
    return f"{len(table)} rows in {str(table.dtype).removeprefix('torch.')}"


def _near(got, asked):
    return got.shape == asked.shape and bool(((got - asked).abs() < 1e-4).all())


def _untouched(tensor, before):
    require(
        torch.equal(tensor, before),
        "the ledger stays as it is",
        "it was written into",
        mistakes={"ledger-changed": True},
    )


def _view_of(got, whole):
    require(
        got.numel() == 0 or shares_storage(got, whole),
        "a view of the same storage",
        "a copy",
        mistakes={"not-a-view": True},
    )


def test_read(spell, rng):
    """`read(entries)` is a view with four columns"""
    for entries, rows in _ledgers(rng):
        got = spell.read(entries)
        same(
            got,
            _table(rows, entries.dtype),
            f"read({len(entries)} entries)",
            mistakes={"by-columns": lambda t: t.shape[0] == 4 or t.shape[-1] != 4},
        )
        _view_of(got, entries)


def test_sensible(spell, rng):
    """`sensible(rows)` keeps the rows that make sense, in order"""
    # `(a > 0) & b <= a` keeps every row, as no mask at all does; the source tells them apart.
    joined = any(isinstance(node, (ast.BitAnd, ast.BitOr)) for node in ast.walk(spell.tree))
    for entries, rows in _ledgers(rng):
        table = _table(rows, entries.dtype)
        before = table.clone()
        same(
            spell.sensible(table),
            _table(_sensible(rows), entries.dtype),
            f"sensible({_words(table)})",
            mistakes={
                "brackets": lambda t, n=len(rows): joined and len(t) == n,
                "all-rows": lambda t, n=len(rows): len(t) == n,
                "empty-baskets": lambda t: bool((t[:, 2] <= 0).any()),
                "all-rotten-out": lambda t, r=rows: (
                    t.tolist() == [row for row in r if row[2] > 0 and row[3] < row[2]]
                ),
            },
        )
        _untouched(table, before)


def test_sound(spell, rng):
    """`sound(rows)` is the sound share of each row, `float32`"""
    for table, rows in _tables(rng):
        before = table.clone()
        asked = _features(rows)[:, 5]
        same(
            spell.sound(table),
            asked,
            f"sound({_words(table)})",
            mistakes={
                "wrong-kind": lambda t, a=asked: t.dtype != a.dtype and _near(t, a),
                "rotten-share": lambda t, a=asked: _near(1 - t, a),
            },
        )
        _untouched(table, before)


def test_features(spell, rng):
    """`features(rows)` is six columns of `float32`"""
    for table, rows in _tables(rng):
        before = table.clone()
        asked = _features(rows)
        same(
            spell.features(table),
            asked,
            f"features({_words(table)})",
            mistakes={
                "columns-as-rows": lambda t, a=asked: _near(t, a.T),
                "field-as-size": lambda t: t.ndim == 2 and t.shape[1] in (4, 5),
                "wrong-kind": lambda t, a=asked: t.dtype != a.dtype and _near(t, a),
                "uint8-mask": lambda t, b=before: b.dtype == torch.uint8 and len(t) != len(b),
            },
        )
        _untouched(table, before)


def test_weeks(spell, rng):
    """`weeks(daily)` is rows of seven, a view, the last part of a week left out"""
    for days in (14, 7, 0, 1, 6, 8, 365, *rng.integers(9, 200, size=3).tolist()):
        numbers = rng.integers(0, 90, size=days)
        spread = torch.zeros(days, 2, dtype=torch.int64)
        spread[:, 0] = torch.from_numpy(numbers)
        for daily in (torch.from_numpy(numbers).to(torch.float32), spread[:, 0]):
            whole = days // 7 * 7
            got = spell.weeks(daily)
            same(
                got,
                torch.tensor(daily.tolist()[:whole], dtype=daily.dtype).reshape(-1, 7),
                f"weeks({days} days)",
                mistakes={
                    "last-weeks": lambda t, d=daily, w=whole: (
                        w > 0 and t.reshape(-1).tolist() == d.tolist()[-w:]
                    ),
                },
            )
            _view_of(got, daily)


def test_total(spell, rng):
    """`total(rows)` is the number of sound baskets, a plain `int`"""
    for table, rows in _tables(rng):
        before = table.clone()
        asked = sum(baskets - rotten for _, _, baskets, rotten in rows)
        same(
            spell.total(table),
            asked,
            f"total({_words(table)})",
            mistakes={
                "tensor-total": lambda t, a=asked: int(t) == a,
                "went-round": lambda t, a=asked: int(t) != a and (int(t) - a) % 256 == 0,
            },
        )
        _untouched(table, before)


def test_reckon(spell, rng):
    """`reckon(entries)` does it all, from the flat line on"""
    for entries, rows in _ledgers(rng):
        before = entries.clone()
        kept = _sensible(rows)
        got = spell.reckon(entries)
        require(
            isinstance(got, (tuple, list)) and len(got) == 2,
            "a pair, `(features, total)`",
            f"`{type(got).__name__}`",
        )
        same(
            got[0],
            _features(kept),
            f"reckon({len(rows)} harvests)[0]",
            mistakes={"all-rows": lambda t, n=len(rows), k=len(kept): len(t) == n != k},
        )
        same(
            got[1],
            sum(baskets - rotten for _, _, baskets, rotten in kept),
            f"reckon({len(rows)} harvests)[1]",
            mistakes={"all-rows": len(rows) != len(kept)},
        )
        _untouched(entries, before)


def test_at_once(spell):
    """no loop and no comprehension"""
    if spell.has_loop() or spell.calls("map", "filter", "apply_", "map_", "vectorize", "reduce"):
        mistake("by-hand", "asked for no loop, your program has one")
