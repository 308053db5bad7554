"""Whether the field is seen from the side without a post being moved."""

import torch

from oz.trial import require, same, shares_storage


def _fields(rng):
    """Fields of all sorts: in one piece, windows into others, turned ones, thin, single and empty."""
    rows, columns = rng.integers(3, 8, size=2).tolist()
    large = torch.arange(200).view(10, 20)
    return {
        "a field of 2 rows of 3": torch.arange(6).view(2, 3),
        f"a field of {rows} rows of {columns + 6}": torch.rand(rows, columns + 6),
        "a window into a larger field": large[2:7, 3 : 3 + columns],
        "every second column of a field": large[:rows, ::2].to(torch.int16)[:, ::2],
        "a field that was turned before": torch.rand(columns, rows, dtype=torch.float64).T,
        "a field of one row": torch.arange(5).view(1, 5),
        "a field of one column": torch.arange(4).view(4, 1),
        "a single post": torch.tensor([[7]], dtype=torch.uint8),
        "a field without posts": torch.zeros(0, 3),
    }


def _is_window(got, field, mistakes_wanted="posts-copied"):
    require(
        field.numel() == 0 or got.numel() == 0 or shares_storage(got, field),
        "a window into the same field",
        "a copy of it",
        mistakes={mistakes_wanted: True},
    )


def test_turned(spell, rng):
    """`turned(field)` has columns for rows"""
    for what, field in _fields(rng).items():
        shape, asked = field.shape, field.clone().T
        got = spell.turned(field)
        require(field.shape == shape, "the field itself stays as it is", "it was turned in place")
        same(
            got,
            asked,
            f"turned({what})",
            mistakes={
                "rows-broken": lambda t, f=field: torch.equal(t.reshape(-1), f.reshape(-1)),
            },
        )


def test_turned_moves_nothing(spell, rng):
    """`turned(field)` looks at the same posts"""
    for field in _fields(rng).values():
        _is_window(spell.turned(field), field)


def test_walk(spell, rng):
    """`walk(field)` meets every post once, column by column"""
    for what, field in _fields(rng).items():
        before = field.clone()
        same(
            spell.walk(field),
            field.T.reshape(-1),
            f"walk({what})",
            mistakes={
                "walked-by-rows": lambda t, f=field: torch.equal(t.reshape(-1), f.reshape(-1)),
            },
        )
        require(torch.equal(field, before), "the field stays as it is", "it was changed")


def test_paces(spell, rng):
    """`paces(field)` is the steps to the next row and to the next post"""
    for what, field in _fields(rng).items():
        if field.numel() == 0:
            continue  # nobody walks there
        got = spell.paces(field)
        same(
            list(got) if isinstance(got, (tuple, list, torch.Size)) else got,
            list(field.stride()),
            f"paces({what})",
            mistakes={
                "shape-for-paces": lambda p, f=field: p == list(f.shape),
                "paces-of-a-copy": lambda p, f=field: p == [f.shape[1], 1],
            },
        )


def test_inner(spell, rng):
    """`inner(field)` leaves out the outermost posts, all round, and copies nothing"""
    for what, field in _fields(rng).items():
        got = spell.inner(field)
        same(
            got,
            field[1:-1, 1:-1],
            f"inner({what})",
            mistakes={
                "far-rail-left": lambda t: t.ndim == 2,
            },
        )
        _is_window(got, field)
