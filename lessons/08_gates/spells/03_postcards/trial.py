"""Whether postcards are turned the right way, and a network for them fits any size and keeps them apart."""

import torch

from oz.trial import require, same

SIZES = ((24, 32), (10, 10), (17, 12), (32, 32), (13, 40))


def _postcards(rng, n, height, width):
    return torch.tensor(rng.integers(0, 256, size=(n, height, width, 3)), dtype=torch.uint8)


def _near(a, b):
    return a.shape == b.shape and torch.allclose(a.float(), b.float(), atol=1e-4)


def _known(cards):
    n, height, width, _ = cards.shape
    asked = cards.permute(0, 3, 1, 2) / 255
    return {
        "scrambled": lambda t: _near(t, cards.reshape(n, 3, height, width) / 255),
        "as-printed": lambda t: _near(t, cards / 255) or _near(t, cards),
        "on-its-side": lambda t: _near(t, cards.permute(0, 3, 2, 1) / 255),
        "colours-turned": lambda t: _near(t, asked.flip(1)),
        "not-scaled": lambda t: _near(t, asked * 255),
        "rounded": lambda t: t.shape == asked.shape and (t.float() - asked).abs().max() <= 1,
    }


def test_hung(spell, rng):
    """`hung` turns a pile of postcards the right way, of any size"""
    for n, (height, width) in ((2, (6, 9)), (3, (5, 5)), (1, (8, 4)), (4, (3, 3))):
        cards = _postcards(rng, n, height, width)
        before = cards.clone()
        got = spell.hung(cards)
        same(
            got,
            cards.permute(0, 3, 1, 2) / 255,
            f"hung(postcards), {tuple(cards.shape)}",
            atol=1e-5,
            rtol=0,
            mistakes=_known(before),
        )
        require(torch.equal(cards, before), "the postcards as they were", "written into")


def test_one(spell, rng):
    """`hung` takes one postcard alone, too, and makes a pile of one"""
    card = _postcards(rng, 1, 7, 10)[0]
    known = _known(card[None])
    try:
        got = spell.hung(card)
    except (RuntimeError, ValueError, IndexError) as error:
        require(
            False,
            "a pile of one, for a postcard of shape (7, 10, 3)",
            f"`{type(error).__name__}`",
            mistakes={"one-alone": True},
        )
    same(
        got,
        card.permute(2, 0, 1)[None] / 255,
        "hung(postcard), (7, 10, 3)",
        atol=1e-5,
        rtol=0,
        mistakes={**known, "one-alone": lambda t: t.shape != (1, 3, 7, 10)},
    )


def _fits(spell, height, width, n, rng):
    """What a new network says of `n` random postcards of that size."""
    views = spell.Views(height, width).eval()
    cards = torch.tensor(rng.normal(size=(n, 3, height, width)), dtype=torch.float32)
    try:
        return views, cards, views(cards)
    except RuntimeError as error:
        words = str(error)
        require(
            False,
            f"ten numbers for each of {n} postcards of {height} by {width}",
            f"`{words.splitlines()[0][:90]}`",
            mistakes={
                "view-stride": "view size is not compatible" in words,
                "all-flat": n > 1
                and "mat1 and mat2" in words
                and f"(1x{_flat(n, height, width)}" in words,
                "flat-size": "cannot be multiplied" in words or "is invalid for input" in words,
            },
        )


def _flat(n, height, width):
    rows, columns = (((size - 2) // 2 - 2) // 2 for size in (height, width))
    return n * 16 * rows * columns


def test_fits(spell, rng):
    """`Views(height, width)` fits postcards of that size, whatever it is"""
    for height, width in SIZES:
        for n in (1, 3):
            _, _, got = _fits(spell, height, width, n, rng)
            require(
                tuple(got.shape) == (n, 10),
                f"shape `{(n, 10)}` for {n} postcards of {height} by {width}",
                f"`{tuple(got.shape)}`",
                mistakes={
                    "all-flat": got.ndim == 1,
                    "batch-mixed": got.ndim == 2 and got.shape[1] == 10,
                },
            )


def test_apart(spell, rng):
    """each postcard is looked at by itself: what lies beside it changes nothing"""
    views, cards, together = _fits(spell, 24, 32, 4, rng)
    with torch.no_grad():
        for i in range(4):
            alone = views(cards[i : i + 1])
            require(
                torch.allclose(alone, together[i : i + 1], atol=1e-4),
                f"for postcard {i} alone what it is in the pile",
                "something else",
                mistakes={"neighbours": True},
            )
        turned = views(cards.flip(3))
    require(
        not torch.allclose(turned, together, atol=1e-5),
        "an answer that depends on the postcard",
        "the same for all",
    )
