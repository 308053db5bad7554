"""Whether `grpo_loss` does what was asked, where TorchCode's own checks do not look."""

import torch

from oz.trial import same
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


def _advantages(rewards, ids, eps, deviation):
    out = torch.zeros_like(rewards)
    for group in ids.unique():
        mask = ids == group
        own = rewards[mask]
        out[mask] = (own - own.mean()) / deviation(own, eps)
    return out


def _std(own, eps):
    return own.std(unbiased=False) + eps


def _right(logps, rewards, ids, eps=1e-5, deviation=_std):
    return -(_advantages(rewards.detach(), ids, eps, deviation) * logps).mean()


def _pairs(logps, rewards, ids, eps=1e-5):
    return _right(logps, rewards, torch.arange(len(ids)) // 2, eps)


def _counted(logps, rewards, ids, eps=1e-5):
    out = torch.zeros_like(rewards)
    for group in range(len(ids.unique())):
        mask = ids == group
        if mask.any():
            own = rewards[mask]
            out[mask] = (own - own.mean()) / _std(own, eps)
    return -(out * logps).mean()


WRONG = {
    "pairs-only": _pairs,
    "whole-batch": lambda a, r, i, e=1e-5: _right(a, r, 0 * i, e),
    "unbiased": lambda a, r, i, e=1e-5: _right(a, r, i, e, lambda own, e: own.std() + e),
    "not-divided": lambda a, r, i, e=1e-5: _right(a, r, i, e, lambda own, e: 1.0),
    "ids-counted": _counted,
    "eps-fixed": lambda a, r, i, e=1e-5: _right(a, r, i, 1e-5),
}


def test_groups(spell, rng):
    """groups of any size, in any order, with any names"""
    for ids in ([0, 0, 1, 1], [0, 0, 0, 1, 1, 1], [0, 1, 0, 1, 0, 2, 2], [7, 100, 7, 100, 7, 7], [3, 3, 3], [5, -2, 5, -2, -2]):
        ids = torch.tensor(ids)
        inputs = numbers(rng, len(ids)), 2 * numbers(rng, len(ids)) + ids, ids
        agrees(spell.grpo_loss, _right, inputs, f"groups {ids.tolist()}:", uneven="gradient-elsewhere", mistakes=WRONG)


def test_alone(spell, rng):
    """a group of one, and one that is all alike, count for nothing"""
    ids = torch.tensor([0, 1, 1, 2, 2, 2])
    rewards = torch.tensor([5.0, 1.0, 3.0, 2.0, 2.0, 2.0])
    logps = numbers(rng, 6)
    same(spell.grpo_loss(logps, rewards, ids), _right(logps, rewards, ids), "the loss", rtol=1e-3, mistakes={"alone": True})


def test_eps(spell, rng):
    """`eps`, where it matters"""
    ids = torch.tensor([0, 0, 0, 1, 1])
    agrees(spell.grpo_loss, _right, (numbers(rng, 5), 0.1 * numbers(rng, 5), ids, 0.5), "eps = 0.5:", uneven="gradient-elsewhere",
           mistakes={"eps-fixed": lambda a, r, i, e: _right(a, r, i, e, lambda own, e: (own.var(unbiased=False) + e).sqrt())} | WRONG)
