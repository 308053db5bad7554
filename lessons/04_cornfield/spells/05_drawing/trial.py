"""Whether the graph of any thought is found, whole, and each knot once."""

from collections import Counter

import torch

from oz.trial import require, same

OPERATIONS = {
    "exp": lambda x, y: x.exp(),
    "double": lambda x, y: x * 2,
    "less": lambda x, y: 1 - x,
    "turn": lambda x, y: x.flip(0),
    "add": lambda x, y: x + y,
    "times": lambda x, y: x * y,
    "where": lambda x, y: torch.where(x > y, x, y),
    "join": lambda x, y: torch.stack([x, y, x]).sum(0),
    "cut": lambda x, y: x.detach() * y,
    "part": lambda x, y: x[:1] + y,
}


def _random_thought(rng, steps):
    """A thought of `steps` random steps over a few leaves, some of them not recorded."""
    size = int(rng.integers(2, 5))
    pool = [torch.randn(size, requires_grad=bool(i < 2 or rng.random() < 0.5)) for i in range(4)]
    for _ in range(steps):
        name = list(OPERATIONS)[int(rng.integers(len(OPERATIONS)))]
        i, j = rng.integers(len(pool), size=2).tolist()
        pool.append(OPERATIONS[name](pool[i], pool[j]))
    return pool[-1] * pool[-2] + pool[0]


def _thoughts(rng):
    a = torch.randn(3, requires_grad=True)
    b = torch.randn(3, requires_grad=True)
    c = torch.randn(2, 3, requires_grad=True)
    plain = torch.randn(3)
    once = a * b
    with torch.no_grad():
        quiet = a * 2
    thoughts = {
        "(a * b + a).exp()": (a * b + a).exp(),
        "a + b": a + b,
        "2 * a": 2 * a,
        "plain - a": plain - a,
        "a.detach() * b": a.detach() * b,
        "a * (a * 2) made under no_grad": a * quiet,
        "once.exp() * once.sin()": once.exp() * once.sin(),
        "once + once": once + once,
        "a * a": a * a,
        "torch.stack([a, b, a]).sum()": torch.stack([a, b, a]).sum(),
        "torch.cat([c, c]) @ a": torch.cat([c, c]) @ a,
        "c.T[0] * c.view(-1)[1]": c.T[0] * c.view(-1)[1],
        "torch.where(plain > 0, a, b)": torch.where(plain > 0, a, b),
        "a recorded leaf": a,
        "a tensor that is not recorded": plain,
        "a product that was cut": (a * b).detach(),
    }
    for _ in range(6):
        steps = int(rng.integers(3, 9))
        thoughts[f"a thought of {steps} random steps"] = _random_thought(rng, steps)
    return thoughts


def _nodes(t):
    waiting, seen, order = [t.grad_fn], set(), []
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        order.append(node)
        waiting += [following for following, _ in node.next_functions]
    return order


def _is_peg(node):
    return type(node).__name__ == "AccumulateGrad"


def _leaves(t):
    if t.grad_fn is None:
        return [t] if t.requires_grad else []
    return [node.variable for node in _nodes(t) if _is_peg(node)]


def _knots(t):
    return [node.name() for node in _nodes(t) if not _is_peg(node)]


def _drawing(t):
    if t.grad_fn is None:
        return f"leaf {tuple(t.shape)}" if t.requires_grad else ""
    lines, drawn, waiting = [], set(), [(t.grad_fn, 0)]
    while waiting:
        node, depth = waiting.pop()
        if node is None:
            continue
        said = f"leaf {tuple(node.variable.shape)}" if _is_peg(node) else node.name()
        lines.append("  " * depth + said + (" again" if node in drawn else ""))
        if node not in drawn:
            drawn.add(node)
            waiting += [(following, depth + 1) for following, _ in reversed(node.next_functions)]
    return "\n".join(lines)


def _long(steps=5000):
    leaf = torch.ones(2, requires_grad=True)
    t = leaf
    for _ in range(steps):
        t = t + 1
    return t, leaf


def _bushy(steps=40):
    leaf = torch.ones(2, requires_grad=True)
    t = leaf * 1
    for _ in range(steps):
        t = t + t
    return t, leaf


def _listed(got, name):
    require(
        isinstance(got, (list, tuple, set, frozenset)),
        f"a list from `{name}`",
        f"`{type(got).__name__}`",
    )
    return list(got)


def _check_leaves(got, asked, what):
    got = _listed(got, "leaves")
    if any(not isinstance(leaf, torch.Tensor) for leaf in got):
        require(
            False,
            "tensors",
            f"`{next(type(g).__name__ for g in got if not isinstance(g, torch.Tensor))}`",
            mistakes={"peg-for-leaf": all(_is_peg(g) for g in got)},
        )
    require(
        {id(leaf) for leaf in got} == {id(leaf) for leaf in asked} and len(got) == len(asked),
        f"{len(asked)} leaves of `{what}`, each once",
        f"{len(got)}, of which {len({id(leaf) for leaf in got})} are different tensors",
        mistakes={
            "leaf-twice": len({id(leaf) for leaf in got}) < len(got),
            "leaf-forgotten": what == "a recorded leaf" and not got,
            "first-thread-only": len(got) < len(asked),
        },
    )


def _check_knots(got, asked, what):
    got = _listed(got, "knots")
    require(
        all(isinstance(name, str) for name in got),
        "names, as strings",
        f"{len(got)} things, not all of them strings",
    )
    have, want = Counter(got), Counter(asked)
    more = sorted((have - want).elements())
    less = sorted((want - have).elements())
    require(
        have == want,
        f"{len(asked)} knots of `{what}`",
        f"{len(got)}"
        + (f", too many: `{', '.join(more[:4])}`" if more else "")
        + (f", missing: `{', '.join(less[:4])}`" if less else ""),
        mistakes={
            "leaf-as-knot": any("AccumulateGrad" in name for name in more),
            "by-name": not more and all(n == 1 for n in have.values()) and set(have) == set(want),
            "first-thread-only": bool(less) and not more,
            "knot-twice": bool(more) and not less and set(have) == set(want),
        },
    )


def _once_each(lines):
    return [line for line in lines if not line.endswith(" again")]


def test_drawing(spell, rng):
    """`drawing(t)` is the whole graph, line by line"""
    for what, t in _thoughts(rng).items():
        asked, got = _drawing(t), spell.drawing(t)
        require(isinstance(got, str), "a string", f"`{type(got).__name__}`")
        lines, wanted = got.splitlines(), asked.splitlines()
        bare = [line.removesuffix(" again") for line in lines]
        same(
            lines,
            wanted,
            f"lines in the drawing of {what}",
            mistakes={
                "leaf-forgotten": what == "a recorded leaf" and not lines,
                "shape-unbared": "torch.Size(" in got,
                "leaf-as-knot": any("AccumulateGrad" in line for line in lines),
                "order-of-drawing": len(lines) == len(wanted)
                and sorted(s.removesuffix(" again") for s in wanted) == sorted(bare)
                and bare != [s.removesuffix(" again") for s in wanted],
                "not-marked": _once_each(lines)[: len(_once_each(wanted))] != lines
                and any(line.endswith(" again") for line in wanted)
                or not any(line.endswith(" again") for line in lines)
                and any(line.endswith(" again") for line in wanted)
                and len(lines) >= len(_once_each(wanted)),
                "first-thread-only": 1 < len(lines) < len(wanted),
            },
        )


def test_leaves(spell, rng):
    """`leaves(t)` is every recorded leaf, once, the tensor itself"""
    for what, t in _thoughts(rng).items():
        _check_leaves(spell.leaves(t), _leaves(t), what)


def test_knots(spell, rng):
    """`knots(t)` names every operation, once for each time it was done"""
    for what, t in _thoughts(rng).items():
        _check_knots(spell.knots(t), _knots(t), what)


def test_long(spell):
    """a thought of five thousand steps"""
    t, leaf = _long()
    _check_leaves(spell.leaves(t), [leaf], "five thousand steps")
    _check_knots(spell.knots(t), ["AddBackward0"] * 5000, "five thousand steps")


def test_bushy(spell):
    """a thought that meets itself again at every step"""
    # The small one first: who goes every way is told so before it takes for ever.
    for steps in (14, 40):
        what = f"{steps} doublings"
        t, leaf = _bushy(steps)
        made = ["AddBackward0"] * steps + ["MulBackward0"]
        _check_leaves(spell.leaves(t), [leaf], what)
        _check_knots(spell.knots(t), made, what)
        lines, wanted = spell.drawing(t).splitlines(), _drawing(t).splitlines()
        require(
            lines == wanted,
            f"{len(wanted)} lines for {what}",
            f"{len(lines)}",
            mistakes={"not-marked": len(lines) > len(wanted)},
        )
