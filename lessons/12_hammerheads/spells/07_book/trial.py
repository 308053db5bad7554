"""Whether what is too small for a narrow weight adds up in the book, and comes back from there."""

import copy
import math

import torch
from torch import nn

from oz.trial import require, same

NARROW = (torch.bfloat16, torch.float16)


class Idle(nn.Module):
    """A small model with a parameter that takes no part."""

    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(width, 5)
        self.spare = nn.Parameter(torch.full((3,), 0.3))
        self.last = nn.Linear(5, 1)

    def forward(self, x):
        return self.last(torch.tanh(self.first(x)))


def scene(rng, batches=3):
    width = int(rng.integers(2, 6))
    torch.manual_seed(int(rng.integers(1000)))
    model = Idle(width)
    made = [
        (
            torch.tensor(rng.normal(size=(9, width)), dtype=torch.float32),
            torch.tensor(rng.normal(size=(9, 1)), dtype=torch.float32),
        )
        for _ in range(batches)
    ]
    return model, made


def test_stuck(spell, rng):
    """`stuck` tells which weights a step would leave where they are, in their own dtype"""
    for dtype in (*NARROW, torch.float32):
        eps = torch.finfo(dtype).eps
        for shape in ((12,), (3, 5), (0,)):
            power = torch.tensor(2.0 ** rng.integers(-3, 4, size=shape), dtype=torch.float32)
            weights = (power * torch.tensor(rng.uniform(1.2, 1.8, size=shape), dtype=torch.float32)).to(dtype)
            # A change of less than half a gap leaves a weight where it is; well clear of a half, either way.
            share = torch.tensor(rng.choice([0.0, 0.05, 0.2, 0.9, 3.0], size=shape), dtype=torch.float32)
            sign = torch.tensor(rng.choice([-1.0, 1.0], size=shape), dtype=torch.float32)
            lr = 2.0**-7
            gradient = (sign * share * power * eps / lr).to(dtype)
            asked = (share > 0) & (share < 0.5)
            same(
                spell.stuck(weights, gradient, lr),
                asked,
                f"stuck(…) in `{str(dtype)[6:]}`",
                mistakes={
                    "nothing-yet": lambda t, a=asked: a.any() and not t.any(),
                    "rests": lambda t, s=share: torch.equal(t, s < 0.5),
                    "upside-down": lambda t, s=share: torch.equal(t, s > 0.5),
                },
            )


def test_half_way(spell):
    """and it matters which way: below a power of two the gaps are half as wide"""
    for dtype in NARROW:
        weights = torch.ones(2, dtype=dtype)
        gradient = torch.tensor([0.4, -0.4], dtype=dtype) * torch.finfo(dtype).eps
        same(
            spell.stuck(weights, gradient, 1.0),
            torch.tensor([False, True]),
            f"stuck(…) at one in `{str(dtype)[6:]}`, pushed down and pushed up",
            mistakes={"upside-down": True},
        )


def _book(spell, model, dtype):
    book = spell.Book(model, dtype)
    pages = list(book.pages)
    kinds = {p.dtype for p in model.parameters()}
    require(
        kinds == {dtype},
        f"a model of `{dtype}`, once it has a book",
        f"`{kinds}`",
        mistakes={"model-wide": torch.float32 in kinds},
    )
    return book, pages


def test_book(spell, rng):
    """`Book(model, dtype)` keeps the weights wide, as they were, and narrows the model"""
    for dtype in NARROW:
        model, _ = scene(rng)
        before = [p.detach().clone() for p in model.parameters()]
        own = list(model.parameters())
        _, pages = _book(spell, model, dtype)
        require(len(pages) == len(before), f"{len(before)} pages", f"{len(pages)}")
        require(
            [id(p) for p in own] == [id(p) for p in model.parameters()],
            "the model's own parameters, only narrower",
            "others",
        )
        for page, narrow, asked in zip(pages, model.parameters(), before, strict=True):
            same(
                page.detach(),
                asked,
                "a page",
                rtol=0.0,
                atol=0.0,
                mistakes={
                    "narrow-pages": lambda t: t.dtype != torch.float32,
                    "copied-too-late": lambda t, n=narrow: torch.equal(t, n.detach().float()),
                },
            )


def plainly(model, batches, make, dtype, days):
    """The pages, the model and the losses, kept by a book of our own."""
    pages = [p.detach().clone().requires_grad_() for p in model.parameters()]
    model.to(dtype)
    optimizer, losses = make(pages), []
    for day in range(days):
        x, y = batches[day % len(batches)]
        model.zero_grad()
        loss = nn.functional.mse_loss(model(x.to(dtype)).float(), y)
        loss.backward()
        for page, p in zip(pages, model.parameters(), strict=True):
            page.grad = None if p.grad is None else p.grad.float()
        optimizer.step()
        for page, p in zip(pages, model.parameters(), strict=True):
            p.data.copy_(page)
        losses.append(loss.item())
    return pages, losses


def _compare(spell, rng, make, dtype, days, words):
    model, batches = scene(rng)
    other = copy.deepcopy(model)
    start = [p.detach().clone() for p in model.parameters()]
    asked, losses = plainly(other, batches, make, dtype, days)
    book, pages = _book(spell, model, dtype)
    optimizer = make(pages)
    for day in range(days):
        x, y = batches[day % len(batches)]
        got = spell.step(model, book, optimizer, x, y)
        require(
            isinstance(got, float),
            "the loss as a plain number",
            f"`{type(got).__name__}`",
            mistakes={"nothing-yet": got is None, "loss-with-graph": isinstance(got, torch.Tensor)},
        )
        require(
            math.isclose(got, losses[day], rel_tol=3e-2, abs_tol=1e-3),
            f"a loss of {losses[day]:.4g} in step {day + 1}, {words}",
            f"{got:.4g}",
            mistakes={"never-handed-out": math.isclose(got, losses[0], rel_tol=1e-3), "rusted": day > 0},
        )
    still = all(torch.equal(p.detach(), s) for p, s in zip(pages, start, strict=True))
    for page, want, first in zip(pages, asked, start, strict=True):
        moved = (want.detach() - first).abs().max().item()
        same(
            page.detach(),
            want.detach(),
            f"a page after {days} steps, {words}",
            rtol=1e-3,
            atol=max(0.05 * moved, 1e-7),
            mistakes={"never-written": still, "rounded-back": torch.equal(page, page.to(dtype).float()), "rusted": True},
        )
    for page, p in zip(pages, model.parameters(), strict=True):
        require(p.dtype == dtype, f"the model's weights in `{dtype}`", f"`{p.dtype}`", mistakes={"model-wide": True})
        same(
            p.detach(),
            page.detach().to(dtype),
            f"a weight of the model after {days} steps",
            mistakes={"never-handed-out": True},
        )


def test_small(spell, rng):
    """corrections too small for a narrow weight add up in the book, day after day"""
    for dtype in NARROW:
        _compare(spell, rng, lambda p: torch.optim.SGD(p, lr=2e-5), dtype, 40, f"each too small for `{str(dtype)[6:]}`")


def test_step(spell, rng):
    """`step` strikes narrow, takes down wide, steps on the pages and hands out"""
    for dtype in NARROW:
        for make in (
            lambda p: torch.optim.SGD(p, lr=0.05),
            lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9),
        ):
            _compare(spell, rng, make, dtype, 6, "with steps that show")
