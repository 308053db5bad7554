"""Whether `cross_entropy_loss` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


F = torch.nn.functional


def _pair(rng, n, classes, scale=2.0):
    return scale * numbers(rng, n, classes), torch.tensor(rng.integers(0, classes, size=n))


def _everybody(logits, targets):
    return F.cross_entropy(logits, targets) / logits.shape[1]


def test_sure(spell):
    """nearly sure, not quite sure, and unsure are three different losses"""
    targets = torch.tensor([0])
    losses = [torch.as_tensor(spell.cross_entropy_loss(torch.tensor([[ahead, 0.0]]), targets)) for ahead in (0.5, 2.0, 8.0)]
    told = len({round(loss.item(), 6) for loss in losses}) == 3
    require(told, "a loss that falls as the right class gets ahead", ", ".join(f"{loss:.4f}" for loss in losses), mistakes={"argmax": True})


def test_values(spell, rng):
    """batches of any size, one row too"""
    for n, classes in ((1, 2), (4, 10), (9, 3), (6, 1), (32, 7)):
        agrees(
            spell.cross_entropy_loss, F.cross_entropy, _pair(rng, n, classes), f"the loss of {n} rows",
            uneven="no-slope",
            mistakes={"summed": lambda a, b: F.cross_entropy(a, b, reduction="sum"), "everybody": _everybody},
        )


def test_far(spell, rng):
    """being very wrong costs very much, and nothing overflows"""
    for scale in (30.0, 100.0, 1000.0):
        logits, targets = _pair(rng, 8, 5, scale)
        want, got = F.cross_entropy(logits, targets), spell.cross_entropy_loss(logits, targets)
        broken = not torch.isfinite(torch.as_tensor(got)).all()
        same(got, want, f"the loss of logits about {scale:.0f}", mistakes={"overflows": broken, "clipped": True}, rtol=1e-3)


def test_slope(spell, rng):
    """the gradient, where the rows are hopeless"""
    logits, targets = _pair(rng, 5, 4, 20.0)
    agrees(spell.cross_entropy_loss, F.cross_entropy, (logits, targets), "the loss", uneven="no-slope",
           mistakes={"clipped": lambda a, b: -a.softmax(1).clamp(1e-9).log().gather(1, b[:, None]).mean()})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.functional.cross_entropy', 'torch.nn.functional.nll_loss', 'torch.nn.CrossEntropyLoss', 'torch.nn.NLLLoss') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
