"""Whether the right axis goes away, and comes back where it is needed.

What is expected is worked out number by number in plain Python.
"""

import math

import torch

from oz.trial import mistake, require, same

KINDS = (torch.float32, torch.float64)


def _boards(rng):
    """Boards and stacks of boards; no two tolls of a day are equal, some days bring nothing."""
    sizes = [
        (4, 3),
        (3, 4),
        (3, 3),
        (1, 5),
        (5, 1),
        (1, 1),
        (2, 4, 3),
        (3, 3, 3),
        (4, 4, 2),
        (1, 2, 2),
    ]
    sizes += [tuple(rng.integers(2, 8, size=2).tolist()), (2, 3, 2, 4)]
    for number, size in enumerate(sizes):
        # different eighths within a day: exact in either width, so no ties and no rounding
        order = torch.from_numpy(rng.random(size).argsort(-1))
        more = torch.from_numpy(rng.integers(0, 8, size=size[:-1]))
        board = ((order + 1) * (more[..., None] + 1)).to(KINDS[number % 2]) / 8
        idle = torch.from_numpy(rng.random(size[:-1]) < 0.3)
        board[idle] = 0.0
        if board.numel() and not bool((board.sum(-1) == 0).any()) and size[-2] > 2:
            board[..., 1, :] = 0.0
        if number % 4 == 3:
            board = board.mT.contiguous().mT
        yield board


def _each(board, work):
    """`work` done to each board of a stack, a list of rows at a time."""
    if board.ndim == 2:
        return work(board.tolist())
    return [_each(part, work) for part in board]


def _made(board, work):
    return torch.tensor(_each(board, work), dtype=board.dtype)


def _words(board):
    return f"a board {tuple(board.shape)}"


def _asked(function, board):
    before = board.clone()
    got = function(board)
    require(
        torch.equal(board, before),
        "the board stays as it is",
        "it was written on",
        mistakes={"board-changed": True},
    )
    return got


def _near(a, b):
    return a.shape == b.shape and bool(torch.allclose(a, b, equal_nan=True))


def test_each_gate(spell, rng):
    """`each_gate(tolls)` adds up the days"""
    for board in _boards(rng):
        asked = _made(board, lambda rows: [sum(column) for column in zip(*rows)])
        same(
            _asked(spell.each_gate, board),
            asked,
            f"each_gate({_words(board)})",
            mistakes={
                "one-number": lambda t: t.ndim == 0,
                "wrong-axis": lambda t, b=board: _near(t, b.sum(-1)),
                "from-the-front": lambda t, b=board: b.ndim > 2 and _near(t, b.sum(0)),
                "one-by-one": spell.has_loop("each_gate"),
            },
        )


def test_each_day(spell, rng):
    """`each_day(tolls)` adds up the gates"""
    for board in _boards(rng):
        same(
            _asked(spell.each_day, board),
            _made(board, lambda rows: [sum(row) for row in rows]),
            f"each_day({_words(board)})",
            mistakes={
                "one-number": lambda t: t.ndim == 0,
                "from-the-front": lambda t, b=board: (
                    b.ndim > 2 and (_near(t, b.sum(1)) or _near(t, b.sum(0)))
                ),
                "wrong-axis": lambda t, b=board: _near(t, b.sum(-2)),
                "one-by-one": spell.has_loop("each_day"),
            },
        )


def _shares(rows):
    return [[toll / sum(row) if sum(row) else 0.0 for toll in row] for row in rows]


def test_shares(spell, rng):
    """`shares(tolls)` come to 1 for every day that brought something"""
    for board in _boards(rng):
        whole, columns = board.sum(-1, keepdim=True), board.sum(-2, keepdim=True)
        got = _asked(spell.shares, board)
        same(
            got,
            _made(board, _shares),
            f"shares({_words(board)})",
            mistakes={
                "divided-by-nought": lambda t, b=board, w=whole: (
                    _near(t, b / w)
                    or bool(
                        t.isnan().any()
                        and (w == 0).any()
                        and _near(t.nan_to_num(), (b / w).nan_to_num())
                    )
                ),
                "square-board": lambda t, b=board, w=whole: _close(t, b / w.mT),
                "wrong-whole": lambda t, b=board, c=columns: (
                    _close(t, b / c)
                    or _close(t, b / b.sum())
                    or _close(t, b / b.sum((-2, -1), keepdim=True))
                ),
                "from-the-front": lambda t, b=board: (
                    b.ndim > 2
                    and (_close(t, b / b.sum(1, keepdim=True)) or _close(t, b / b.sum(0)))
                ),
                "one-by-one": spell.has_loop("shares"),
            },
        )


def _close(t, other):
    """Whether the two agree where both are numbers."""
    return t.shape == other.shape and bool(
        torch.allclose(t.nan_to_num(0, 0, 0), other.nan_to_num(0, 0, 0))
    )


def _above(rows):
    means = [math.fsum(column) / len(rows) for column in zip(*rows)]
    return [[toll - mean for toll, mean in zip(row, means)] for row in rows]


def test_above(spell, rng):
    """`above(tolls)` measures each gate from its own mean"""
    for board in _boards(rng):
        same(
            _asked(spell.above, board),
            _made(board, _above),
            f"above({_words(board)})",
            atol=1e-5,
            mistakes={
                "mean-of-day": lambda t, b=board: _near(t, b - b.mean(-1, keepdim=True)),
                "mean-of-all": lambda t, b=board: _near(t, b - b.mean()),
                "square-board": lambda t, b=board: (
                    _near(t, b - b.mean(-1, keepdim=True).mT)
                    or _near(t, b - b.mean(-2, keepdim=True).mT)
                    or (b.ndim > 2 and _near(t, b - b.mean(-2)))
                ),
                "from-the-front": lambda t, b=board: b.ndim > 2 and _near(t, b - b.mean(0)),
                "one-by-one": spell.has_loop("above"),
            },
        )


def test_best(spell, rng):
    """`best(tolls)` is the pair of the highest toll and its gate"""
    for board in _boards(rng):
        got = _asked(spell.best, board)
        name = f"best({_words(board)})"
        require(
            isinstance(got, (tuple, list)) and len(got) == 2,
            "a pair of tensors",
            f"{type(got).__name__}",
            mistakes={
                "only-where": getattr(got, "dtype", None) == torch.int64,
                "only-highest": isinstance(got, torch.Tensor),
            },
        )
        values, gates = got
        asked = _made(board, lambda rows: [max(row) for row in rows])
        same(
            values,
            asked,
            f"{name}[0]",
            mistakes={
                "only-where": lambda t: t.dtype == torch.int64,
                "one-number": lambda t: t.ndim == 0,
                "from-the-front": lambda t, b=board: (
                    b.ndim > 2 and (_near(t, b.amax(1)) or _near(t, b.amax(0)))
                ),
                "wrong-axis": lambda t, b=board: _near(t, b.amax(-2)),
                "one-by-one": spell.has_loop("best"),
            },
        )
        require(
            isinstance(gates, torch.Tensor)
            and gates.dtype == torch.int64
            and gates.shape == asked.shape,
            f"numbers of gates, `int64` {tuple(asked.shape)}",
            f"{getattr(gates, 'dtype', type(gates).__name__)} {tuple(getattr(gates, 'shape', ()))}",
        )
        inside = bool(((gates >= 0) & (gates < board.shape[-1])).all())
        taken = board.gather(-1, gates[..., None])[..., 0] if inside else None
        require(
            inside and torch.equal(taken, asked),
            "the gates at which those tolls were taken",
            f"{gates.tolist()}",
        )


def test_at_once(spell):
    """no loop and no comprehension"""
    if spell.has_loop() or spell.calls("map", "filter", "apply_", "map_", "vectorize"):
        mistake("one-by-one", "asked for no loop, your program has one")
