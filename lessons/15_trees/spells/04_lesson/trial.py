"""Whether the lesson makes what went better than expected more likely, and keeps some doubt alive."""

import torch

from oz.trial import require, same


def parts(logits, moves, advantage):
    """The mean of log-probability times advantage, and the mean entropy, written out."""
    logp = logits - logits.logsumexp(-1, keepdim=True)
    drawn = logp.gather(-1, moves.unsqueeze(-1)).squeeze(-1)
    return (drawn * advantage).mean(), -(logp.exp() * logp).sum(-1).mean()


def situation(rng, *shape, sides=4):
    logits = torch.from_numpy(rng.normal(size=(*shape, sides))).float()
    moves = torch.from_numpy(rng.integers(0, sides, size=shape))
    worth, guess = (torch.from_numpy(rng.normal(size=shape)).float() for _ in range(2))
    return logits, moves, worth, guess


def cast(spell, logits, moves, worth, guess, curious):
    """The loss, and the gradient it leaves in the logits."""
    logits = logits.clone().requires_grad_()
    loss = spell.lesson(logits, moves, worth, guess, curious)
    require(isinstance(loss, torch.Tensor), "a loss", f"`{type(loss).__name__}`", mistakes={"nothing-yet": loss is None})
    require(
        loss.dim() == 0,
        "one number",
        f"a tensor of shape {tuple(loss.shape)}",
        mistakes={"one-for-each": loss.dim() > 0},
    )
    require(
        loss.requires_grad,
        "a loss that hangs on the leanings",
        "one that hangs on nothing",
        mistakes={"cut-off": True},
    )
    (grad,) = torch.autograd.grad(loss, logits, allow_unused=True)
    require(grad is not None, "a loss that hangs on the leanings", "one that does not", mistakes={"cut-off": True})
    return loss.detach(), grad


def grads(logits, moves, worth, guess):
    """The gradients that the known slips would leave, without curiosity."""
    logits = logits.clone().requires_grad_()

    def of(value):
        return torch.autograd.grad(value, logits, retain_graph=True)[0]

    n = worth.numel()
    right = -of(parts(logits, moves, worth - guess)[0])
    probs = logits.softmax(-1)
    drawn = probs.gather(-1, moves.unsqueeze(-1)).squeeze(-1)
    shifted = torch.softmax(probs, -1).gather(-1, moves.unsqueeze(-1)).squeeze(-1).log()
    return right, {
        "nothing-yet": lambda t: bool((t == 0).all()),
        "wrong-sign": lambda t: _close(t, -right),
        "no-guess": lambda t: _close(t, -of(parts(logits, moves, worth)[0])),
        "guess-added": lambda t: _close(t, -of(parts(logits, moves, worth + guess)[0])),
        "added-up": lambda t: _close(t, right * n),
        "not-the-log": lambda t: _close(t, -of((drawn * (worth - guess)).mean())),
        "squashed-twice": lambda t: _close(t, -of((shifted * (worth - guess)).mean())),
        "means-first": lambda t: _close(
            t, -of(parts(logits, moves, torch.ones_like(worth))[0] * (worth - guess).mean())
        ),
        "by-the-best": lambda t: _close(t, -of(parts(logits, logits.argmax(-1), worth - guess)[0])),
    }


def _close(a, b):
    return a.shape == b.shape and torch.allclose(a, b, rtol=1e-4, atol=1e-6)


def test_direction(spell):
    """a step of descent makes a move that went better than expected likelier, and one that went worse rarer"""
    for worth, sign in ((1.0, 1), (-0.2, -1)):
        logits = torch.zeros(1, 4)
        moves = torch.tensor([2])
        _, grad = cast(spell, logits, moves, torch.tensor([worth]), torch.tensor([0.3]), 0.0)
        went = -grad[0, 2].item() * sign
        word = "up" if sign > 0 else "down"
        require(
            went > 0,
            f"the leaning for a move worth {worth}, where 0.3 was expected, to go {word}",
            "it stays" if went == 0 else "it goes the other way",
            mistakes={
                "nothing-yet": bool((grad == 0).all()),
                "by-the-best": went < 0 and -grad[0, 0].item() * sign > 0 and grad[0, 0] != grad[0, 1],
                "wrong-sign": went < 0 and sign > 0,
            },
        )


def test_gradient(spell, rng):
    """the gradient is that of the mean of log-probability times surprise"""
    for shape in ((6,), (5, 7), (1,)):
        logits, moves, worth, guess = situation(rng, *shape)
        torch.manual_seed(8)
        _, grad = cast(spell, logits, moves, worth, guess, 0.0)
        torch.manual_seed(9)
        _, again = cast(spell, logits, moves, worth, guess, 0.0)
        require(
            torch.equal(grad, again),
            "the same lesson from the same record",
            "another each time",
            mistakes={"drawn-anew": True},
        )
        right, slips = grads(logits, moves, worth, guess)
        same(grad, right, "gradient of `logits`", rtol=1e-4, atol=1e-6, mistakes=slips)


def test_curiosity(spell, rng):
    """with nothing to be learnt, curiosity alone evens the leanings out"""
    logits, moves, worth, _ = situation(rng, 9)
    _, grad = cast(spell, logits, moves, worth, worth.clone(), 0.5)
    own = logits.clone().requires_grad_()
    (doubt,) = torch.autograd.grad(parts(own, moves, worth)[1], own)
    same(
        grad,
        -0.5 * doubt,
        "gradient of `logits`",
        rtol=1e-4,
        atol=1e-6,
        mistakes={
            "incurious": lambda t: bool((t.abs() < 1e-7).all()),
            "sure-of-itself": lambda t: _close(t, 0.5 * doubt),
            "always-as-curious": lambda t: _close(t * doubt.norm(), -doubt * t.norm()),
            "added-up": lambda t: _close(t, -0.5 * doubt * 9),
        },
    )


def test_both(spell, rng):
    """both together, with any number of sides"""
    for sides in (2, 6):
        logits, moves, worth, guess = situation(rng, 4, 5, sides=sides)
        loss, _ = cast(spell, logits, moves, worth, guess, 0.1)
        praise, doubt = parts(logits, moves, worth - guess)
        same(loss, -praise - 0.1 * doubt, "loss", rtol=1e-4, atol=1e-5, mistakes={"wrong-sign": lambda t: _close(t, praise + 0.1 * doubt)})


def test_guess(spell, rng):
    """neither the guess nor what came of it learns from this"""
    logits, moves, worth, guess = situation(rng, 6)
    guess.requires_grad_()
    own = logits.clone().requires_grad_()
    loss = spell.lesson(own, moves, worth, guess, 0.1)
    (pull,) = torch.autograd.grad(loss, guess, allow_unused=True)
    require(
        pull is None or bool((pull == 0).all()),
        "no gradient in `guess`",
        "one",
        mistakes={"guess-pulled": True},
    )
    require(torch.isfinite(loss), "a finite loss", f"{loss.item()}")


def test_sure(spell):
    """a policy that is nearly certain gets a finite lesson"""
    logits = torch.tensor([[200.0, 0.0, 0.0, 0.0], [0.0, 300.0, 0.0, -300.0]])
    loss, grad = cast(spell, logits, torch.tensor([1, 3]), torch.tensor([1.0, 0.5]), torch.zeros(2), 0.01)
    require(
        bool(grad.isfinite().all()) and bool(loss.isfinite()),
        "finite numbers",
        "`inf` or `nan`",
        mistakes={"log-of-nought": True},
    )
