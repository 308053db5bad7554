"""Whether the thread was tied to the straw, before the thought."""

import torch

from oz.trial import require, same


def _leads_to(thought, leaf):
    """Whether the knots of `thought` end, somewhere, at `leaf`."""
    waiting, seen = [thought.grad_fn], set()
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if getattr(node, "variable", None) is leaf:
            return True
        waiting += [following for following, _ in node.next_functions]
    return False


def test_straw(spell):
    """`straw` is 1, 2, 3, a leaf, and recorded"""
    same(
        spell.straw,
        torch.tensor([1.0, 2.0, 3.0], requires_grad=True),
        "straw",
        mistakes={
            "not-tied": lambda t: not t.requires_grad and t.tolist() == [1.0, 2.0, 3.0],
            "whole-numbers": lambda t: not t.is_floating_point(),
        },
    )
    require(
        spell.straw.is_leaf,
        "a leaf: `straw.is_leaf`",
        "something made, by a knot called "
        f"`{spell.straw.grad_fn.name() if spell.straw.grad_fn else None}`",
        mistakes={"straw-was-made": True},
    )


def test_thought(spell):
    """`thought` is twice the straw plus one, and leads back to it"""
    straw, thought = spell.straw, spell.thought
    same(
        thought,
        torch.tensor([3.0, 5.0, 7.0]),
        "thought",
        requires_grad=True,
        mistakes={
            "tied-too-late": lambda t: (
                t.tolist() == [3.0, 5.0, 7.0] and not t.requires_grad and straw.requires_grad
            ),
        },
    )
    require(
        thought.grad_fn is not None,
        "a `grad_fn`",
        "`None`",
        mistakes={"tied-at-the-end": thought.is_leaf},
    )
    require(
        _leads_to(thought, straw),
        "knots that lead from `thought` to `straw`",
        "knots that lead elsewhere",
        mistakes={"another-straw": True},
    )


def test_knot(spell):
    """`knot` is what the last knot of the thought is called"""
    knot, node = spell.knot, spell.thought.grad_fn
    require(node is not None, "a `thought` that has a knot", "one that has none")
    require(
        isinstance(knot, str),
        "a string",
        f"`{type(knot).__name__}`",
        mistakes={"whole-knot": knot is node or callable(knot)},
    )
    same(knot, node.name(), "knot", mistakes={"knots-address": lambda k: " object at " in k})


def test_begin(spell, rng):
    """`begin(numbers)` is a new recorded leaf of any list of numbers"""
    lists = {
        "two numbers": [1.5, -2.0],
        "whole numbers": [3, 4, 5],
        "one number": [7],
        "no numbers": [],
        "rows of numbers": [[1, 2, 3], [4, 5, 6]],
        "many numbers": rng.normal(size=int(rng.integers(4, 30))).tolist(),
    }
    for what, numbers in lists.items():
        got = spell.begin(numbers)
        same(
            got,
            torch.tensor(numbers, dtype=torch.float32),
            f"begin({what})",
            requires_grad=True,
            mistakes={"begin-not-tied": lambda t: not t.requires_grad and t.dtype == torch.float32},
        )
        require(
            got.is_leaf,
            f"begin({what}) to be a leaf",
            "something made",
            mistakes={"straw-was-made": True},
        )
    again = [2.0, 3.0]
    first, second = spell.begin(again), spell.begin(again)
    require(first is not second, "a new leaf every time", "the same leaf twice")
