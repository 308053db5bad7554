"""Whether `my_batch_norm` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same
from oz.trial.against import agrees, near, numbers

# --- TorchCode's own checks stand here ---


F = torch.nn.functional


def _given(rng, n=6, d=3):
    return 2 * numbers(rng, n, d) + 1, numbers(rng, d), numbers(rng, d), numbers(rng, d), numbers(rng, d).abs() + 0.5


def _moved(x, mean, var, momentum):
    return (1 - momentum) * mean + momentum * x.mean(0), (1 - momentum) * var + momentum * x.var(0, unbiased=False)


def _train(x, gamma, beta, eps=1e-5):
    return F.batch_norm(x, None, None, gamma, beta, True, 0.1, eps)


def test_training(spell, rng):
    """in training: by the batch, with a gradient through all of it"""
    for n, d, eps in ((6, 3, 1e-5), (2, 5, 1e-5), (40, 1, 0.5)):
        x, gamma, beta, mean, var = _given(rng, n, d)
        agrees(
            lambda x, g, b: spell.my_batch_norm(x, g, b, mean, var, eps=eps, training=True),
            lambda x, g, b: _train(x, g, b, eps), (x, gamma, beta), f"the norm of {n} rows with eps = {eps}", uneven="no-slope",
            mistakes={
                "eps-fixed": lambda x, g, b: _train(x, g, b),
                "unbiased": lambda x, g, b: (x - x.mean(0)) / (x.var(0) + eps).sqrt() * g + b,
            },
        )


def test_running(spell, rng):
    """the running values move by `momentum`, in place, and stay off the tape"""
    for momentum in (0.1, 0.25, 1.0, 0.0):
        x, gamma, beta, mean, var = _given(rng)
        x.requires_grad_()
        want = _moved(x.detach(), mean, var, momentum)
        was = mean.clone(), var.clone()
        other = [_moved(x.detach(), *was, m) for m in (0.1, 1 - momentum)]
        with_one_less = (1 - momentum) * was[1] + momentum * x.detach().var(0)
        spell.my_batch_norm(x, gamma, beta, mean, var, momentum=momentum, training=True)
        require(not (mean.requires_grad or var.requires_grad), "running values off the tape", "some on it", mistakes={"recorded": True})
        for got, right, name, k in ((mean, want[0], "running_mean", 0), (var, want[1], "running_var", 1)):
            same(
                got.detach(), right, f"{name}, momentum {momentum}, afterwards", rtol=1e-4,
                mistakes={
                    "unbiased": lambda t, k=k: k == 1 and near(t, with_one_less),
                    "momentum-fixed": lambda t, k=k: any(near(t, o[k]) for o in other),
                    "replaced": lambda t, k=k: near(t, was[k]),
                },
            )


def test_eval(spell, rng):
    """otherwise: by the running values, which stay; one row will do"""
    for n in (5, 1):
        x, gamma, beta, mean, var = _given(rng, n)
        was = mean.clone(), var.clone()
        agrees(
            lambda x, g, b: spell.my_batch_norm(x, g, b, mean, var, eps=0.1, training=False),
            lambda x, g, b: F.batch_norm(x, *was, g, b, False, 0.1, 0.1), (x, gamma, beta), f"the norm of {n} rows, not in training",
            uneven="no-slope",
            mistakes={"eps-fixed": lambda x, g, b: F.batch_norm(x, *was, g, b, False, 0.1, 1e-5)},
        )
        require(torch.equal(mean, was[0]) and torch.equal(var, was[1]), "running values as they were", "moved ones", mistakes={"running-moved": True})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.functional.batch_norm', 'torch.nn.BatchNorm1d', 'torch.batch_norm', 'torch.native_batch_norm') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
