"""Whether `MixtureOfExperts` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


def _with(moe, x, how):
    """What the module's own router and experts come to, put together in the way `how`."""
    logits = moe.router(x)
    made = torch.stack([expert(x) for expert in moe.experts], -2)
    k = how["k"]
    picked = logits.topk(k, -1).indices
    if how.get("first"):
        picked = torch.arange(k).expand_as(picked)
    mask = torch.full_like(logits, -torch.inf).scatter(-1, picked, 0.0)
    if how.get("before"):
        shares = logits.softmax(-1) * (mask == 0)
    elif how.get("even"):
        shares = (mask == 0).to(logits.dtype) / k
    else:
        shares = (logits + mask).softmax(-1)
    return (shares[..., None] * made).sum(-2)


def test_values(spell, rng):
    """few experts and many, one asked, two asked, all asked"""
    for d, experts, k, shape in ((6, 4, 2, (2, 5)), (5, 3, 1, (9,)), (4, 5, 3, (2, 2, 3)), (4, 3, 3, (1, 4))):
        moe = spell.MixtureOfExperts(d, 8, experts, k)
        with torch.no_grad():
            for p in moe.parameters():
                p.copy_(numbers(rng, *p.shape))
        wrong = {
            "identity": lambda x: x,
            "all-experts": lambda x: _with(moe, x, {"k": experts}),
            "first-experts": lambda x: _with(moe, x, {"k": k, "first": True}),
            "softmax-first": lambda x: _with(moe, x, {"k": k, "before": True}),
            "even-shares": lambda x: _with(moe, x, {"k": k, "even": True}),
        }
        agrees(
            moe, lambda x: _with(moe, x, {"k": k}), (numbers(rng, *shape, d),),
            f"{experts} experts, {k} asked:", weights=moe.parameters(), uneven="no-slope", mistakes=wrong, atol=1e-4,
        )


def test_experts(spell):
    """each expert is a linear layer, a ReLU and a linear layer, of its own"""
    moe = spell.MixtureOfExperts(4, 6, 3, 2)
    require(isinstance(moe.router, nn.Linear), "a linear router", f"`{type(moe.router).__name__}`")
    for expert in moe.experts:
        shapes = sorted(tuple(p.shape) for p in expert.parameters() if p.ndim == 2)
        require(shapes == [(4, 6), (6, 4)], "weights `(6, 4)` and `(4, 6)` in an expert", f"{shapes}", mistakes={"identity": not shapes})
        x = 5 * torch.randn(4, 4)
        with torch.no_grad():
            bent = expert(2 * x) - 2 * expert(x) + expert(0 * x)
        require(bent.abs().max() > 1e-3, "an expert with a bend in it", "a straight one")
