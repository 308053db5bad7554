import math

import torch
import torch.nn.functional as F


def letters(text):
    """Every letter of the text once, sorted, as one text."""
    return "".join(sorted(set(text)))


def encode(text, chars):
    """The text as numbers: where each letter stands in `chars`. (len(text),), int64."""
    return torch.tensor([chars.index(c) for c in text], dtype=torch.int64)


def decode(codes, chars):
    """And back: numbers (n,) to a text."""
    return "".join(chars[i] for i in codes.tolist())


def bits(logits, targets):
    """What a net pays for a letter, in bits, on the average: logits (…, letters), targets (…)."""
    return F.cross_entropy(logits.flatten(0, -2), targets.flatten()).item() / math.log(2)


def lesser(read, held, size):
    """What the Lesser Guesser pays: odds from how often each letter comes in `read`, 1 added to each."""
    counts = [1] * size
    for letter in read.tolist():
        counts[letter] += 1
    return sum(math.log2(sum(counts) / counts[letter]) for letter in held.tolist()) / len(held)


def greater(read, held, size):
    """What the Greater pays: odds from what came after which in `read`, 1 added to each pair."""
    counts = torch.ones(size, size)
    for before, after in zip(read.tolist(), read.tolist()[1:]):
        counts[before, after] += 1
    odds = counts / counts.sum(dim=1, keepdim=True)
    return -torch.log2(odds[held[:-1], held[1:]]).mean().item()
