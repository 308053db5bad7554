"""Whether each motion gets its own gradient: unseen motions, by other joints, in any order."""

import torch

from oz.trial import require, same


def _motions(rng):
    """Motions with the gradient of each, worked out by hand."""
    k = float(rng.uniform(0.5, 3.0))
    return [
        (lambda j: (j**2).sum(), lambda p: 2 * p),
        (lambda j: j.sum(), lambda p: torch.ones_like(p)),
        (lambda j: (k * j.sin()).sum(), lambda p: k * p.cos()),
        (lambda j: (j * j.detach().flip(0)).sum(), lambda p: p.flip(0)),
        (lambda j: (k * j**3).mean(), lambda p: 3 * k * p**2 / p.numel()),
        (lambda j: j.sum() ** 2, lambda p: 2 * p.sum() * torch.ones_like(p)),
    ]


def _pose(rng, size, dtype=torch.float32):
    return torch.tensor(rng.normal(size=size), dtype=dtype)


def _asked(spell, pose, motions):
    got = spell.stiffness(pose, [motion for motion, _ in motions])
    require(
        isinstance(got, (list, tuple)) and len(got) == len(motions),
        f"{len(motions)} gradients in a list",
        f"`{type(got).__name__}`" + (f" of {len(got)}" if isinstance(got, (list, tuple)) else ""),
    )
    return got


def _compare(got, pose, motions, words):
    wanted = [answer(pose.detach()) for _, answer in motions]
    summed = [sum(wanted[: i + 1]) for i in range(len(wanted))]
    total = sum(wanted)

    def near(a, b):
        return a is not None and a.shape == b.shape and torch.allclose(a, b, rtol=1e-4, atol=1e-5)

    for number, (mine, asked) in enumerate(zip(got, wanted, strict=True)):
        same(
            mine,
            asked,
            f"gradient of motion {number} of {len(got)} ({words})",
            rtol=1e-4,
            atol=1e-5,
            requires_grad=False,
            mistakes={
                "clone-is-no-leaf": lambda t: t is None and pose.requires_grad,
                "no-answer": lambda t: t is None,
                "wiped-answers": lambda t: len(got) > 1 and all(not g.any() for g in got),
                "all-one-tensor": lambda t: len(got) > 1 and len({g.data_ptr() for g in got}) == 1,
                "rusted": lambda t, n=number: near(t, summed[n]) or near(t, total),
                "mean-of-motions": lambda t: near(t, total / len(got)),
                "first-forgotten": lambda t, n=number: n > 0 and near(t, summed[n] - wanted[0]),
            },
        )


def test_two(spell, rng):
    """the same motion twice asks the same twice"""
    motions = _motions(rng)
    for size in (3, 1, 7):
        pose = _pose(rng, size)
        pair = [motions[int(rng.integers(len(motions)))]] * 2
        _compare(_asked(spell, pose, pair), pose, pair, "twice the same")


def test_any(spell, rng):
    """each of many unseen motions gets its own gradient"""
    for size in (4, (2, 3), 1):
        pose = _pose(rng, size)
        motions = _motions(rng)
        order = [motions[i] for i in rng.permutation(len(motions))]
        order += order[:2]
        _compare(_asked(spell, pose, order), pose, order, "in any order")


def test_none(spell, rng):
    """no motion: an empty list; one motion: one gradient"""
    pose = _pose(rng, 3)
    require(
        len(spell.stiffness(pose, [])) == 0, "nothing, where nothing moved", "something came back"
    )
    one = _motions(rng)[2:3]
    _compare(_asked(spell, pose, one), pose, one, "alone")


def test_pose(spell, rng):
    """the pose stays as it was: its values, and no gradient left in it"""
    for before in (_pose(rng, 3), _pose(rng, 4).requires_grad_()):
        values, wanted = before.detach().clone(), before.requires_grad
        motions = _motions(rng)[:3]
        _compare(_asked(spell, before, motions), before, motions, "a pose of its own")
        require(
            torch.equal(before.detach(), values) and before.requires_grad == wanted,
            "the pose as it was handed in",
            "it was changed",
            mistakes={"pose-changed": True},
        )
        require(
            before.grad is None,
            "no gradient left in the pose that was handed in",
            "there is one",
            mistakes={"rust-in-the-pose": True},
        )


def test_kept(spell, rng):
    """each gradient is a tensor of its own: writing into one leaves the others"""
    pose = _pose(rng, 3)
    motions = _motions(rng)[:3]
    got = _asked(spell, pose, motions)
    require(
        len({g.data_ptr() for g in got}) == len(got),
        "three tensors",
        "one tensor, listed three times" if len({g.data_ptr() for g in got}) == 1 else "fewer",
        mistakes={"all-one-tensor": True},
    )
