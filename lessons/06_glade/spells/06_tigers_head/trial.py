"""Whether the Kalidah's loss can fall: what he learns from pebbles that the trial picks.

The bar for the loss is what tells: with a softmax too many he reads as well as before, and his loss
stays above log(e + 9) - 1 = 1.461, however long he is trained. Measured in
tests/benchmarks/test_marks_glade.py.
"""

from pathlib import Path

import torch
from torch import nn

from oz.trial import mistake, require, same

HEAP = Path(__file__).parent / "files" / "pebbles.pt"
"""scikit-learn's digits, in their order: `images` as uint8 (n, 8, 8) from 0 to 16, `target` (n,).
A file, because importing scikit-learn takes several times as long as the training."""
ACCURACY, LOSS = 0.94, 0.5
UNSEEN = 24
"""The number of the heap that `train` is tried on."""
_taught = {}


def pebbles(seed):
    """Pictures and figures, to practise on and sealed: another heap than the program's."""
    heap = torch.load(HEAP, weights_only=True)
    x, y = heap["pictures"] / 16, heap["figures"]
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    practice, sealed = order[:1300], order[1300:]
    return x[practice], y[practice], x[sealed], y[sealed]


def measured(model, x, y):
    """The share that `model` reads right, and its mean loss."""
    model.eval()
    with torch.no_grad():
        says = model(x)
        return (says.argmax(1) == y).float().mean().item(), nn.functional.cross_entropy(
            says, y
        ).item()


def _taught_by(spell):
    """The model that the player's `train` makes of the trial's pebbles, once."""
    if spell.source not in _taught:
        x, y, *_ = heap = pebbles(UNSEEN)
        torch.manual_seed(60)
        model = spell.train(x.clone(), y.clone())
        require(
            isinstance(model, nn.Module),
            "a trained module from `train`",
            f"`{type(model).__name__}`",
            mistakes={"nothing-back": model is None},
        )
        _taught[spell.source] = model, heap
    return _taught[spell.source]


def _chances(says):
    return bool((says >= 0).all()) and torch.allclose(says.sum(1), torch.ones(len(says)), atol=1e-3)


def test_loss(spell):
    """after training, the cross-entropy of what the model gives is below 0.5 on the practice pebbles"""
    model, (x, y, *_) = _taught_by(spell)
    _, loss = measured(model, x, y)
    with torch.no_grad():
        says = model(x[:200])
    require(
        says.shape == (len(x[:200]), 10), "ten numbers for each picture", f"`{tuple(says.shape)}`"
    )
    chances = _chances(says)
    require(
        loss < LOSS,
        f"a loss below {LOSS}",
        f"{loss:.3f}",
        mistakes={
            "log-of-chances": chances and spell.calls("log", "nll_loss", "NLLLoss"),
            "two-softmaxes": chances,
            "sigmoid-head": bool(((says >= 0) & (says <= 1)).all()),
            "cut-at-nought": bool((says >= 0).all()),
            "not-there-yet": True,
        },
    )


def test_reads(spell):
    """and of the sealed pebbles he reads at least 94 in 100"""
    model, (_, _, x, y) = _taught_by(spell)
    share, _ = measured(model, x, y)
    require(share >= ACCURACY, f"a share of at least {ACCURACY}", f"{share:.3f}")


def test_sure(spell):
    """`sure(model, pictures)` gives chances: rows of ten that make 1, the softmax of the logits"""
    model, (_, _, x, _) = _taught_by(spell)
    torch.manual_seed(7)
    other = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
    for one, pictures, words in ((model, x[:30], "your own Kalidah"), (other, x[30:45], "another")):
        with torch.no_grad():
            logits = one(pictures)
        got = spell.sure(one, pictures)
        require(
            isinstance(got, torch.Tensor),
            "a tensor of chances",
            f"`{type(got).__name__}`",
            mistakes={"nothing-back": got is None},
        )
        if got.requires_grad:
            mistake("recorded")
        same(
            got,
            logits.softmax(1),
            f"sure(…) of {words}",
            rtol=1e-3,
            atol=1e-5,
            mistakes={
                "logits-for-chances": lambda t, a=logits: torch.allclose(t, a, atol=1e-5),
                "along-the-pebbles": lambda t, a=logits: torch.allclose(t, a.softmax(0), atol=1e-4),
                "two-softmaxes": lambda t, a=logits: torch.allclose(
                    t, a.softmax(1).softmax(1), atol=1e-4
                ),
                "logs-for-chances": lambda t, a=logits: torch.allclose(
                    t, a.log_softmax(1), atol=1e-4
                ),
            },
        )
