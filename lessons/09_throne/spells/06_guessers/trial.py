"""Whether letters become numbers and come back, and whether the prices are right, on texts nobody has seen."""

import math

import torch

from oz.trial import require, same

TEXTS = (
    "the witch is dead, said the stone\n",
    "aaaa",
    "Z yx! 7 \u2014 \u00e9a\u00e9\u201cb\u201d\n\n",
    "b",
)


def made(got, name):
    require(got is not None, f"something from `{name}`", "`None`", mistakes={"nothing-yet": True})
    return got


def test_letters(spell):
    """`letters` has every letter once, sorted"""
    for text in TEXTS:
        got = made(spell.letters(text), "letters")
        asked = "".join(sorted(set(text)))
        require(
            isinstance(got, str),
            f"a text, `{asked!r}`",
            f"`{type(got).__name__}`",
            mistakes={"a-list": isinstance(got, (list, tuple, set))},
        )
        require(
            got == asked,
            f"`{asked!r}`",
            f"`{got!r}`",
            mistakes={"unsorted": sorted(got) == sorted(asked), "repeated": set(got) == set(asked)},
        )


def test_encode(spell):
    """`encode` gives the place of each letter in `chars`"""
    for text, chars in (
        *((t, "".join(sorted(set(t)))) for t in TEXTS),
        ("cabbac", "xcab"),
    ):
        got = made(spell.encode(text, chars), "encode")
        same(
            got,
            torch.tensor([chars.index(c) for c in text], dtype=torch.int64),
            f"encode({text!r}, {chars!r})",
            mistakes={
                "code-points": lambda g, t=text: g.tolist() == [ord(c) for c in t],
                "not-integers": lambda g: not isinstance(g, torch.Tensor) or g.dtype != torch.int64,
            },
        )


def test_decode(spell):
    """`decode` gives the text again"""
    for text in TEXTS:
        chars = "".join(sorted(set(text)))
        got = made(spell.decode(torch.tensor([chars.index(c) for c in text]), chars), "decode")
        require(
            got == text,
            f"`{text!r}`",
            f"`{got!r}`",
            mistakes={
                "a-list": isinstance(got, (list, tuple)),
                "code-points": lambda _: got == "".join(chr(chars.index(c)) for c in text),
            },
        )


def number(got, name, asked, mistakes):
    """Whether `got` is the plain number `asked`."""
    made(got, name)
    if (
        isinstance(got, torch.Tensor)
        and got.numel() == 1
        and math.isclose(got.item(), asked, rel_tol=1e-4)
    ):
        require(False, "a plain number", "a tensor", mistakes={"a-tensor": True})

    def is_near(value):
        number = (
            float(got)
            if isinstance(got, (int, float)) or torch.is_tensor(got) and got.numel() == 1
            else math.nan
        )
        return math.isclose(number, value, rel_tol=1e-3, abs_tol=1e-6)

    require(
        isinstance(got, (int, float)) and math.isclose(got, asked, rel_tol=1e-4),
        f"{asked:.4f} from `{name}`",
        f"{got}",
        mistakes={
            "nats": is_near(asked * math.log(2)),
            "wrong-way": is_near(asked * math.log(2) ** 2),
            "sign": is_near(-asked),
            "no-crumb": isinstance(got, float) and not math.isfinite(got),
            **{id: any(is_near(float(v)) for v in values) for id, values in mistakes.items()},
        },
    )


def test_bits(spell, rng):
    """`bits` is the mean price of a net's odds, however many axes there are in front"""
    for shape, size in (((6,), 5), ((3, 4), 7), ((4, 4), 4), ((2, 3, 5), 3), ((1, 1), 2)):
        logits = torch.tensor(2 * rng.normal(size=(*shape, size)), dtype=torch.float32)
        targets = torch.tensor(rng.integers(0, size, size=shape))
        odds = torch.softmax(logits, dim=-1)
        prices = -odds.log2().gather(-1, targets[..., None])
        twice = -torch.softmax(odds, dim=-1).log2().gather(-1, targets[..., None])
        number(
            spell.bits(logits, targets),
            "bits",
            prices.mean().item(),
            {
                "summed": [prices.sum(), prices.sum() * math.log(2)],
                "softmax-twice": [twice.mean(), twice.mean() * math.log(2)],
                "averaged-odds": [-odds.gather(-1, targets[..., None]).mean().log2()],
                "entropy": [-(odds * odds.log2()).sum(-1).mean()],
            },
        )


def pages(rng):
    """Something read, something held back in which there is something new, and how many letters."""
    for size, long, short in ((5, 60, 30), (9, 40, 25), (3, 200, 7), (12, 30, 40)):
        likely = rng.dirichlet([0.6] * (size - 1))
        read = torch.tensor(rng.choice(size - 1, size=long, p=likely))
        held = torch.tensor([*rng.integers(0, size, size=short), size - 1, 0])
        yield read, held, size


def paid(odds):
    return -odds.log2().mean().item()


def test_lesser(spell, rng):
    """`lesser`: the price of knowing how often each letter comes"""
    for read, held, size in pages(rng):
        counts = torch.bincount(read, minlength=size)
        odds = (counts + 1) / (counts + 1).sum()
        peeped = (torch.bincount(held, minlength=size) + 1) / (len(held) + size)
        number(
            spell.lesser(read, held, size),
            "lesser",
            paid(odds[held]),
            {
                "other-crumb": [
                    paid(((counts + 1) / counts.sum())[held]),
                    paid(((counts + 1) / (counts.sum() + 1))[held]),
                    *(
                        paid(((counts + k) / (counts + k).sum())[held])
                        for k in (0.01, 0.1, 0.5, 1e-3, 1e-6, 1e-9)
                    ),
                ],
                "peeped": [paid(peeped[held])],
                "guessed-what-was-read": [paid(odds[read])],
                "summed": [paid(odds[held]) * len(held)],
                "averaged-odds": [-odds[held].mean().log2()],
                "entropy": [-(odds * odds.log2()).sum()],
            },
        )


def table(codes, size):
    return torch.bincount(codes[:-1] * size + codes[1:], minlength=size * size).view(size, size)


def test_greater(spell, rng):
    """`greater`: the price of knowing what comes after what"""
    for read, held, size in pages(rng):
        counts = table(read, size)
        odds = (counts + 1) / (counts + 1).sum(dim=1, keepdim=True)
        before, after = held[:-1], held[1:]
        own = table(held, size) + 1
        down = (counts + 1) / (counts + 1).sum(dim=0, keepdim=True)
        whole = (counts + 1) / (counts + 1).sum()
        number(
            spell.greater(read, held, size),
            "greater",
            paid(odds[before, after]),
            {
                "other-crumb": [
                    paid(((counts + k) / (counts + k).sum(1, keepdim=True))[before, after])
                    for k in (0.01, 0.1, 0.5, 1e-3, 1e-6, 1e-9)
                ],
                "backwards": [
                    paid(odds[after, before]),
                    paid(((counts.T + 1) / (counts.T + 1).sum(1, keepdim=True))[before, after]),
                ],
                "down-the-columns": [paid(down[before, after]), paid(whole[before, after])],
                "peeped": [paid((own / own.sum(1, keepdim=True))[before, after])],
                "guessed-what-was-read": [paid(odds[read[:-1], read[1:]])],
                "summed": [paid(odds[before, after]) * len(after)],
                "averaged-odds": [-odds[before, after].mean().log2()],
            },
        )
