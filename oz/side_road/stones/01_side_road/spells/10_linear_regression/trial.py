"""Whether `LinearRegression` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import mistake, require, same
from oz.trial.against import near, numbers

# --- TorchCode's own checks stand here ---


def _points(rng, n=60, d=3, noise=0.5, bias=4.0):
    X = numbers(rng, n, d)
    return X, X @ numbers(rng, d) + bias + noise * numbers(rng, n)


def _least(X, y):
    found = torch.linalg.pinv(torch.cat([X, torch.ones(len(X), 1)], 1).double()) @ y.double()
    return found[:-1].float(), found[-1].float()


def _bare(X, y):
    w = torch.linalg.pinv(X) @ y
    return w, torch.tensor(0.0)


def test_left_alone(spell, rng):
    """`X` and `y` stay as they were"""
    X, y = _points(rng)
    kept = X.clone(), y.clone()
    spell.LinearRegression().closed_form(X, y)
    require(torch.equal(X, kept[0]) and torch.equal(y, kept[1]), "`X` and `y` as they were", "changed ones", mistakes={"changed": True})


def test_closed(spell, rng):
    """`closed_form` with noise, with few points, with one column"""
    for n, d in ((60, 3), (5, 2), (30, 1), (40, 8)):
        X, y = _points(rng, n, d)
        got = spell.LinearRegression().closed_form(X.clone(), y.clone())
        same(got, _least(X, y), "closed_form(X, y)", rtol=1e-3, atol=1e-3, mistakes={"no-bias": lambda t, X=X, y=y: near(t, _bare(X, y), 1e-2)})


def test_twins(spell, rng):
    """two columns that say the same"""
    X, y = _points(rng, 40, 2)
    X = torch.cat([X, X[:, :1]], 1)
    try:
        w, b = spell.LinearRegression().closed_form(X, y)
        off = (X @ w + b - y).square().mean()
    except torch.linalg.LinAlgError as error:
        mistake("singular", f"asked for a solution, yours says: {error}")
    w, b = _least(X, y)
    least = (X @ w + b - y).square().mean()
    require(bool(off < least * 1.001), f"a mean square of {least:.5f}", f"{off:.5f}", mistakes={"singular": True})


def test_descent(spell, rng):
    """`gradient_descent` after few steps, and after many"""
    X, y = _points(rng)
    for lr, steps in ((0.1, 1), (0.05, 3), (0.02, 20), (0.1, 500)):
        w, b = torch.zeros(3), torch.zeros(())
        for _ in range(steps):
            off = X @ w + b - y
            w, b = w - 2 * lr * X.T @ off / len(X), b - 2 * lr * off.mean()
        least = _least(X, y)
        got = spell.LinearRegression().gradient_descent(X, y, lr=lr, steps=steps)
        same(
            got, (w, b), f"gradient_descent(X, y, lr={lr}, steps={steps})", rtol=1e-3, atol=1e-4,
            mistakes={
                "borrowed-answer": lambda t, least=least: near(t, least, 1e-5),
                "no-bias": lambda t: float(t[1]) == 0,
                "ignores-steps": True,
            },
        )


def test_layer(spell, rng):
    """`nn_linear` arrives, when it walks long enough and not before"""
    X, y = _points(rng)
    far = spell.LinearRegression().nn_linear(X, y, lr=0.1, steps=1)
    least = _least(X, y)
    require(not near(far, least, 0.05), "a walk that is not there after one step", "one that is", mistakes={"borrowed-answer": True})
    got = spell.LinearRegression().nn_linear(X, y, lr=0.1, steps=1500)
    same(got, least, "nn_linear(X, y, lr=0.1, steps=1500)", rtol=0.02, atol=0.02,
         mistakes={"no-bias": lambda t: near(t, _bare(X, y), 0.1), "ignores-steps": True})
    require(not got[0].requires_grad, "weights without a graph", "some with one")
    require(spell.calls("torch.nn.Linear"), "an `nn.Linear`", "none", mistakes={"no-linear": True})
