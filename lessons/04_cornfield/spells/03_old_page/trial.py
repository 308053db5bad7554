"""Whether the old page says today what it used to mean."""

import ast

import torch

from oz.trial import mistake, require, same, shares_storage


def _lists(rng):
    return {
        "two numbers": [1.5, -2.0],
        "whole numbers": [3, 4, 5],
        "one number": [7.0],
        "many numbers": rng.normal(size=int(rng.integers(4, 20))).tolist(),
    }


def _volatile(spell):
    """Whether anything is still asked to be volatile, or asked whether it is."""
    return "volatile" in _attributes(spell) or any(
        isinstance(node, ast.keyword) and node.arg == "volatile" for node in ast.walk(spell.tree)
    )


def _attributes(spell):
    return {node.attr for node in ast.walk(spell.tree) if isinstance(node, ast.Attribute)}


def test_weights(spell, rng):
    """`weights(numbers)` is a recorded leaf"""
    for what, numbers in _lists(rng).items():
        got = spell.weights(numbers)
        same(
            got,
            torch.tensor(numbers, dtype=torch.float32),
            f"weights({what})",
            requires_grad=True,
            mistakes={"weights-not-tied": lambda t: not t.requires_grad},
        )
        require(got.is_leaf, "a leaf", "something made")


def test_corn(spell, rng):
    """`corn(numbers)` is not recorded"""
    for what, numbers in _lists(rng).items():
        expected = torch.tensor(numbers, dtype=torch.float32)
        same(spell.corn(numbers), expected, f"corn({what})", requires_grad=False)


def test_guess(spell, rng):
    """`guess(w, x)` is the sum of the products, and nothing of it is recorded"""
    for size in (1, 3, *rng.integers(2, 20, size=3).tolist()):
        w, x = torch.rand(size, requires_grad=True), torch.rand(size)
        for tied in (False, True):
            x.requires_grad_(tied)
            got = spell.guess(w, x)
            same(
                got,
                (w * x).sum().detach(),
                f"guess of {size}",
                requires_grad=False,
                mistakes={
                    "volatile": lambda t: t.requires_grad and _volatile(spell),
                    "not-cut": lambda t: t.requires_grad,
                },
            )
        require(torch.is_grad_enabled(), "recording to be on again afterwards", "it is off")
        require(w.requires_grad and x.requires_grad, "`w` and `x` as they were", "one was untied")


def test_figure(spell, rng):
    """`figure(loss)` is a plain number"""
    w = torch.rand(5, requires_grad=True)
    for loss in ((w * w).sum(), w.sum().detach(), torch.tensor(float(rng.normal()))):
        asked = loss.item()
        got = spell.figure(loss)
        require(
            not isinstance(got, torch.Tensor),
            "a plain `float`",
            "a tensor",
            mistakes={"still-a-tensor": True},
        )
        same(got, asked, "figure(loss)")


def test_was_made(spell):
    """`was_made(t)` is whether a recorded operation made it"""
    w = torch.rand(3, requires_grad=True)
    with torch.no_grad():
        quiet = w * 2
    cases = {
        "a plain tensor": (torch.rand(3), False),
        "a recorded leaf": (w, False),
        "a product of it": (w * 2, True),
        "a slice of it": (w[1:], True),
        "a product, detached": ((w * 2).detach(), False),
        "a product made under `no_grad`": (quiet, False),
        "a product of plain tensors": (torch.rand(3) * 2, False),
    }
    for what, (t, asked) in cases.items():
        got = spell.was_made(t)
        require(
            got is asked,
            f"`{asked}` for {what}",
            f"`{got}`",
            mistakes={
                "tied-is-not-made": (
                    t is w and got is True and spell.was_made(torch.rand(1)) is False
                ),
            },
        )


def test_look(spell):
    """`look(w)` sees the same memory, without the thread"""
    leaf = torch.rand(4, requires_grad=True)
    for w in (leaf, leaf * 2, torch.rand(2, 3)):
        got = spell.look(w)
        same(
            got,
            w.detach().clone(),
            "look(w)",
            requires_grad=False,
            mistakes={"not-cut": lambda t: t.requires_grad},
        )
        require(
            shares_storage(got, w),
            "the same memory",
            "a copy",
            mistakes={"looked-at-a-copy": True},
        )


def test_look_is_noticed(spell):
    """what is written through `look(w)` is noticed by the recording"""
    w = torch.rand(4, requires_grad=True) * 2
    before = w._version
    spell.look(w).mul_(3.0)
    require(
        w._version > before,
        "a write that is counted",
        "one that is not",
        mistakes={"data": True},
    )


def test_written_today(spell):
    """nothing on the page is out of date"""
    used = _attributes(spell)
    if "Variable" in used or spell.calls("torch.autograd.Variable", "Variable"):
        mistake("still-variable", "asked for no `Variable`, the page has one")
    if _volatile(spell):
        mistake("volatile", "asked for no `volatile`, the page has one")
    old = {"FloatTensor", "DoubleTensor", "Tensor"}
    if any(spell.calls(f"torch.{name}") for name in old):
        mistake("typed-maker", "asked for `torch.tensor`, the page makes one in the old way")
    if "data" in used:
        mistake("data", "asked for no `.data`, the page has one")
