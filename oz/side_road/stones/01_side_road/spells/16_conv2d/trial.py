"""Whether `my_conv2d` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import mistake, require
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


F = torch.nn.functional

CASES = (  # x, weight, bias, stride, padding
    ((2, 3, 8, 8), (4, 3, 3, 3), True, 1, 0),
    ((1, 2, 5, 9), (3, 2, 3, 3), True, 1, 1),
    ((2, 2, 7, 7), (2, 2, 2, 3), False, 1, 0),
    ((2, 1, 9, 6), (2, 1, 3, 2), True, 2, 1),
    ((3, 2, 7, 8), (1, 2, 3, 3), True, 3, 2),
    ((1, 1, 4, 4), (2, 1, 1, 1), False, 1, 0),
    ((1, 2, 3, 3), (2, 2, 3, 3), True, 1, 0),
)


def test_cases(spell, rng):
    """sizes that are not square, stride and padding together, one window only"""
    for x, weight, bias, stride, padding in CASES:
        inputs = (numbers(rng, *x), numbers(rng, *weight), numbers(rng, weight[0]) if bias else None, stride, padding)
        name = f"my_conv2d of {x} by {weight}, stride {stride}, padding {padding},"
        wrong = {
            "turned": lambda a, k, b, s, p: F.conv2d(a, k.flip(2, 3), b, s, p),
            "no-bias": lambda a, k, b, s, p: F.conv2d(a, k, None, s, p),
            "first-only": lambda a, k, b, s, p: F.conv2d(a[:1].expand_as(a), k, b, s, p),
        }
        try:
            agrees(spell.my_conv2d, F.conv2d, inputs, name, uneven="no-slope", mistakes=wrong, atol=1e-4)
        except (RuntimeError, IndexError, ValueError) as error:
            square = x[2] == x[3] and weight[2] == weight[3]
            mistake("padding-lost" if square else "square-only", f"asked for {name} yours says: {error}")
        except AssertionError as failed:
            if getattr(failed, "mistake", None) or not str(failed):
                raise
            square = x[2] == x[3] and weight[2] == weight[3]
            mistake("padding-lost" if stride > 1 and padding else "square-only" if not square else "turned", str(failed))


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.functional.conv2d', 'torch.conv2d', 'torch.nn.Conv2d', 'torch.convolution') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
