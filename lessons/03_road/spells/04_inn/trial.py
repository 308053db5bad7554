"""Whether the right axes meet and are added up. Expected values come from sums in plain Python."""

import ast

import torch

from oz.trial import mistake, same

FLOATS = (torch.float32, torch.float64)
WHOLES = (torch.int64, torch.int32)


def _counts(rng, *size, kind=torch.int64):
    return torch.from_numpy(rng.integers(0, 6, size=size)).to(kind)


def _eighths(rng, *size, kind=torch.float32):
    """Odd eighths: not whole, and exact in either width."""
    return ((torch.from_numpy(rng.integers(1, 40, size=size)) * 2 + 1) / 8).to(kind)


def _rounds(rng):
    """(guests, dishes, things), number types; sizes that are equal, single and nought among them."""
    sizes = [
        (2, 3, 2),
        (3, 3, 3),
        (1, 4, 1),
        (4, 1, 2),
        (0, 3, 2),
        *rng.integers(2, 7, size=(3, 3)).tolist(),
    ]
    for number, size in enumerate(sizes):
        yield *size, FLOATS[number % 2], WHOLES[number // 2 % 2]


def _product(left, right):
    """Rows of `left` along rows of `right`, as lists."""
    return [[sum(a * b for a, b in zip(one, other)) for other in right] for one in left]


def _words(*tensors):
    return ", ".join(f"{tuple(t.shape)} {str(t.dtype).removeprefix('torch.')}" for t in tensors)


def _is_narrow(kind):
    return lambda t: t.dtype.is_floating_point and t.dtype != kind


def test_bill(spell, rng):
    """`bill(orders, prices)` is one sum for each guest"""
    for guests, dishes, _, kind, whole in _rounds(rng):
        orders, prices = _counts(rng, guests, dishes, kind=whole), _eighths(rng, dishes, kind=kind)
        owed = [row[0] for row in _product(orders.tolist(), [prices.tolist()])]
        same(
            spell.bill(orders, prices),
            torch.tensor(owed, dtype=kind),
            f"bill({_words(orders, prices)})",
            mistakes={
                "times-not-matmul": lambda t: t.ndim == 2,
                "wrong-sum": lambda t, o=orders, p=prices: (
                    t.ndim == 0 or torch.equal(t, (o * p).sum(0))
                ),
                "lost-cents": lambda t, o=orders, p=prices: torch.equal(
                    t.double(), (o @ p.to(o.dtype)).double()
                ),
                "narrowed": _is_narrow(kind),
            },
        )


def test_larder(spell, rng):
    """`larder(orders, recipes)` has a row for each guest, a column for each thing"""
    for guests, dishes, things, kind, whole in _rounds(rng):
        orders = _counts(rng, guests, dishes, kind=whole)
        recipes = _eighths(rng, things, dishes, kind=kind)
        asked = torch.tensor(_product(orders.tolist(), recipes.tolist()), dtype=kind)
        same(
            spell.larder(orders, recipes),
            asked.reshape(guests, things),
            f"larder({_words(orders, recipes)})",
            mistakes={
                "shapes": lambda t, o=orders, r=recipes: (
                    r.shape[0] == r.shape[1] and torch.equal(t, o.to(r.dtype) @ r)
                ),
                "lost-cents": lambda t, o=orders, r=recipes: torch.equal(
                    t.double(), (o @ r.to(o.dtype).T).double()
                ),
                "narrowed": _is_narrow(kind),
            },
        )


def _reckoned(spell, orders, recipes):
    try:
        return spell.week(orders, recipes)
    except RuntimeError:
        if _turns_everything(spell, "week"):
            mistake("all-turned")
        raise


def _turns_everything(spell, name):
    return any(
        isinstance(node, ast.FunctionDef)
        and node.name == name
        and any(isinstance(part, ast.Attribute) and part.attr == "T" for part in ast.walk(node))
        for node in ast.walk(spell.tree)
    )


def test_week(spell, rng):
    """`week(orders, recipes)` does so day by day"""
    for guests, dishes, things, kind, whole in _rounds(rng):
        for days in (7, 1, int(rng.integers(2, 5))):
            orders = _counts(rng, days, guests, dishes, kind=whole)
            recipes = _eighths(rng, days, things, dishes, kind=kind)
            asked = [_product(o, r) for o, r in zip(orders.tolist(), recipes.tolist())]
            single = orders.to(kind) @ recipes[0].mT
            same(
                _reckoned(spell, orders, recipes),
                torch.tensor(asked, dtype=kind).reshape(days, guests, things),
                f"week({_words(orders, recipes)})",
                mistakes={
                    "only-one-day": lambda t, s=single, n=days: n > 1 and torch.equal(t, s),
                    "narrowed": _is_narrow(kind),
                    "all-turned": _turns_everything(spell, "week"),
                },
            )


def test_company(spell, rng):
    """`company(orders)` sets guest against guest"""
    for guests, dishes, _, _, whole in _rounds(rng):
        orders = _counts(rng, guests, dishes, kind=whole)
        asked = torch.tensor(_product(orders.tolist(), orders.tolist()), dtype=whole)
        same(
            spell.company(orders),
            asked.reshape(guests, guests),
            f"company({_words(orders)})",
            mistakes={
                "dishes-not-guests": lambda t, o=orders: torch.equal(t, o.T @ o),
                "times-not-matmul": lambda t, o=orders: torch.equal(t, o * o),
                "yes-or-no": lambda t, o=orders: torch.equal(
                    t.long(), (o > 0).long() @ (o > 0).long().T
                ),
                "kind-changed": lambda t, k=whole: t.dtype != k,
            },
        )


def test_card(spell, rng):
    """`card(portions, prices)` has a row for each size, a column for each dish"""
    for sizes, dishes, _, kind, _ in _rounds(rng):
        portions, prices = _eighths(rng, sizes, kind=kind), _eighths(rng, dishes, kind=kind)
        asked = [[a * b for b in prices.tolist()] for a in portions.tolist()]
        asked = torch.tensor(asked, dtype=kind).reshape(sizes, dishes)
        same(
            spell.card(portions, prices),
            asked,
            f"card({_words(portions, prices)})",
            mistakes={
                "one-number": lambda t: t.ndim == 0,
                "turned-card": lambda t, a=asked: torch.equal(t, a.T),
                "times-not-matmul": lambda t: t.ndim == 1,
            },
        )
