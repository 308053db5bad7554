import torch
import torch.nn.functional as F


def letters(text):
    """Every letter of the text once, sorted, as one text."""
    return text


def encode(text, chars):
    """The text as numbers: where each letter stands in `chars`. (len(text),), int64."""


def decode(codes, chars):
    """And back: numbers (n,) to a text."""


def bits(logits, targets):
    """What a net pays for a letter, in bits, on the average: logits (…, letters), targets (…)."""


def lesser(read, held, size):
    """What the Lesser Guesser pays: odds from how often each letter comes in `read`, 1 added to each."""


def greater(read, held, size):
    """What the Greater pays: odds from what came after which in `read`, 1 added to each pair."""


text = "the house the hen the hat then the shed and the other shed "
print(repr(letters(text)))
