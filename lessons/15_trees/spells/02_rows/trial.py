"""Whether a whole company of walkers takes one step at once, each by the rule of the trees."""

import torch

from oz.trial import require, same, shares_storage

DOWN = torch.tensor([-1, 0, 1, 0])
ACROSS = torch.tensor([0, 1, 0, -1])


def landed(at, moves, trees, down=DOWN):
    """The squares that the moves lead to, before anybody is thrown back."""
    rows, columns = trees.shape
    row = (at // columns + down[moves]).clamp(0, rows - 1)
    column = (at % columns + ACROSS[moves]).clamp(0, columns - 1)
    return row * columns + column


def told(to, trees, out=None):
    """Rewards, and who is done, on those squares; the way out is at the top on the right unless `out` says otherwise."""
    through = to == (trees.shape[1] - 1 if out is None else out)
    struck = trees.flatten()[to] & ~through
    reward = torch.where(through, 1.0, torch.where(struck, -0.2, -0.01))
    return reward, struck | through


def thrown(to, trees, out=None):
    """Where they stand after it: whoever is done, at the start again."""
    return torch.where(told(to, trees, out)[1], trees.numel() - trees.shape[1], to)


def alike(squares, others, trees):
    """Whether these are the same squares, but for those who got through and stand at the start again."""
    known = others != trees.shape[1] - 1
    return squares.shape == others.shape and torch.equal(squares[known], others[known])


def wood(rng, rows, columns):
    """A wood with a third of trees, none of them on the first square or the last."""
    trees = torch.from_numpy(rng.random((rows, columns)) < 0.33)
    trees[rows - 1, 0] = trees[0, columns - 1] = False
    return trees


def everybody(trees, rng):
    """One walker on each free square (but the last) for each of the moves, in no order."""
    free = (~trees.flatten()).nonzero().flatten()
    free = free[free != trees.shape[1] - 1]
    order = torch.from_numpy(rng.permutation(4 * len(free)))
    return free.repeat(4)[order], torch.arange(4).repeat_interleave(len(free))[order]


def cast(spell, at, moves, trees):
    """What the player's step gives."""
    made = spell.step(at, moves, trees)
    require(
        isinstance(made, (tuple, list)) and len(made) == 3,
        "three things: squares, rewards, who is done",
        "nothing" if made is None else f"`{type(made).__name__}`",
        mistakes={"nothing-yet": made is None},
    )
    return made


def test_edge(spell):
    """whoever walks against the edge of the wood stays where he is"""
    trees = torch.zeros(4, 6).bool()
    at = torch.tensor([0, 0, 11, 11, 17, 12, 20, 3])
    moves = torch.tensor([0, 3, 1, 2, 1, 3, 2, 0])
    to, *_ = cast(spell, at.clone(), moves, trees)
    rows, columns = trees.shape
    flat = at + torch.tensor([-columns, 1, columns, -1])[moves]
    loose = (at // columns + DOWN[moves]).clamp(0, rows - 1) * columns + at % columns + ACROSS[moves]
    same(
        to,
        landed(at, moves, trees),
        "squares",
        mistakes={
            "nothing-yet": lambda t: torch.equal(t, at) and not spell.calls("torch.where") and "moves]" not in spell.source,
            "round-the-corner": lambda t: any(torch.equal(t, f) for f in (flat, flat.clamp(0, 23), flat % 24, loose)),
            "five-by-five": lambda t: torch.equal(t, landed(at, moves, torch.zeros(5, 5))),
            "north-is-up": lambda t: torch.equal(t, landed(at, moves, trees, -DOWN)),
            "half-squares": lambda t: t.is_floating_point(),
        },
    )


def test_inside(spell, rng):
    """north is a row up, east a column on, in woods of any shape"""
    for rows, columns in ((5, 5), (3, 7), (6, 4)):
        trees = torch.zeros(rows, columns).bool()
        at, moves = everybody(trees, rng)
        inside = landed(at, moves, trees) != columns - 1
        at, moves = at[inside], moves[inside]
        to, *_ = cast(spell, at.clone(), moves, trees)
        right = landed(at, moves, trees)
        turned = (at // rows + DOWN[moves]).clamp(0, rows - 1) * columns
        turned = turned + (at % rows + ACROSS[moves]).clamp(0, columns - 1)
        five = landed(at.clamp(max=24), moves, torch.zeros(5, 5).bool())
        small = at < 25
        same(
            to,
            right,
            f"squares of a wood of {rows} by {columns}",
            mistakes={
                "nothing-yet": lambda t, at=at: torch.equal(t, at),
                "north-is-up": lambda t, at=at, moves=moves, trees=trees: alike(t, landed(at, moves, trees, -DOWN), trees),
                "round-the-corner": lambda t, at=at, moves=moves, columns=columns, n=rows * columns: torch.equal(
                    t, (at + torch.tensor([-columns, 1, columns, -1])[moves]).clamp(0, n - 1)
                ),
                "other-corner": lambda t, right=right, trees=trees: torch.equal(t, thrown(right, trees, trees.numel() - 1)),
                "five-by-five": lambda t, five=five, small=small: torch.equal(t[small], five[small]),
                "rows-for-columns": lambda t, turned=turned, trees=trees: alike(t, turned, trees),
            },
        )


def test_trees(spell, rng):
    """a tree throws whoever steps on its square back to the start; so does arriving"""
    for rows, columns in ((5, 5), (4, 7)):
        trees = wood(rng, rows, columns)
        at, moves = everybody(trees, rng)
        to, *_ = cast(spell, at.clone(), moves, trees)
        there = landed(at, moves, trees)
        _, done = told(there, trees)
        start = (rows - 1) * columns
        through = there == columns - 1
        same(
            to,
            torch.where(done, start, there),
            "squares",
            mistakes={
                "other-corner": lambda t, there=there, trees=trees: torch.equal(t, thrown(there, trees, trees.numel() - 1)),
                "left-lying": lambda t, there=there: torch.equal(t, there),
                "arrived-for-good": lambda t, done=done, through=through, there=there, start=start: torch.equal(
                    t, torch.where(done & ~through, start, there)
                ),
                "back-one-step": lambda t, done=done, through=through, there=there, start=start, at=at: torch.equal(
                    t, torch.where(through, start, torch.where(done, at, there))
                ) or torch.equal(t, torch.where(done, at, there)),
                "first-square": lambda t, done=done, there=there: torch.equal(t, torch.where(done, 0, there)),
            },
        )


def test_rewards(spell, rng):
    """a reward of 1 for getting through, -0.2 for a blow, -0.01 for any other step"""
    trees = wood(rng, 5, 6)
    trees[0, 4] = trees[4, 5] = False
    at, moves = everybody(trees, rng)
    _, reward, _ = cast(spell, at.clone(), moves, trees)
    there = landed(at, moves, trees)
    right, done = told(there, trees)
    back = torch.where(done, 24, there)
    same(
        reward,
        right,
        "rewards",
        mistakes={
            "other-corner": lambda t: torch.allclose(t, told(there, trees, trees.numel() - 1)[0]),
            "asked-elsewhere": lambda t: torch.allclose(t, told(back, trees)[0]),
            "steps-for-nothing": lambda t: torch.allclose(t, torch.where(right < -0.1, right, right.clamp(min=0))),
            "added-up": lambda t: torch.allclose(t, torch.where(done, right - 0.01, right)),
        },
    )


def test_done(spell, rng):
    """`done` is true for those who were struck and those who are through"""
    trees = wood(rng, 6, 5)
    trees[1, 4] = trees[5, 4] = False
    at, moves = everybody(trees, rng)
    _, _, done = cast(spell, at.clone(), moves, trees)
    there = landed(at, moves, trees)
    _, right = told(there, trees)
    through = there == 4
    back = torch.where(right, 25, there)
    same(
        done,
        right,
        "done",
        mistakes={
            "other-corner": lambda t: torch.equal(t, told(there, trees, trees.numel() - 1)[1]),
            "only-blows": lambda t: torch.equal(t, right & ~through),
            "only-arrivals": lambda t: torch.equal(t, through),
            "asked-elsewhere": lambda t: torch.equal(t, told(back, trees)[1]),
        },
    )


def test_at_once(spell):
    """all of them at once, without a loop; a company of one, and of none, too"""
    require(not spell.has_loop(inside="step"), "no loop in `step`", "one", mistakes={"one-by-one": True})
    trees = torch.zeros(5, 5).bool()
    for n in (0, 1):
        to, reward, done = cast(spell, torch.full((n,), 20), torch.zeros(n, dtype=torch.int64), trees)
        same(to, torch.full((n,), 15), f"squares of {n}")
        require(reward.shape == (n,) and done.shape == (n,), f"{n} of each", f"{tuple(reward.shape)}, {tuple(done.shape)}")


def test_left_alone(spell, rng):
    """what was handed in is left as it was"""
    trees = wood(rng, 5, 5)
    at, moves = everybody(trees, rng)
    before = at.clone(), moves.clone(), trees.clone()
    to, *_ = cast(spell, at, moves, trees)
    for name, now, was in zip(("at", "moves", "trees"), (at, moves, trees), before, strict=True):
        require(torch.equal(now, was), f"`{name}` as it was", "changed", mistakes={"walked-off-with": True})
    require(not shares_storage(to, at), "squares of their own", "the memory of `at`", mistakes={"walked-off-with": True})
