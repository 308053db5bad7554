"""Whether `ppo_loss` does what was asked, where TorchCode's own checks do not look."""

import torch

from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


def _right(new, old, adv, clip=0.2, pick=torch.minimum, held=None):
    ratio = (new - old.detach()).exp()
    adv = adv.detach()
    held = ratio.clamp(1 - clip, 1 + clip) if held is None else held(ratio, clip)
    return -pick(ratio * adv, held * adv).mean()


WRONG = {
    "fixed-clip": lambda a, b, c, d: _right(a, b, c, 0.2),
    "always-clipped": lambda a, b, c, d: _right(a, b, c, d, lambda x, y: y),
    "one-side": lambda a, b, c, d: _right(a, b, c, d, held=lambda r, k: r.clamp(max=1 + k)),
    "never-clipped": lambda a, b, c, d: _right(a, b, c, d, lambda x, y: x),
    "larger": lambda a, b, c, d: _right(a, b, c, d, torch.maximum),
    "not-a-ratio": lambda a, b, c, d: -torch.minimum((a - b) * c, (a - b).clamp(1 - d, 1 + d) * c).mean(),
}


def test_many(spell, rng):
    """many at once, with clips of every size"""
    for clip in (0.2, 0.05, 0.6):
        inputs = numbers(rng, 40), numbers(rng, 40), 2 * numbers(rng, 40), clip
        agrees(spell.ppo_loss, _right, inputs, f"40 at once, clip {clip}:", uneven="gradient-elsewhere", mistakes=WRONG)


def test_cases(spell):
    """good and bad advantages, with ratios gone up and down"""
    for change in (1.0, -1.0, 0.05, -0.05):
        for adv in (2.0, -2.0):
            inputs = torch.tensor([change - 1.0]), torch.tensor([-1.0]), torch.tensor([adv]), 0.3
            wrong = dict(WRONG)
            agrees(spell.ppo_loss, _right, inputs, f"advantage {adv:.0f}, ratio e to the {change}:", uneven="gradient-elsewhere", mistakes=wrong)
