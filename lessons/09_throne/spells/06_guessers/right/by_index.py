import math

import torch
import torch.nn.functional as F


def letters(text):
    """Every letter of the text once, sorted, as one text."""
    return "".join(sorted(set(text)))


def encode(text, chars):
    """The text as numbers: where each letter stands in `chars`. (len(text),), int64."""
    return torch.tensor([chars.index(c) for c in text])


def decode(codes, chars):
    """And back: numbers (n,) to a text."""
    return "".join(chars[i] for i in codes.tolist())


def bits(logits, targets):
    """What a net pays for a letter, in bits, on the average: logits (…, letters), targets (…)."""
    return F.cross_entropy(logits.flatten(0, -2), targets.flatten()).item() / math.log(2)


def lesser(read, held, size):
    """What the Lesser Guesser pays: odds from how often each letter comes in `read`, 1 added to each."""
    counts = torch.bincount(read, minlength=size) + 1
    odds = counts / counts.sum()
    return -torch.log2(odds[held]).mean().item()


def greater(read, held, size):
    """What the Greater pays: odds from what came after which in `read`, 1 added to each pair."""
    pairs = torch.bincount(read[:-1] * size + read[1:], minlength=size * size)
    counts = pairs.view(size, size) + 1
    odds = counts / counts.sum(dim=1, keepdim=True)
    return -torch.log2(odds[held[:-1], held[1:]]).mean().item()


text = "the house the hen the hat then the shed and the other shed "
chars = letters(text)
codes = encode(text, chars)
read, held = codes[:48], codes[48:]
print(repr(chars), repr(decode(codes[:9], chars)))
print(
    f"the Lesser pays {lesser(read, held, len(chars)):.2f} bits, the Greater {greater(read, held, len(chars)):.2f}"
)
