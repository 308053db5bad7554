"""Whether `MyDropout` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same
from oz.trial.against import near, numbers

# --- TorchCode's own checks stand here ---


def test_rates(spell):
    """for any `p`: how many fall, and how large the rest becomes"""
    for p in (0.1, 0.25, 0.5, 0.8):
        layer = spell.MyDropout(p)
        layer.train()
        x = torch.rand(200, 100) + 0.5
        got = layer(x)
        fell = (got == 0).float().mean().item()
        require(
            abs(fell - p) < 0.02, f"a share of about {p} dropped", f"{fell:.3f}",
            mistakes={"turned-round": abs(fell - (1 - p)) < 0.02 and p != 0.5},
        )
        left = (got / x)[got != 0]
        same(
            left, torch.full_like(left, 1 / (1 - p)), f"what is left, with p = {p}, against before", rtol=1e-4,
            mistakes={
                "not-scaled": lambda t: near(t, torch.ones_like(t)),
                "one-for-half": lambda t: near(t, torch.full_like(t, 2)),
                "turned-round": lambda t, p=p: near(t, torch.full_like(t, 1 / p)),
            },
        )


def test_anew(spell):
    """every call and every number has dice of its own"""
    layer = spell.MyDropout(0.5)
    x = torch.ones(40, 50)
    one, two = layer(x) == 0, layer(x) == 0
    require(not torch.equal(one, two), "other places dropped in another call", "the same", mistakes={"same-mask": True})
    for axis in (0, 1):
        share = one.float().mean(axis)
        require(
            share.min() > 0 and share.max() < 1, "numbers that fall one by one", "rows or columns that fall together",
            mistakes={"whole-rows": True},
        )


def test_edges(spell):
    """`p = 0` changes nothing, `p = 1` leaves nothing"""
    x = torch.rand(6, 7) + 0.5
    same(spell.MyDropout(0.0)(x), x, "MyDropout(0.0)(x)", mistakes={"not-off": True})
    same(spell.MyDropout(1.0)(x), torch.zeros_like(x), "MyDropout(1.0)(x)", mistakes={"not-off": True})


def test_slope(spell):
    """the gradient is the mask that went forward"""
    layer = spell.MyDropout(0.3)
    x = (torch.rand(30, 20) + 0.5).requires_grad_()
    got = layer(x)
    require(got.requires_grad, "a way back", "none", mistakes={"no-slope": True})
    got.sum().backward()
    same(x.grad, (got / x).detach(), "x.grad", rtol=1e-4, mistakes={"no-slope": True})


def test_eval(spell, rng):
    """after `eval()` nothing happens, for any `p`"""
    x = numbers(rng, 5, 5)
    for p in (0.0, 0.3, 1.0):
        layer = spell.MyDropout(p)
        layer.eval()
        same(layer(x), x, f"MyDropout({p}).eval()(x)")


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.Dropout', 'torch.nn.functional.dropout', 'torch.dropout') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
