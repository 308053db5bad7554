"""Whether `SimpleLinear` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import mistake, require
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


def test_begins(spell):
    """the weights begin at random, and as large as they should be"""
    for inputs in (50, 400):
        layer = spell.SimpleLinear(inputs, 300)
        weight = layer.weight.detach()
        require(weight.std(0).min() > 0 and weight.std(1).min() > 0, "weights that differ", "weights that are alike", mistakes={"all-alike": True})
        want = inputs**-0.5
        require(abs(weight.std().item() / want - 1) < 0.05, f"a deviation of {want:.4f}", f"{weight.std().item():.4f}", mistakes={"too-large": True})
        require(abs(weight.mean().item()) < want / 10, "a mean of 0", f"{weight.mean().item():.4f}", mistakes={"too-large": True})
        require(bool((layer.bias == 0).all()), "a bias that begins at 0", "another", mistakes={"bias-first": True})


def test_forward(spell, rng):
    """one row, many rows, and axes before them; with the bias moved"""
    layer = spell.SimpleLinear(5, 3)
    with torch.no_grad():
        layer.bias += numbers(rng, 3)
    for shape in ((5,), (1, 5), (7, 5), (2, 3, 5), (2, 2, 2, 5)):
        try:
            agrees(
                layer.forward, lambda x: torch.nn.functional.linear(x, layer.weight, layer.bias), (numbers(rng, *shape),),
                f"forward(x), x of shape {shape},", weights=[layer.weight, layer.bias], uneven="no-slope",
            )
        except (RuntimeError, ValueError) as error:
            mistake("two-axes", f"asked for any axes before the last, yours says of `{shape}`: {error}")


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.Linear', 'torch.nn.functional.linear') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
