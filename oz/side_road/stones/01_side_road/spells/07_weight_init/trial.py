"""Whether `kaiming_init` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import mistake, require

# --- TorchCode's own checks stand here ---


def _check(got, fan_in, fan_out, name):
    got = got.detach()
    want = (2 / fan_in) ** 0.5
    require(
        abs(got.std().item() / want - 1) < 0.05, f"a deviation of {want:.4f} for {name}", f"{got.std().item():.4f}",
        mistakes={
            "fan-out": abs(got.std().item() / (2 / fan_out) ** 0.5 - 1) < 0.05 and fan_in != fan_out,
            "kernel-forgotten": got.ndim == 4,
        },
    )
    require(abs(got.mean().item()) < 0.1 * want, f"a mean of 0 for {name}", f"{got.mean().item():.4f}")


def test_deviation(spell):
    """tall and wide, the deviation goes by what comes in"""
    for fan_out, fan_in in ((400, 50), (50, 400), (200, 200), (1, 10000)):
        weight = torch.full((fan_out, fan_in), 7.0)
        got = spell.kaiming_init(weight)
        require(got is weight, "the same tensor back", "another")
        _check(got, fan_in, fan_out, f"a weight of {fan_out} by {fan_in}")


def test_convolution(spell):
    """a kernel counts"""
    weight = torch.empty(64, 16, 5, 5)
    spell.kaiming_init(weight)
    _check(weight, 400, 64, "a convolution of 64 kernels, 16 by 5 by 5")


def test_normal(spell):
    """normally distributed, each for itself"""
    weight = torch.empty(300, 200)
    spell.kaiming_init(weight)
    scaled = weight / weight.std()
    for at, share in ((1.0, 0.1587), (2.0, 0.02275), (3.0, 0.00135)):
        beyond = (scaled > at).float().mean().item()
        require(
            abs(beyond - share) < 0.01 * share**0.5, f"a share of {share} beyond {at:.0f} deviations", f"{beyond:.5f}",
            mistakes={"uniform": scaled.abs().max() < 1.8 and scaled.abs().min() < 0.1, "one-draw": torch.equal(weight[0], weight[1]), "not-random": True},
        )
    require(not torch.equal(weight[0], weight[1]), "rows that differ", "rows that are alike", mistakes={"one-draw": True})
    first = weight.clone()
    spell.kaiming_init(weight)
    require(not torch.equal(first, weight), "other numbers in another call", "the same", mistakes={"one-draw": True})


def test_parameter(spell):
    """a parameter stays one, a leaf that can learn"""
    layer = nn.Linear(30, 20)
    try:
        got = spell.kaiming_init(layer.weight)
    except RuntimeError as error:
        if "leaf" not in str(error):
            raise
        mistake("tape", f"asked for a filled parameter, yours says: {error}")
    require(got.is_leaf and got.requires_grad, "a leaf that requires a gradient", "none", mistakes={"tape": True})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.init.kaiming_normal_', 'torch.nn.init.kaiming_uniform_') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
