"""Whether the player's cell makes what nn.RNNCell and nn.RNN make, and passes back what they pass back."""

import torch
from torch import nn

from oz.trial import mistake, require, same

SIZES = ((3, 2, 4, 5), (1, 1, 3, 3), (6, 3, 2, 2), (4, 5, 1, 3), (2, 1, 6, 1))
"""Time, batch, input, hidden."""
NEAR = {"rtol": 1e-6, "atol": 1e-9}


def rand(rng, *shape):
    return torch.tensor(rng.normal(size=shape), dtype=torch.float64)


def weights(rng, size, hidden):
    return [
        rand(rng, *shape).requires_grad_()
        for shape in ((hidden, size), (hidden, hidden), (hidden,), (hidden,))
    ]


def soldier(kind, size, hidden, w):
    """A soldier out of the box with the weights `w`."""
    made = kind(size, hidden).double()
    ending = "" if kind is nn.RNNCell else "_l0"
    state = dict(zip(("weight_ih", "weight_hh", "bias_ih", "bias_hh"), w, strict=True))
    made.load_state_dict({name + ending: value.detach() for name, value in state.items()})
    return made


def known(word, slate, w):
    """What the usual slips would make of one word."""
    w_ih, w_hh, b_ih, b_hh = (t.detach() for t in w)
    x, h = word.detach() @ w_ih.T, slate.detach() @ w_hh.T
    unturned = slate.detach() @ w_hh
    tanh = torch.tanh
    slips = {
        "no-bend": [x + b_ih + h + b_hh],
        "other-bend": [torch.relu(x + b_ih + h + b_hh), torch.sigmoid(x + b_ih + h + b_hh)],
        "bent-too-early": [tanh(x + b_ih) + tanh(h + b_hh), tanh(tanh(x + b_ih) + h + b_hh)],
        "slate-forgotten": [tanh(x + b_ih + b_hh), tanh(x + b_ih)],
        "bias-forgotten": [
            tanh(x + b + h) for b in (b_ih, b_hh, 0 * b_ih, 2 * b_ih, 2 * b_hh, b_ih - b_hh)
        ],
        "weights-unturned": [tanh(x + b_ih + unturned + b_hh)],
    }

    def is_one(values):
        def holds(got):
            return any(torch.allclose(got.detach(), value) for value in values)

        return holds

    return {id: is_one(values) for id, values in slips.items()}


def untouched(slate, before):
    require(
        torch.equal(slate, before),
        "the slate that was handed in, as it was",
        "it was written upon",
        mistakes={"written-upon": True},
    )


def ran(call):
    """What the player's function gives; a slate written upon in place says so itself."""
    try:
        return call()
    except RuntimeError as error:
        if "in-place" in str(error) or "inplace" in str(error):
            mistake("written-upon")
        raise


def test_by_hand(spell):
    """it is done by hand"""
    boxes = (
        "torch.nn.RNNCell", "torch.nn.RNN", "torch.rnn_tanh_cell", "torch.rnn_tanh",
        "torch.nn.functional.rnn_tanh",
    )  # fmt: skip
    for name in ("step", "march"):
        if name not in spell:
            continue
        require(
            not any(spell.calls(box, inside=name) for box in boxes),
            f"a product, a sum and a bend in `{name}`",
            "a soldier out of the box",
            mistakes={"out-of-the-box": True},
        )


def test_step(spell, rng):
    """`step` makes what `nn.RNNCell` makes"""
    for _, batch, size, hidden in SIZES:
        w = weights(rng, size, hidden)
        word, slate = rand(rng, batch, size), rand(rng, batch, hidden)
        before = slate.clone()
        got = ran(lambda x=word, h=slate, w=w: spell.step(x, h, *w))
        asked = soldier(nn.RNNCell, size, hidden, w)(word, slate).detach()
        named = f"step(…), batch {batch}, input {size}, hidden {hidden}"
        same(got, asked, named, mistakes=known(word, slate, w), **NEAR)
        untouched(slate, before)


def marched(spell, words, slate, w):
    got = ran(lambda: spell.march(words, slate, *w))
    require(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "two things from `march`: all the slates, and the last",
        f"`{type(got).__name__}`",
        mistakes={"nothing-yet": got is None},
    )
    slates, last = got
    require(
        isinstance(slates, torch.Tensor),
        "all the slates in one tensor",
        f"`{type(slates).__name__}`",
        mistakes={"a-list": isinstance(slates, (list, tuple))},
    )
    require(
        slates.dtype == words.dtype,
        f"slates as wide as the words, `{words.dtype}`",
        f"`{slates.dtype}`",
        mistakes={"other-width": True},
    )
    return slates, last


def near(a, b):
    return a.shape == b.shape and torch.allclose(a.detach(), b)


def test_march(spell, rng):
    """`march` makes what `nn.RNN` makes, every slate and the last"""
    for time, batch, size, hidden in SIZES:
        w = weights(rng, size, hidden)
        words, slate = rand(rng, time, batch, size), rand(rng, batch, hidden)
        before = slate.clone()
        box = soldier(nn.RNN, size, hidden, w)
        with torch.no_grad():
            asked, end = box(words, slate[None])
            empty, _ = box(words)
            each = torch.cat([box(word[None], slate[None])[0] for word in words])
            late = torch.cat([slate[None], asked[:-1]])
            turned = box(words.flip(0), slate[None])[0]
        slates, last = marched(spell, words, slate, w)
        words_of = f"march(…), {time} words, batch {batch}, hidden {hidden}"
        slips = {
            "heaped": lambda g, a=asked: g.ndim == 2 and g.numel() == a.numel(),
            "batch-in-front": lambda g, a=asked: time != batch and near(g, a.transpose(0, 1)),
            "starts-empty": lambda g, a=empty: near(g, a),
            "before-the-word": lambda g, a=late: near(g, a),
            "wiped-each-word": lambda g, a=each: near(g, a),
            "backwards": lambda g, a=turned: near(g, a) or near(g, a.flip(0)),
        }
        same(slates, asked, f"all the slates of {words_of}", mistakes=slips, **NEAR)
        same(
            last,
            end[0],
            f"the last slate of {words_of}",
            mistakes={
                "layer-axis": lambda g, e=end: g.shape == e.shape,
                "before-the-word": lambda g, a=late: near(g, a[-1]),
            },
            **NEAR,
        )
        untouched(slate, before)


def test_way_back(spell, rng):
    """gradients come back to every weight, every word and the first slate"""
    for time, batch, size, hidden in SIZES:
        w = weights(rng, size, hidden)
        words, slate = rand(rng, time, batch, size).requires_grad_(), rand(rng, batch, hidden)
        slate.requires_grad_()
        counts, at_end = rand(rng, time, batch, hidden), rand(rng, batch, hidden)
        leaves = [*w, words, slate]
        slates, last = marched(spell, words, slate, w)
        score = (slates * counts).sum() + (last * at_end).sum()
        if not score.requires_grad:
            mistake("cut-off")
        got = torch.autograd.grad(score, leaves, allow_unused=True)
        box = soldier(nn.RNN, size, hidden, w)
        their_words, theirs = words.detach().requires_grad_(), slate.detach().requires_grad_()
        out, end = box(their_words, theirs[None])
        asked = torch.autograd.grad(
            (out * counts).sum() + (end[0] * at_end).sum(),
            [
                box.weight_ih_l0,
                box.weight_hh_l0,
                box.bias_ih_l0,
                box.bias_hh_l0,
                their_words,
                theirs,
            ],
        )
        names = ("w_ih", "w_hh", "b_ih", "b_hh", "words", "slate")
        for name, mine, box_s in zip(names, got, asked, strict=True):
            same(
                mine,
                box_s,
                f"what comes back to {name}, {time} words",
                mistakes={"cut-off": lambda g: True},
                **NEAR,
            )
