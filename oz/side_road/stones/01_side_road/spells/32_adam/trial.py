"""Whether `MyAdam` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import mistake, require, same
from oz.trial.against import numbers

# --- TorchCode's own checks stand here ---


def _walk(make, start, rng, steps, **how):
    """Where parameters get to, with the same gradients for everybody."""
    params = [torch.nn.Parameter(p.clone()) for p in start]
    optimizer = make((p for p in params), **how)
    for step in range(steps):
        for number, p in enumerate(params):
            p.grad = rng[step][number].clone()
        optimizer.step()
    return [p.detach() for p in params]


def _gradients(rng, shapes, steps):
    return [[numbers(rng, *s) * 10.0**-n for n, s in enumerate(shapes)] for _ in range(steps)]


def _other(how):
    """A wrong Adam."""

    class Wrong:
        def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
            self.p, self.lr, self.b, self.eps, self.t, self.s = list(params), lr, betas, eps, 0, {}

        def step(self):
            if how != "counts-parameters":
                self.t += 1
            for p in self.p:
                if how == "counts-parameters":
                    self.t += 1
                m, v = self.s.get(id(p), (0, 0))
                m, v = self.b[0] * m + (1 - self.b[0]) * p.grad, self.b[1] * v + (1 - self.b[1]) * p.grad**2
                self.s[id(p)] = m, v
                if how != "no-correction":
                    m, v = m / (1 - self.b[0] ** self.t), v / (1 - self.b[1] ** self.t)
                p.data -= self.lr * m / ((v + self.eps).sqrt() if how == "eps-inside" else v.sqrt() + self.eps)

    return Wrong


def _check(spell, rng, shapes, steps, **how):
    start, gradients = [numbers(rng, *s) for s in shapes], _gradients(rng, shapes, steps)
    want = _walk(torch.optim.Adam, start, gradients, steps, **how)
    wrong = {id: _walk(_other(id), start, gradients, steps, **how) for id in ("no-correction", "eps-inside", "counts-parameters")}
    plain = _walk(torch.optim.Adam, start, gradients, steps)
    wrong["generator"] = _walk(torch.optim.Adam, start, gradients, 1, **how)
    wrong["fixed-numbers"] = plain
    try:
        got = _walk(spell.MyAdam, start, gradients, steps, **how)
    except RuntimeError as error:
        if "shape" not in str(error) and "size" not in str(error):
            raise
        mistake("shared-moments", f"asked for parameters of shapes {shapes}, yours says: {error}")
    moved = [a - b for a, b in zip(got, start, strict=True)]
    right = [a - b for a, b in zip(want, start, strict=True)]
    ways = {id: [a - b for a, b in zip(w, start, strict=True)] for id, w in wrong.items()}
    same(
        moved, right, f"how far {len(shapes)} parameters moved in {steps} steps", rtol=2e-3, atol=1e-7,
        mistakes={id: lambda t, w=w: all(torch.allclose(a, b, rtol=2e-3, atol=1e-7) for a, b in zip(t, w, strict=True)) for id, w in ways.items()}
        | ({"shared-moments": True} if len(shapes) > 1 else {"fixed-numbers": True}),
    )


def test_one(spell, rng):
    """one parameter, a few steps, with arguments of every kind"""
    _check(spell, rng, ((4, 3),), 1)
    _check(spell, rng, ((4, 3),), 6, lr=0.1)
    _check(spell, rng, ((5,),), 6, lr=0.01, betas=(0.5, 0.8))
    _check(spell, rng, ((5,),), 4, lr=0.01, eps=0.3)


def test_several(spell, rng):
    """several parameters, of different shapes and of the same"""
    _check(spell, rng, ((3, 2), (4,), ()), 5, lr=0.05)
    _check(spell, rng, ((3,), (3,)), 5, lr=0.05)


def test_passed_over(spell, rng):
    """one without a gradient stays, and is taken up when it has one"""
    p, q = torch.nn.Parameter(torch.ones(3)), torch.nn.Parameter(torch.ones(3))
    optimizer = spell.MyAdam([p, q], lr=0.1)
    p.grad = torch.ones(3)
    try:
        optimizer.zero_grad()
        p.grad = torch.ones(3)
        optimizer.step()
    except (AttributeError, TypeError) as error:
        mistake("no-gradient", f"asked for a parameter without a gradient to be passed over, yours says: {error}")
    require(torch.equal(q.detach(), torch.ones(3)), "a parameter without a gradient as it was", "a moved one", mistakes={"no-gradient": True})


def test_leaves(spell, rng):
    """the parameters stay what they were: the same leaves"""
    layer = torch.nn.Linear(3, 2)
    before = layer.weight.data_ptr()
    optimizer = spell.MyAdam(layer.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        layer(numbers(rng, 4, 3)).square().sum().backward()
        try:
            optimizer.step()
        except RuntimeError as error:
            if "leaf" not in str(error):
                raise
            mistake("recorded", f"asked for a step, yours says: {error}")
    require(layer.weight.is_leaf and layer.weight.data_ptr() == before, "the same leaf, moved", "another", mistakes={"recorded": True})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.optim.Adam', 'torch.optim.AdamW') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
