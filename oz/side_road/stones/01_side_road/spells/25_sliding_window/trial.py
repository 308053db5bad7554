"""Whether `sliding_window_attention` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require
from oz.trial.against import agrees, near, numbers

# --- TorchCode's own checks stand here ---


def _seen(q, window):
    i = torch.arange(q.shape[-2])
    return (i[:, None] - i).abs() <= window


def _right(q, k, v, window, seen=None, scale=None):
    seen = _seen(q, window) if seen is None else seen
    scores = q @ k.mT * (k.shape[-1] ** -0.5 if scale is None else scale)
    return scores.masked_fill(~seen, -1e9).softmax(-1) @ v


WRONG = {
    "all-or-self": lambda q, k, v, w: _right(q, k, v, 99),
    "one-sided": lambda q, k, v, w: _right(q, k, v, w, _seen(q, w).tril()),
    "unscaled": lambda q, k, v, w: _right(q, k, v, w, scale=1.0),
    "masked-after": lambda q, k, v, w: (q @ k.mT / k.shape[-1] ** 0.5).softmax(-1) * _seen(q, w) @ v,
    "window-off": lambda q, k, v, w: _right(q, k, v, max(w - 1, 0)),
}


def test_values(spell, rng):
    """windows of every width, and rows shorter than the window"""
    for length in (7, 12, 3, 1):
        for window in (0, 1, 2, 3, 5, 20):
            inputs = *(2 * numbers(rng, 2, length, 6) for _ in range(3)), window
            wrong = WRONG
            if near(spell.sliding_window_attention(*inputs), _right(*inputs[:3], window // 2 if window < 20 else 99)):
                wrong = WRONG | {"window-off": lambda q, k, v, w: _right(q, k, v, w // 2)}
            agrees(spell.sliding_window_attention, _right, inputs, f"length {length}, window {window}:", uneven="no-slope", mistakes=wrong)


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.nn.functional.scaled_dot_product_attention',) if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
