"""Whether `cosine_lr_schedule` does what was asked, where TorchCode's own checks do not look."""

import math

import torch

from oz.trial import mistake, require

# --- TorchCode's own checks stand here ---


def _right(step, total, warm, top, low=0.0):
    if step < warm:
        return top * step / warm
    if step >= total:
        return low
    return low + (top - low) * 0.5 * (1 + math.cos(math.pi * (step - warm) / (total - warm)))


def _rate(spell, *args):
    return float(spell.cosine_lr_schedule(*args))


def test_warmup(spell):
    """the warm-up is a straight line"""
    for warm, top, low in ((10, 1.0, 0.0), (7, 0.3, 0.1), (100, 1e-3, 0.0)):
        for step in range(warm):
            got, want = _rate(spell, step, 200, warm, top, low), _right(step, 200, warm, top, low)
            require(abs(got - want) < 1e-6 * top, f"{want:.6g} at step {step} of a warm-up of {warm}", f"{got:.6g}", mistakes={"curved-warmup": True})


def test_fall(spell):
    """the fall is half a cosine, to `min_lr`"""
    for total, warm, top, low in ((100, 10, 1.0, 0.0), (50, 5, 0.3, 0.1), (12, 3, 2.0, 0.5)):
        for step in range(warm, total + 1):
            share = (step - warm) / (total - warm)
            straight = top + (low - top) * share
            lifted = 0.5 * top * (1 + math.cos(math.pi * share))
            late = low + (top - low) * 0.5 * (1 + math.cos(math.pi * step / total))
            got, want = _rate(spell, step, total, warm, top, low), _right(step, total, warm, top, low)
            require(
                abs(got - want) < 1e-6, f"{want:.6f} at step {step} of {total}", f"{got:.6f}",
                mistakes={
                    "min-forgotten": bool(low) and (abs(got - lifted) < 1e-6 or abs(got - lifted - low) < 1e-6 or abs(got - max(low, lifted)) < 1e-6),
                    "restarts-late": abs(got - late) < 1e-6,
                    "straight": abs(got - straight) < 0.2 * top,
                },
            )


def test_no_warmup(spell):
    """without a warm-up"""
    try:
        for step in range(11):
            got, want = _rate(spell, step, 10, 0, 1.0, 0.2), _right(step, 10, 0, 1.0, 0.2)
            require(abs(got - want) < 1e-6, f"{want:.4f} at step {step} of 10", f"{got:.4f}", mistakes={"no-warmup": True})
    except ZeroDivisionError as error:
        mistake("no-warmup", f"asked for a rate, yours says: {error}")


def test_after(spell):
    """after the end it stays"""
    for step in (21, 30, 1000):
        got = _rate(spell, step, 20, 5, 1.0, 0.25)
        require(abs(got - 0.25) < 1e-6, f"0.25 at step {step} of 20", f"{got:.4f}", mistakes={"rises-again": True})


def test_own(spell):
    """it is written out"""
    borrowed = [name for name in ('torch.optim.lr_scheduler.CosineAnnealingLR', 'torch.optim.lr_scheduler.LinearLR') if spell.calls(name)]
    require(not borrowed, "the thing itself", "a call of " + " and ".join(f"`{name}`" for name in borrowed), mistakes={"borrowed": True})
