"""Whether `dpo_loss` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


F = torch.nn.functional


def _right(c, r, rc, rr, beta=0.1):
    return -F.logsigmoid(beta * ((c - rc.detach()) - (r - rr.detach()))).mean()


def test_values(spell, rng):
    """one pair and many, betas of every size"""
    for n, beta in ((1, 0.1), (7, 0.5), (4, 2.0), (5, 0.0)):
        agrees(
            spell.dpo_loss, _right, (*(3 * numbers(rng, n) for _ in range(4)), beta), f"the loss of {n} pairs with beta {beta}",
            uneven="reference-learns",
            mistakes={
                "summed": lambda c, r, rc, rr, b: n * _right(c, r, rc, rr, b),
                "no-reference": lambda c, r, rc, rr, b: -F.logsigmoid(b * (c - r)).mean(),
            },
        )


def test_far(spell):
    """margins that are very wrong"""
    for wrong in (50.0, 200.0, 2000.0):
        c, r = torch.tensor([-wrong], requires_grad=True), torch.tensor([0.0])
        got = spell.dpo_loss(c, r, torch.zeros(1), torch.zeros(1), beta=1.0)
        require(bool(torch.isfinite(got)), f"a loss of {wrong:.0f}", f"{got.item()}", mistakes={"overflows": True})
        require(abs(got.item() - wrong) < 0.01 * wrong, f"a loss of {wrong:.0f}", f"{got.item():.3f}", mistakes={"clipped": True})
        got.backward()
        require(abs(c.grad.item() + 1) < 1e-3, "a slope of -1", f"{c.grad.item():.4f}", mistakes={"clipped": True})
