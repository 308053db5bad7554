"""Whether each step answers for what followed it, in its own walk, and for nothing else."""

import torch

from oz.trial import require, same


def right(rewards, done, gamma, beyond):
    """What followed each step, up to the end of its walk."""
    worth, carried = torch.zeros_like(rewards), beyond.clone()
    for t in reversed(range(len(rewards))):
        carried = rewards[t] + gamma * torch.where(done[t], 0.0, carried)
        worth[t] = carried
    return worth


def late(rewards, done, gamma, beyond):
    """Cut a step too late: by the `done` of the step before."""
    worth, carried = torch.zeros_like(rewards), beyond.clone()
    for t in reversed(range(len(rewards))):
        before = done[t - 1] if t else torch.zeros_like(done[0])
        carried = rewards[t] + gamma * torch.where(before, 0.0, carried)
        worth[t] = carried
    return worth


def following(rewards, done, gamma, beyond):
    """Cut a step too soon: by the `done` of the step after."""
    worth, carried = torch.zeros_like(rewards), beyond.clone()
    for t in reversed(range(len(rewards))):
        after = done[t + 1] if t + 1 < len(done) else torch.zeros_like(done[0])
        carried = rewards[t] + gamma * torch.where(after, 0.0, carried)
        worth[t] = carried
    return worth


def early(rewards, done, gamma, beyond):
    """The last reward of a walk lost with what comes after it."""
    worth, carried = torch.zeros_like(rewards), beyond.clone()
    for t in reversed(range(len(rewards))):
        carried = torch.where(done[t], 0.0, rewards[t] + gamma * carried)
        worth[t] = carried
    return worth


def together(rewards, done, gamma, beyond):
    """Everybody's walk cut where anybody's ends."""
    return right(rewards, done.any(1, keepdim=True).expand_as(done), gamma, beyond)


def past(rewards, done, gamma, beyond, cut):
    """What went before each step, in place of what came after."""
    worth, carried = torch.zeros_like(rewards), beyond.clone()
    for t in range(len(rewards)):
        carried = rewards[t] + gamma * carried
        worth[t] = carried
        if cut:
            carried = torch.where(done[t], 0.0, carried)
    return worth


def whole(rewards, done, gamma, beyond):
    """All of a walk, to each of its steps."""
    worth = right(rewards, done, gamma, beyond)
    for t in range(1, len(worth)):
        worth[t] = torch.where(done[t - 1], worth[t], worth[t - 1])
    return worth


def record(rng, steps, walkers, ends=0.2):
    """Rewards, and where walks end; `beyond` is for those whose last walk goes on."""
    rewards = torch.from_numpy(rng.normal(size=(steps, walkers))).float()
    done = torch.from_numpy(rng.random((steps, walkers)) < ends)
    return rewards, done, torch.from_numpy(rng.normal(size=walkers)).float()


def close(a, b):
    return a.shape == b.shape and torch.allclose(a, b, atol=1e-5)


def slips(rewards, done, gamma, beyond):
    """Every known slip, over this record."""
    none, zero = torch.zeros_like(done), torch.zeros_like(beyond)
    args = (rewards, done, gamma, beyond)
    clock = gamma ** torch.arange(len(rewards)).float().unsqueeze(1)
    known = right(*args)
    return {
        "nothing-yet": lambda t: bool((t == 0).all()),
        "first-left-out": lambda t: bool((t[0] == 0).all()) and close(t[1:], known[1:]),
        "all-cut-together": lambda t: close(t, together(*args)),
        "the-past": lambda t: close(t, past(*args, cut=False)) or close(t, past(*args, cut=True)),
        "into-the-next-walk": lambda t: close(t, right(rewards, none, gamma, beyond)),
        "last-step-to-blame": lambda t: close(t, rewards),
        "blow-forgotten": lambda t: close(t, early(*args)),
        "cut-late": lambda t: close(t, late(*args)) or close(t, following(*args)),
        "nothing-beyond": lambda t: close(t, right(rewards, done, gamma, zero)),
        "beyond-at-once": lambda t: close(t, right(rewards, done, gamma, beyond / gamma)),
        "no-discount": lambda t: close(t, right(rewards, done, 1.0, beyond)),
        "whole-walk": lambda t: close(t, whole(*args)) or close(t, whole(rewards, done, 1.0, beyond)),
        "by-the-clock": lambda t: close(t, right(rewards * clock, done, 1.0, beyond * gamma ** len(rewards))),
        "back-to-front": lambda t: close(t, known.flip(0)),
        "all-walkers": lambda t: t.dim() == 1 or (t.dim() == 2 and t.shape[1] == 1 < rewards.shape[1]),
    }


def ask(spell, record, gamma, name):
    rewards, done, beyond = record
    asked = spell.blame(rewards.clone(), done.clone(), gamma, beyond.clone())
    require(asked is not None, "what each step answers for", "nothing", mistakes={"nothing-yet": True})
    same(asked, right(rewards, done, gamma, beyond), name, rtol=1e-4, atol=1e-5, mistakes=slips(rewards, done, gamma, beyond))


def test_one_walk(spell):
    """each step of a walk answers for all that came after it, discounted"""
    rewards = torch.tensor([[-0.01], [-0.01], [-0.01], [-0.01], [1.0]])
    done = torch.tensor([[0], [0], [0], [0], [1]]).bool()
    ask(spell, (rewards, done, torch.zeros(1)), 0.9, "one walk")


def test_own_walk(spell):
    """no step answers for what happened in the next walk"""
    rewards = torch.tensor([[-0.01], [-0.2], [-0.01], [-0.01], [1.0], [-0.01], [-0.2]])
    done = torch.tensor([[0], [1], [0], [0], [1], [0], [1]]).bool()
    ask(spell, (rewards, done, torch.zeros(1)), 0.9, "three walks in a row")


def test_beyond(spell):
    """where the record breaks off, `beyond` is what is hoped for; where a walk has ended there is nothing beyond"""
    rewards = torch.full((4, 2), -0.01)
    done = torch.tensor([[0, 0], [0, 1], [0, 0], [0, 1]]).bool()
    ask(spell, (rewards, done, torch.tensor([0.7, 0.7])), 0.5, "a walk broken off and a walk that ended")


def test_company(spell, rng):
    """any number of steps and walkers, any discount"""
    for steps, walkers, gamma in ((12, 5, 0.9), (7, 1, 0.97), (1, 6, 0.5), (20, 64, 0.8)):
        ask(spell, record(rng, steps, walkers), gamma, f"{steps} steps of {walkers}")
    ask(spell, record(rng, 9, 4), 1.0, "without a discount")
    ask(spell, record(rng, 9, 4, ends=1.1), 0.9, "walks of one step")


def test_left_alone(spell, rng):
    """the record is left as it was"""
    rewards, done, beyond = record(rng, 10, 4)
    done[-1, :2] = True  # whoever puts nought into `beyond` itself does it here
    before = rewards.clone(), done.clone(), beyond.clone()
    spell.blame(rewards, done, 0.9, beyond)
    for name, now, was in zip(("rewards", "done", "beyond"), (rewards, done, beyond), before, strict=True):
        require(torch.equal(now, was), f"`{name}` as it was", "changed", mistakes={"beyond-cut" if name == "beyond" else "tally-cut": True})
