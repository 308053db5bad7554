"""Whether the Scarecrow lets go of what nobody will go back along, and of nothing else."""

import numpy as np
import pytest
import torch

from oz.trial import require, same, shares_storage


@pytest.fixture(autouse=True)
def recording():
    """Recording is on before each check, whatever an earlier one left behind."""
    torch.set_grad_enabled(True)
    yield
    torch.set_grad_enabled(True)


def _thoughts(rng):
    rows, columns = rng.integers(2, 6, size=2).tolist()
    leaf = torch.randn(columns, requires_grad=True)
    return {
        "a thought": leaf * 2,
        "a recorded leaf": torch.randn(rows, columns, requires_grad=True),
        "a thought of doubles": torch.randn(4, dtype=torch.float64, requires_grad=True).exp(),
        "a thought seen from the side": (torch.randn(rows, columns, requires_grad=True) + 1).T,
        "a thought that is not recorded": torch.randn(rows),
    }


def test_tally(spell, rng):
    """`tally(thoughts)` is a plain number"""
    for count in (1, 2, *rng.integers(3, 40, size=3).tolist()):
        leaf = torch.randn(3, requires_grad=True)
        thoughts = [(leaf * leaf).sum() * k for k in range(count)]
        asked = sum(t.item() for t in thoughts)
        got = spell.tally(thoughts)
        require(
            not isinstance(got, torch.Tensor),
            "a plain `float`",
            "a tensor",
            mistakes={"still-heavy": True},
        )
        same(float(got), asked, f"tally of {count}", rtol=1e-4)
        require(all(t.requires_grad for t in thoughts), "the thoughts as they were", "cut")
    same(float(spell.tally([])), 0.0, "tally of none")


def test_memory(spell, rng):
    """`memory(old, thought, rate)` is right, and carries no history"""
    for what, thought in _thoughts(rng).items():
        rate = float(rng.uniform(0.1, 0.9))
        for old in (torch.rand_like(thought), torch.rand_like(thought).requires_grad_()):
            before, tied = old.detach().clone(), thought.requires_grad
            asked = (1 - rate) * before + rate * thought.detach()
            got = spell.memory(old, thought, rate)
            require(
                torch.equal(old.detach(), before),
                "the old memory as it was",
                "it was changed in place",
                mistakes={"old-changed": True},
            )
            require(
                thought.requires_grad == tied,
                "the thought as it was",
                "it was untied",
                mistakes={"untied-for-good": True},
            )
            same(
                got,
                asked,
                f"memory of {what}",
                requires_grad=False,
                mistakes={"memory-tied": lambda t: t.requires_grad},
            )


def test_surprise(spell, rng):
    """`surprise` is the mean squared distance, and moves only the thought"""
    for what, remembered in _thoughts(rng).items():
        base = torch.randn_like(remembered).detach().requires_grad_()
        thought = base * 3
        tied = remembered.requires_grad
        if tied and not remembered.is_leaf:
            remembered.retain_grad()
        away = (thought - remembered).detach()
        got = spell.surprise(thought, remembered)
        same(
            got,
            (away * away).mean(),
            f"surprise at {what}",
            requires_grad=True,
            mistakes={"thought-cut": lambda t: not t.requires_grad},
        )
        got.backward()
        require(
            not tied or remembered.grad is None,
            "nothing that reaches what is remembered",
            "a gradient that does",
            mistakes={"memory-moved": base.grad is not None, "thought-cut": True},
        )
        require(
            base.grad is not None,
            "a gradient that reaches the thought",
            "`None`",
            mistakes={"thought-cut": True},
        )
        same(base.grad, 6 * away / away.numel(), "gradient of the thought")
        require(
            remembered.requires_grad == tied,
            "what is remembered as it was",
            "it was untied",
            mistakes={"untied-for-good": True},
        )


def test_keep(spell, rng):
    """`keep(thought)` stays as it is, whatever becomes of the thought"""
    for what, thought in _thoughts(rng).items():
        tied, now = thought.requires_grad, thought.detach().clone()
        got = spell.keep(thought)
        same(
            got,
            now,
            f"keep({what})",
            requires_grad=False,
            mistakes={"kept-on-a-thread": lambda t: t.requires_grad},
        )
        require(
            not shares_storage(got, thought),
            "memory of its own",
            "the thought's memory",
            mistakes={"still-shared": True},
        )
        require(
            thought.requires_grad == tied,
            "the thought as it was",
            "it was untied",
            mistakes={"untied-for-good": True},
        )


def test_figures(spell, rng):
    """`figures(thought)` is its numbers, as an array"""
    for what, thought in _thoughts(rng).items():
        tied = thought.requires_grad
        got = spell.figures(thought)
        require(isinstance(got, np.ndarray), "a NumPy array", f"`{type(got).__name__}`")
        same(got, thought.detach().numpy().copy(), f"figures({what})")
        require(
            thought.requires_grad == tied,
            "the thought as it was",
            "it was untied",
            mistakes={"untied-for-good": True},
        )


def test_ask(spell, rng):
    """`ask(think, x)` is the answer, unrecorded"""
    leaf = torch.randn(4, requires_grad=True)
    recorded = []

    def think(x):
        thought = (x * leaf).exp()
        recorded.append(thought.requires_grad)
        return thought

    for x in (torch.randn(3, 4), torch.randn(4, requires_grad=True)):
        tied = x.requires_grad
        got = spell.ask(think, x)
        same(
            got,
            (x * leaf).exp().detach(),
            "ask(think, x)",
            requires_grad=False,
            mistakes={"recorded": lambda t: t.requires_grad},
        )
        require(
            not recorded[-1],
            "`think` to be called with recording off",
            "it was on",
            mistakes={"cut-afterwards": True},
        )
        require(
            leaf.requires_grad and x.requires_grad == tied,
            "everything as tied as it was",
            "something was untied",
            mistakes={"untied-for-good": True},
        )


def test_glance(spell):
    """`glance(think, x)` is the answer, sealed"""
    leaf = torch.randn(4, requires_grad=True)
    for before in (True, False):
        x = torch.randn(3, 4)
        torch.set_grad_enabled(before)
        got = spell.glance(lambda x: (x * leaf).exp(), x)
        require(
            torch.is_grad_enabled() == before,
            f"recording {'on' if before else 'off'} afterwards, as before",
            "the other way",
            mistakes={"always-on": not before, "left-off": before},
        )
        torch.set_grad_enabled(True)
        require(
            isinstance(got, torch.Tensor) and got.is_inference(),
            "a sealed tensor: `is_inference()`",
            "one that is not",
            mistakes={"not-sealed": isinstance(got, torch.Tensor)},
        )
        same(got, (x * leaf).exp().detach(), "glance(think, x)", requires_grad=False)


def _fails(x):
    raise ValueError("lost my place")


def test_put_back(spell):
    """after `ask`, recording is as it was, also when `think` raises"""
    for before in (True, False):
        torch.set_grad_enabled(before)
        spell.ask(lambda x: x * 2, torch.ones(2))
        require(
            torch.is_grad_enabled() == before,
            f"recording {'on' if before else 'off'} afterwards, as before",
            "the other way",
            mistakes={"always-on": not before, "left-off": before},
        )
        try:
            spell.ask(_fails, torch.ones(2))
        except ValueError:
            pass
        require(
            torch.is_grad_enabled() == before,
            f"recording {'on' if before else 'off'} after an error, as before",
            "the other way",
            mistakes={"left-off": before, "always-on": not before},
        )
