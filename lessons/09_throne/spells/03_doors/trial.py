"""Whether the doors are those of nn.GRUCell, forward and back, and whether one can be told to keep."""

import torch
from torch import nn

from oz.trial import mistake, require, same

SIZES = ((2, 4, 5), (1, 3, 3), (3, 2, 2), (5, 1, 4), (4, 6, 1))
"""Batch, input, hidden."""
NEAR = {"rtol": 1e-6, "atol": 1e-9}


def rand(rng, *shape):
    return torch.tensor(rng.normal(size=shape), dtype=torch.float64)


def weights(rng, size, hidden):
    shapes = ((3 * hidden, size), (3 * hidden, hidden), (3 * hidden,), (3 * hidden,))
    return [rand(rng, *shape).requires_grad_() for shape in shapes]


def captain(w, size, hidden):
    """A captain out of the box with the weights `w`."""
    made = nn.GRUCell(size, hidden).double()
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    made.load_state_dict({n: v.detach() for n, v in zip(names, w, strict=True)})
    return made


def slips(word, slate, w):
    """What the usual slips would make of one word."""
    w_ih, w_hh, b_ih, b_hh = (t.detach() for t in w)
    x, h = (word @ w_ih.T + b_ih).chunk(3, 1), (slate @ w_hh.T + b_hh).chunk(3, 1)
    products, biases = (slate @ w_hh.T).chunk(3, 1), b_hh.chunk(3)
    s, tanh = torch.sigmoid, torch.tanh

    def made(r, z, n, reset=True):
        first, second = s(x[r] + h[r]), s(x[z] + h[z])
        new = tanh(x[n] + (first if reset else 1) * h[n])
        return (1 - second) * new + second * slate

    first, second, new = s(x[0] + h[0]), s(x[1] + h[1]), tanh(x[2] + s(x[0] + h[0]) * h[2])
    early = tanh(x[2] + (first * slate) @ w_hh.chunk(3)[2].T + biases[2])
    outside = tanh(x[2] + first * products[2] + biases[2])
    bare = tanh(x[2] + (x[0] + h[0]) * h[2])
    return {
        "doors-exchanged": [
            made(1, 0, 2),
            made(2, 1, 0),
            made(1, 2, 0),
            made(0, 2, 1),
            made(2, 0, 1),
        ],
        "stay-turned": [second * new + (1 - second) * slate],
        "reset-too-early": [(1 - second) * early + second * slate],
        "bias-outside": [(1 - second) * outside + second * slate],
        "no-reset": [made(0, 1, 2, reset=False)],
        "no-stay": [new],
        "doors-not-bent": [
            (1 - second) * bare + second * slate,
            (1 - x[1] - h[1]) * new + (x[1] + h[1]) * slate,
            (1 - x[1] - h[1]) * bare + (x[1] + h[1]) * slate,
            (1 - second) * (x[2] + first * h[2]) + second * slate,
        ],
    }


def known(word, slate, w):
    def is_one(values):
        return lambda got: any(torch.allclose(got.detach(), value) for value in values)

    return {id: is_one(values) for id, values in slips(word, slate, w).items()}


def test_by_hand(spell):
    """it is done by hand"""
    boxes = ("torch.nn.GRUCell", "torch.nn.GRU", "torch.gru_cell", "torch.gru")
    require(
        "step" not in spell or not any(spell.calls(box, inside="step") for box in boxes),
        "products, doors and a bend",
        "a captain out of the box",
        mistakes={"out-of-the-box": True},
    )


def test_step(spell, rng):
    """`step` makes what `nn.GRUCell` makes"""
    for batch, size, hidden in SIZES:
        w = weights(rng, size, hidden)
        word, slate = rand(rng, batch, size), rand(rng, batch, hidden)
        before = slate.clone()
        got = spell.step(word, slate, *w)
        asked = captain(w, size, hidden)(word, slate).detach()
        named = f"step(…), batch {batch}, input {size}, hidden {hidden}"
        unmoved = {"nothing-yet": lambda g, h=before: torch.equal(g, h)}
        same(got, asked, named, mistakes={**unmoved, **known(word, slate, w)}, **NEAR)
        require(torch.equal(slate, before), "the slate as it was", "it was changed")


def test_way_back(spell, rng):
    """and gradients come back as they do there"""
    for batch, size, hidden in SIZES:
        w = weights(rng, size, hidden)
        words, slate = rand(rng, 3, batch, size).requires_grad_(), rand(rng, batch, hidden)
        slate.requires_grad_()
        mine, his, box = slate, slate, captain(w, size, hidden)
        for word in words:
            mine, his = spell.step(word, mine, *w), box(word, his)
        counts = rand(rng, batch, hidden)
        if not mine.requires_grad:
            mistake("cut-off")
        got = torch.autograd.grad((mine * counts).sum(), [*w, words, slate], allow_unused=True)
        theirs = [box.weight_ih, box.weight_hh, box.bias_ih, box.bias_hh, words, slate]
        asked = torch.autograd.grad((his * counts).sum(), theirs)
        names = ("w_ih", "w_hh", "b_ih", "b_hh", "words", "slate")
        for name, one, other in zip(names, got, asked, strict=True):
            same(
                one,
                other,
                f"what comes back to {name}, after three words",
                mistakes={"cut-off": lambda g: True},
                **NEAR,
            )


def test_keeper(spell, rng):
    """with `keeper`'s bias the slate stays, whatever comes"""
    for batch, size, hidden in SIZES:
        w = weights(rng, size, hidden)
        bias = w[2].detach().clone()
        got = spell.keeper(bias)
        require(
            torch.equal(bias, w[2].detach()),
            "the bias as it was",
            "changed",
            mistakes={"written-upon": True},
        )
        require(
            isinstance(got, torch.Tensor) and got.shape == bias.shape,
            f"a bias of shape `{tuple(bias.shape)}`",
            f"`{tuple(got.shape)}`" if isinstance(got, torch.Tensor) else f"`{type(got).__name__}`",
        )
        got = got.detach()
        others = torch.ones(3 * hidden, dtype=torch.bool)
        others[hidden : 2 * hidden] = False
        box = captain([w[0], w[1], got.to(torch.float64), w[3]], size, hidden)
        slate = start = rand(rng, batch, hidden)
        with torch.no_grad():
            for word in rand(rng, 40, batch, size):
                slate = box(word, slate)
        if not torch.equal(got[others], bias[others]):
            mistake("other-part")
        same(
            slate,
            start,
            "the slate after forty words",
            rtol=1e-5,
            atol=1e-6,
            mistakes={
                "thrown-open": bool((got[hidden : 2 * hidden] < -3).all()),
                "ajar": True,
            },
        )
