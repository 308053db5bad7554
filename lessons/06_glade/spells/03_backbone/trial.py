"""Whether the backbone is the module's own, says what its bones say, and is called and not stroked."""

import copy
import itertools

import torch

from oz.trial import mistake, require, same

SIZES = ([7, 5, 3], [4, 9, 6, 5, 2], [5, 3], [64, 32, 16, 10])
NEAR = {"rtol": 1e-3, "atol": 1e-5}


def _bones(spine, sizes):
    """The parameters, (weight, bias) for each layer, found by their shapes (all are different)."""
    wanted = [((b, a), (b,)) for a, b in zip(sizes, sizes[1:], strict=False)]
    shapes = [tuple(p.shape) for p in spine.parameters()]
    flat = [shape for pair in wanted for shape in pair]
    require(
        sorted(shapes) == sorted(flat),
        f"`Backbone({sizes})` with {len(flat)} parameters: {', '.join(f'`{s}`' for s in flat)}",
        f"{len(shapes)}" + (": " + ", ".join(f"`{s}`" for s in shapes) if shapes else ""),
        mistakes={"bones-in-a-bag": len(shapes) < len(flat)},
    )
    return [
        [next(p for p in spine.parameters() if tuple(p.shape) == shape) for shape in pair]
        for pair in wanted
    ]


def _said(bones, x, between=True, last=False):
    for place, (weight, bias) in enumerate(bones):
        x = x @ weight.T + bias
        if (between and place < len(bones) - 1) or (last and place == len(bones) - 1):
            x = x.relu()
    return x


def test_parameters(spell):
    """every bone is a parameter of the module, for any sizes"""
    for sizes in SIZES:
        _bones(spell.Backbone(list(sizes)), sizes)


def test_says(spell, rng):
    """it says what its bones say, one after the other, with a relu between"""
    for sizes in SIZES:
        spine = spell.Backbone(list(sizes))
        for n in (4, 1):
            x = torch.tensor(rng.normal(size=(n, sizes[0])), dtype=torch.float32)
            with torch.no_grad():
                bones = _bones(spine, sizes)
                got = spine(x)
                asked = _said(bones, x)
                others = [_said(bones, x, between=False), _said(bones, x, last=True)]
                others.append(_said(bones, x, between=False, last=True))
            if isinstance(got, torch.nn.Module):
                mistake("relu-made")
            same(
                got,
                asked,
                f"Backbone({sizes})(x), {n} rows",
                mistakes={
                    "no-bend": lambda t, o=others: _near(t, o[0]),
                    "bent-at-the-end": lambda t, o=others: _near(t, o[1]) or _near(t, o[2]),
                },
                **NEAR,
            )


def _near(one, other):
    return one.shape == other.shape and torch.allclose(one, other, rtol=1e-3, atol=1e-5)


def test_straight_bones(spell, rng):
    """bones of one size are still bones of their own"""
    spine = spell.Backbone([6, 6, 6, 6])
    shapes = [tuple(p.shape) for p in spine.parameters()]
    require(
        sorted(shapes) == [(6,)] * 3 + [(6, 6)] * 3,
        "`Backbone([6, 6, 6, 6])` with three weights and three biases",
        f"{len(shapes)} parameters",
        mistakes={"one-bone": len(shapes) == 2, "bones-in-a-bag": not shapes},
    )
    for sizes in ([6, 6, 6, 6], [4, 5, 5], [5, 4, 5, 4]):
        _bends_by_place(spell.Backbone(list(sizes)), sizes, rng)


def _bends_by_place(spine, sizes, rng):
    """Whether a relu comes between every two bones also where their sizes do not tell them apart."""
    bones = [
        m for m in spine.modules() if isinstance(getattr(m, "weight", None), torch.nn.Parameter)
    ]
    wanted = list(zip(sizes[1:], sizes, strict=False))
    x = torch.tensor(rng.normal(size=(8, sizes[0])), dtype=torch.float32)
    with torch.no_grad():
        got = spine(x)
        # in whatever order they were entered in the books
        fitting = [
            _said([(m.weight, m.bias) for m in order], x)
            for order in itertools.permutations(bones)
            if [tuple(m.weight.shape) for m in order] == wanted
        ]
    if fitting and not any(_near(got, said) for said in fitting):
        words = f"Backbone({sizes})(x), 8 rows"
        same(got, fitting[0], words, mistakes={"told-by-size": True}, **NEAR)


def test_called(spell, rng):
    """each bone is *called*: who has hung a hook on it is told"""
    spine = spell.Backbone([5, 4, 3, 2])
    told = []
    bones = [m for m in spine.modules() if isinstance(m, torch.nn.Linear)]
    for bone in bones:
        bone.register_forward_hook(lambda *_: told.append(1))
    spine(torch.tensor(rng.normal(size=(3, 5)), dtype=torch.float32))
    require(
        len(told) == len(bones),
        f"{len(bones)} bones called",
        f"{len(told)} were",
        mistakes={"by-the-back-door": not told or len(told) < len(bones)},
    )


def test_learns(spell, rng):
    """an optimizer that is given its parameters moves every one of them"""
    spine = spell.Backbone([6, 8, 7, 4])
    before = copy.deepcopy([p.detach() for p in spine.parameters()])
    optimizer = torch.optim.SGD(spine.parameters(), lr=0.5)
    x = torch.tensor(rng.normal(size=(30, 6)), dtype=torch.float32)
    told = torch.tensor(rng.integers(0, 4, size=30))
    torch.nn.functional.cross_entropy(spine(x), told).backward()
    optimizer.step()
    still = [
        tuple(p.shape)
        for p, old in zip(spine.parameters(), before, strict=True)
        if torch.equal(p.detach(), old)
    ]
    require(not still, "every parameter moved", f"{len(still)} that stood still")
