"""Whether the graph is walked: leaves, ways and the drawing, for limbs that nobody has seen."""

import torch

from oz.trial import require


def _limbs(rng):
    """Unseen functions: what came out, with (leaf, ways) pairs known from how it was made."""
    a, b, c = (torch.tensor(rng.normal(size=3), requires_grad=True) for _ in range(3))
    still = torch.ones(3, dtype=torch.float64)
    shared = (a * b).tanh()
    yield "a product", a * b, [(a, 1), (b, 1), (c, 0)]
    yield "with something still", still * a + still, [(a, 1), (b, 0)]
    yield "still first", (still - b).exp(), [(b, 1)]
    yield "the same twice", a * a, [(a, 2)]
    yield "shared", (shared + shared.sin()) * c + shared, [(a, 3), (b, 3), (c, 1)]
    yield "stacked", torch.stack([a, b, a.cos()]).sum(), [(a, 2), (b, 1)]
    yield "detached", a.detach() * b + a.sum(), [(a, 1), (b, 1)]
    twin = a.detach().clone().requires_grad_()
    yield "twins", a * twin, [(a, 1), (twin, 1)]
    long = a
    for number in range(int(rng.integers(20, 40))):
        long = long.sin() if number % 2 else long + b
    yield "long", long, [(a, 1), (b, None), (c, 0)]


def _ways(node, leaf, known):
    if node not in known:
        here = getattr(node, "variable", None) is leaf
        nodes = [before for before, _ in node.next_functions if before is not None]
        known[node] = 1 if here else sum(_ways(before, leaf, known) for before in nodes)
    return known[node]


def _names(leaves, pairs):
    letters = {id(leaf): letter for (leaf, _), letter in zip(pairs, "pqr", strict=False)}
    return ", ".join(letters.get(id(leaf), "a stranger") for leaf in leaves) or "none"


def _plain(line):
    """A line of the drawing, its name without the C++ that some names come with."""
    text = str(line).rstrip()
    blanks = len(text) - len(text.lstrip())
    return " " * blanks + text.strip().removeprefix("struct ").removeprefix("torch::autograd::")


def _drawing(node, depth, drawn, lines):
    lines.append("  " * depth + node.name() + (" ^" if node in drawn else ""))
    if node not in drawn:
        drawn.add(node)
        for before, _ in node.next_functions:
            if before is not None:
                _drawing(before, depth + 1, drawn, lines)
    return lines


def _moved(spell, y, pairs, words):
    got = spell.movers(y)
    require(
        isinstance(got, (list, tuple)) and all(isinstance(t, torch.Tensor) for t in got),
        "a list of tensors",
        f"`{type(got).__name__}`"
        + (f" of `{type(got[0]).__name__}`" if isinstance(got, (list, tuple)) and got else ""),
        mistakes={
            "nothing-yet": got is None,
            "nodes-for-tensors": isinstance(got, (list, tuple)) and bool(got),
        },
    )
    wanted = [leaf for leaf, count in pairs if count != 0]
    mine, asked = {id(t) for t in got}, {id(t) for t in wanted}
    require(
        mine == asked and len(got) == len(wanted),
        f"the leaves {_names(wanted, pairs)} ({words})",
        f"{_names(got, pairs)}",
        mistakes={
            "leaf-twice": mine == asked,
            "leaf-itself": not got and y.is_leaf,
            "plain-things-too": any(not t.requires_grad for t in got),
            "one-wire-only": mine < asked and words not in ("twins",),
            "compared-values": mine < asked,
        },
    )


def test_movers(spell, rng):
    """`movers(y)`: the leaves that moved `y`, each once"""
    for words, y, pairs in _limbs(rng):
        _moved(spell, y, pairs, words)


def test_alone(spell):
    """a leaf is moved by itself, and something still by nothing"""
    leaf = torch.ones(2, requires_grad=True)
    _moved(spell, leaf, [(leaf, 1)], "a leaf alone")
    _moved(spell, torch.ones(2), [], "something still")
    _moved(spell, torch.ones(2) * 3, [], "something still, times three")
    other = torch.ones(2, requires_grad=True)
    cases = ((leaf, 1, "a leaf, from itself"), (other, 0, "another"), (torch.ones(2), 0, "still"))
    for y, asked, words in cases:
        got = spell.ways(y, leaf)
        require(got == asked, f"{asked} ways ({words})", f"{got!r}", mistakes={"leaf-itself": True})


def test_ways(spell, rng):
    """`ways(y, leaf)`: by how many ways a gradient comes to it"""
    for words, y, pairs in _limbs(rng):
        for leaf, count in pairs:
            asked = _ways(y.grad_fn, leaf, {}) if count is None else count
            got = spell.ways(y, leaf)
            require(
                isinstance(got, int) and got == asked,
                f"{asked} ways ({words})",
                f"{got!r}",
                mistakes={
                    "nothing-yet": got is None,
                    "each-node-once": got == 1 and asked > 1,
                    "every-leaf": asked == 0
                    or got == sum(_ways(y.grad_fn, other, {}) for other, _ in pairs),
                },
            )


def test_many(spell, rng):
    """and where there are a million million ways, before dinner"""
    leaf = torch.tensor(1.0, requires_grad=True)
    doublings = int(rng.integers(50, 70))
    y = leaf
    for _ in range(doublings):
        y = y + y
    got = spell.ways(y, leaf)
    require(
        got == 2**doublings,
        f"{2**doublings} ways",
        f"{got!r}",
        mistakes={"each-node-once": got == 1},
    )
    _moved(spell, y, [(leaf, 1)], "many ways")


def test_draw(spell, rng):
    """`draw(y)`: every node at its depth, and what was drawn already marked with ` ^`"""
    for words, y, _ in _limbs(rng):
        asked = [_plain(line) for line in _drawing(y.grad_fn, 0, set(), [])]
        got = spell.draw(y)
        require(
            isinstance(got, (list, tuple)),
            "a list of lines",
            f"`{type(got).__name__}`",
            mistakes={"nothing-yet": got is None, "one-text": isinstance(got, str)},
        )
        mine = [_plain(line) for line in got]
        first = next(
            (i for i, pair in enumerate(zip(asked, mine, strict=False)) if pair[0] != pair[1]),
            min(len(asked), len(mine)),
        )
        bare = [line.strip().removesuffix(" ^") for line in asked]
        require(
            mine == asked,
            f"line {first} of the drawing ({words}) `{asked[first] if first < len(asked) else 'none'}`",
            f"`{mine[first] if first < len(mine) else 'none'}`",
            mistakes={
                "not-marked": [line.removesuffix(" ^") for line in asked]
                == [line.removesuffix(" ^") for line in mine]
                or (len(mine) > len(asked) and not any(line.endswith("^") for line in mine)),
                "drawn-once-only": len(mine) < len(asked)
                and not any(line.endswith("^") for line in mine),
                "not-indented": [line.strip().removesuffix(" ^") for line in mine] == bare,
                "other-order": sorted(line.strip() for line in mine)
                == sorted(line.strip() for line in asked),
            },
        )
    require(len(spell.draw(torch.ones(2))) == 0, "an empty drawing of something still", "lines")


def test_graph_kept(spell):
    """the graph can still be used afterwards"""
    leaf = torch.tensor(2.0, requires_grad=True)
    y = leaf**3
    spell.movers(y), spell.ways(y, leaf), spell.draw(y)
    require(
        leaf.grad is None,
        "no gradient left behind",
        "there is one",
        mistakes={"asked-backward": True},
    )
    y.backward()
    require(leaf.grad.item() == 12, "a graph that still works", "it was used up")
