"""Whether `clip_grad_norm` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import mistake, require, same
from oz.trial.against import near, numbers

# --- TorchCode's own checks stand here ---


def _parameters(rng, *shapes):
    made = [nn.Parameter(torch.zeros(shape)) for shape in shapes]
    for number, p in enumerate(made):
        p.grad = numbers(rng, *p.shape) * 10 ** (number - 1)
    return made


def _total(parameters):
    return sum(p.grad.double().pow(2).sum().item() for p in parameters if p.grad is not None) ** 0.5


def _check(spell, parameters, most, given=None):
    before = [p.grad.clone() for p in parameters if p.grad is not None]
    length = _total(parameters)
    got = spell.clip_grad_norm(parameters if given is None else given, most)
    factor = min(1.0, most / length) if length else 1.0
    each = [min(1.0, most / max(b.norm().item(), 1e-12)) for b in before]
    after = [p.grad for p in parameters if p.grad is not None]
    cut = factor < 1 and all(near(a, b.clamp(-most, most)) for a, b in zip(after, before, strict=True))
    for number, (now, was) in enumerate(zip(after, before, strict=True)):
        same(
            now, was * factor, f"gradient {number + 1}, clipped to {most}", rtol=1e-3,
            mistakes={
                "always": near(now, was * most / max(length, 1e-12)) and factor == 1,
                "only-once": given is not None and torch.equal(now, was),
                "values": cut,
                "one-by-one": near(now, was * each[number]) or factor < 1,
            },
        )
    got = float(got)
    require(
        abs(got - length) <= 1e-3 * max(length, 1e-9), f"the length before, {length:.5f}", f"{got:.5f}",
        mistakes={"new-norm": abs(got - min(length, most)) < 1e-2},
    )


def test_together(spell, rng):
    """several parameters of very different gradients, one factor for all"""
    for most in (0.5, 3.0, 1e6):
        _check(spell, _parameters(rng, (3, 4), (5,), (2, 2, 2)), most)


def test_short(spell, rng):
    """short gradients stay as they are, and gradients of 0 too"""
    parameters = _parameters(rng, (4,), (3,))
    for p in parameters:
        p.grad *= 1e-3
    _check(spell, parameters, 1.0)
    for p in parameters:
        p.grad.zero_()
    _check(spell, parameters, 1.0)


def test_without(spell, rng):
    """a parameter without a gradient is passed over"""
    parameters = _parameters(rng, (4,), (3,), (2,))
    parameters[1].grad = None
    try:
        _check(spell, parameters, 0.5)
    except (AttributeError, TypeError) as error:
        mistake("no-gradient", f"asked for a parameter without a gradient to be passed over, yours says: {error}")


def test_generator(spell, rng):
    """`model.parameters()` will do"""
    model = nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 2))
    for p in model.parameters():
        p.grad = 5 * numbers(rng, *p.shape)
    _check(spell, list(model.parameters()), 1.0, model.parameters())


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.utils.clip_grad_norm_', 'torch.nn.utils.get_total_norm') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
