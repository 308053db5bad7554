"""Whether rows keep to themselves, words come in order, and the loss compares what belongs together."""

import torch

from oz.trial import mistake, require, same

SIZES = ((4, 6, 9, 8, 5), (3, 3, 5, 4, 3), (1, 5, 4, 3, 2), (6, 2, 7, 5, 6))
"""Rows, words, vocabulary, size, names."""


def galleries(spell, rng):
    """A gallery of each size with something to read."""
    for rows, words, vocabulary, size, names in SIZES:
        x = torch.tensor(rng.integers(0, vocabulary, size=(rows, words)))
        yield spell.Gallery(vocabulary, size, names), x, vocabulary, names


def read(gallery, x, *slates):
    got = gallery(x, *slates)
    require(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "logits and slates from the gallery",
        f"`{type(got).__name__}`",
        mistakes={"no-slates": True},
    )
    return got


def differs(a, b):
    return (a - b).abs().max().item() > 1e-6


def test_form(spell, rng):
    """the logits are (rows, words, names)"""
    for gallery, x, _, names in galleries(spell, rng):
        logits, _ = read(gallery, x)
        rows, words = x.shape
        require(
            tuple(logits.shape) == (rows, words, names),
            f"logits of shape `{(rows, words, names)}`",
            f"`{tuple(logits.shape)}`",
            mistakes={"turned-once": rows != words and tuple(logits.shape) == (words, rows, names)},
        )


def test_rows(spell, rng):
    """no row hears another"""
    for gallery, x, vocabulary, _ in galleries(spell, rng):
        for row in range(len(x)):
            other = x.clone()
            other[row] = (x[row] + 1) % vocabulary
            before, after = read(gallery, x)[0], read(gallery, other)[0]
            for listener in range(len(x)):
                if listener != row and differs(before[listener], after[listener]):
                    heaped = any(
                        spell.calls(f"Tensor.{name}", inside="Gallery")
                        for name in ("view", "reshape")
                    )
                    mistake(
                        "heaped-not-turned" if heaped else "rows-mixed",
                        f"asked that row {listener} does not mind what row {row} is told, yours minds",
                    )
        alone = torch.cat([read(gallery, x[i : i + 1])[0] for i in range(len(x))])
        same(read(gallery, x)[0].detach(), alone.detach(), "the rows together, against each alone",
             mistakes={"rows-mixed": True})  # fmt: skip


def test_words(spell, rng):
    """along a row, each answer has heard the words up to there, and none after"""
    for gallery, x, vocabulary, _ in galleries(spell, rng):
        for word in range(x.shape[1]):
            other = x.clone()
            other[:, word] = (x[:, word] + 1) % vocabulary
            before, after = read(gallery, x)[0], read(gallery, other)[0]
            if word and differs(before[:, :word], after[:, :word]):
                mistake(
                    "looks-ahead", f"asked answers before word {word} that do not know it, yours do"
                )
            require(
                all(differs(before[:, t], after[:, t]) for t in range(word, x.shape[1])),
                f"answers from word {word} on that have heard it",
                "some have not",
                mistakes={"no-memory": True},
            )


def test_in_two_parts(spell, rng):
    """given the slates, it goes on where it stopped"""
    for gallery, x, _, _ in galleries(spell, rng):
        whole, end = read(gallery, x)
        for cut in range(1, x.shape[1]):
            first, slates = read(gallery, x[:, :cut])
            second, late = read(gallery, x[:, cut:], slates)
            same(
                torch.cat([first, second], dim=1).detach(),
                whole.detach(),
                f"{x.shape[1]} words, read as {cut} and {x.shape[1] - cut}",
                rtol=1e-4,
                atol=1e-6,
                mistakes={"slates-dropped": True},
            )
            same(late, end, "the slates at the end of the second part", rtol=1e-4, atol=1e-6)


def test_answer(spell, rng):
    """`answer` is what each row makes of it after its last word"""
    for gallery, x, _, _ in galleries(spell, rng):
        logits, _ = read(gallery, x)
        got = spell.answer(gallery, x)
        same(
            got,
            logits[:, -1],
            "answer(gallery, x)",
            mistakes={
                "last-row": lambda g, a=logits: g.shape == a[-1].shape and not differs(g, a[-1]),
                "other-word": lambda g, a=logits: any(
                    g.shape == a[:, t].shape and not differs(g, a[:, t])
                    for t in range(a.shape[1] - 1)
                ),
            },
        )


def test_loss(spell, rng):
    """`loss` compares every answer with its own name"""
    for rows, words, _, _, names in SIZES:
        logits = torch.tensor(rng.normal(size=(rows, words, names)), dtype=torch.float32)
        logits = (3 * logits).requires_grad_()
        targets = torch.tensor(rng.integers(0, names, size=(rows, words)))
        chances = torch.log_softmax(logits, dim=2)
        asked = -chances.gather(2, targets[..., None]).mean()
        got = spell.loss(logits, targets)
        torn = (
            -torch.log_softmax(logits.reshape(rows, names, words), 1)
            .gather(1, targets[:, None])
            .mean()
        )
        double = -torch.log_softmax(chances.exp(), dim=2).gather(2, targets[..., None]).mean()
        require(
            isinstance(got, torch.Tensor) and got.requires_grad,
            "a tensor with its graph",
            f"`{type(got).__name__}`",
            mistakes={"loss-without-graph": True},
        )

        def is_value(value):
            return lambda g: g.numel() == 1 and abs(g.item() - value.item()) < 1e-4

        same(
            got,
            asked,
            f"loss(…), {rows} rows, {words} words, {names} names",
            mistakes={
                "loss-torn": is_value(torn),
                "softmax-twice": is_value(double),
                "not-the-mean": lambda g, a=asked: (
                    g.numel() != 1
                    or any(
                        is_value(a * k)(g)
                        for k in (rows, words, rows * words, 1 / rows, 1 / words, 1 / names)
                    )
                ),
            },
        )
        (slope,) = torch.autograd.grad(got, logits)
        (asked_slope,) = torch.autograd.grad(asked, logits)
        same(slope, asked_slope, "what the loss passes back", rtol=1e-4, atol=1e-6)
