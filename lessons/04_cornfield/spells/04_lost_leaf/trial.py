"""Whether the leaf that was nudged is still the leaf."""

import pytest
import torch

from oz.trial import require, same, shares_storage


@pytest.fixture(autouse=True)
def recording():
    """Recording is on before each check, whatever an earlier one left behind."""
    torch.set_grad_enabled(True)
    yield
    torch.set_grad_enabled(True)


def _weights(rng):
    """Recorded leaves of all sorts, each with the loss that will be asked of it."""
    rows, columns = rng.integers(2, 7, size=2).tolist()
    return {
        "two weights": torch.tensor([4.0, -2.0], requires_grad=True),
        "one number": torch.tensor(3.0, requires_grad=True),
        f"({rows}, {columns}) weights": torch.randn(rows, columns, requires_grad=True),
        "double weights": torch.randn(columns, dtype=torch.float64, requires_grad=True),
        "weights held as columns": torch.randn(rows, columns).T.requires_grad_(),
        "no weights": torch.zeros(0, requires_grad=True),
    }


def _still_the_leaf(w, where, what, version):
    """Fails unless `w` is the recorded leaf it was, and what was done to it was noticed."""
    if not torch.is_grad_enabled():
        require(
            False,
            "recording to be on again afterwards",
            "it is off",
            mistakes={"recording-left-off": True},
        )
    require(w.requires_grad, f"{what} to be recorded", "not any more", mistakes={"untied": True})
    require(w.is_leaf, f"{what} to be a leaf", "something made")
    require(
        w.data_ptr() == where,
        f"{what} in their old place",
        "in another",
        mistakes={"behind-its-back": True},
    )
    if w.numel():
        require(
            w._version > version,
            "a write that is counted",
            "one that is not",
            mistakes={"behind-its-back": True},
        )


def test_nudge(spell, rng):
    """`nudge(w, lr)` moves the leaf itself, against its gradient"""
    for what, w in _weights(rng).items():
        lr = float(rng.uniform(0.05, 0.4))
        loss = (w * w * 0.5 + 2 * w).sum()
        loss.backward()
        before, where, version = w.detach().clone(), w.data_ptr(), w._version
        slope = w.grad.clone()
        spell.nudge(w, lr)
        same(
            w.detach(),
            before - lr * slope,
            what,
            mistakes={
                "lost-leaf": lambda t, b=before: torch.equal(t, b),
                "uphill": lambda t, b=before, s=slope, r=lr: torch.allclose(t, b + r * s),
            },
        )
        _still_the_leaf(w, where, what, version)


def test_cleared(spell, rng):
    """after `nudge` the gradient is cleared, and the next one comes"""
    for what, w in _weights(rng).items():
        for evening in range(2):
            (3 * w * w).sum().backward()
            require(w.grad is not None, f"a gradient for {what} on evening {evening}", "`None`")
            slope = 6 * w.detach()
            same(w.grad, slope, f"gradient on evening {evening}", mistakes={"grad-kept": True})
            spell.nudge(w, 0.1)
            require(
                w.grad is None or not w.grad.any(),
                "a cleared gradient",
                "one that was kept",
                mistakes={"grad-kept": True},
            )


def test_nudge_all(spell, rng):
    """`nudge_all(weights, lr)` moves those that have a gradient, and no others"""
    for lonely in (0, 1, 2):
        weights = [torch.randn(3, requires_grad=True) for _ in range(3)]
        before = [w.detach().clone() for w in weights]
        facts = [(w.data_ptr(), w._version) for w in weights]
        for i, w in enumerate(weights):
            if i != lonely:
                (w * w).sum().backward()
        spell.nudge_all(weights, 0.25)
        for i, w in enumerate(weights):
            asked = before[i] if i == lonely else before[i] * 0.5
            same(
                w.detach(),
                asked,
                f"weights[{i}]",
                mistakes={
                    "lost-leaf": lambda t, b=before[i]: torch.equal(t, b),
                    "uphill": lambda t, b=before[i]: torch.allclose(t, b * 1.5),
                },
            )
            if i != lonely:
                _still_the_leaf(w, facts[i][0], f"weights[{i}]", facts[i][1])
                require(
                    w.grad is None or not w.grad.any(),
                    "a cleared gradient",
                    "one that was kept",
                    mistakes={"grad-kept": True},
                )
            else:
                require(w.requires_grad, "the others as they were", "one was untied")
    spell.nudge_all([], 0.25)


def test_stamp(spell, rng):
    """`stamp(w, i, value)` writes into the leaf"""
    for shape in ((4,), (3, 2)):
        w = torch.randn(*shape, requires_grad=True)
        asked, where, version = w.detach().clone(), w.data_ptr(), w._version
        i, value = int(rng.integers(shape[0])), float(rng.normal())
        asked[i] = value
        spell.stamp(w, i, value)
        same(w.detach(), asked, f"w after stamp(w, {i}, …)")
        _still_the_leaf(w, where, "`w`", version)


def test_fresh(spell, rng):
    """`fresh(w)` is a leaf of its own"""
    for what, w in _weights(rng).items():
        got = spell.fresh(w)
        same(
            got,
            w.detach().clone(),
            f"fresh({what})",
            requires_grad=True,
            mistakes={"fresh-not-tied": lambda t: not t.requires_grad},
        )
        require(
            got.is_leaf,
            "a leaf",
            "something made of the old one",
            mistakes={"fresh-is-made": True},
        )
        require(
            got is not w and (w.numel() == 0 or not shares_storage(got, w)),
            "memory of its own",
            "the old one's memory",
            mistakes={"same-memory": True},
        )
        require(w.requires_grad and w.is_leaf, "the old one as it was", "it was changed")
