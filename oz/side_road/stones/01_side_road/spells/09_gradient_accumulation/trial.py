"""Whether `accumulated_step` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same
from oz.trial.against import near, numbers

# --- TorchCode's own checks stand here ---


def _step(spell, rng, sizes, momentum=0.0, left=False):
    model, twin = nn.Linear(4, 2), nn.Linear(4, 2)
    twin.load_state_dict(model.state_dict())
    start = {k: v.clone() for k, v in model.state_dict().items()}
    batches = [(numbers(rng, n, 4), numbers(rng, n, 2)) for n in sizes]
    whole = torch.cat([x for x, _ in batches]), torch.cat([y for _, y in batches])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=momentum)
    if left:
        for p in model.parameters():
            p.grad = torch.ones_like(p)
    got = spell.accumulated_step(model, optimizer, nn.MSELoss(), batches)
    steps = torch.optim.SGD(twin.parameters(), lr=0.1, momentum=momentum)
    loss = nn.MSELoss()(twin(whole[0]), whole[1])
    steps.zero_grad()
    loss.backward()
    steps.step()
    others = [(id, _other(start, batches, id)) for id in ("not-divided", "every-batch", "cleared-between", "uneven")]
    same(
        model.weight.detach(), twin.weight.detach(), f"the weight after batches of {sizes}", rtol=1e-3,
        mistakes={id: lambda t, w=w: near(t, w) for id, w in others} | {"not-cleared": left},
    )
    require(isinstance(got, float), "a plain number", f"`{type(got).__name__}`")
    require(abs(got - loss.item()) < 1e-4, f"the loss {loss.item():.5f}", f"{got:.5f}", mistakes={"last-loss": True})


def _other(start, batches, id):
    """The weight that a known mistake arrives at."""
    model = nn.Linear(4, 2)
    model.load_state_dict(start)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for x, y in batches:
        if id in ("every-batch", "cleared-between"):
            optimizer.zero_grad()
        loss = nn.MSELoss()(model(x), y)
        (loss if id in ("not-divided",) else loss / len(batches)).backward()
        if id == "every-batch":
            optimizer.step()
    if id != "every-batch":
        optimizer.step()
    return model.weight.detach()


def test_equal(spell, rng):
    """batches of the same size"""
    for sizes in ((4,), (3, 3), (2, 2, 2, 2), (1, 1, 1)):
        _step(spell, rng, sizes)


def test_uneven(spell, rng):
    """a last batch that is smaller"""
    _step(spell, rng, (8, 8, 2))
    _step(spell, rng, (1, 7))


def test_left_over(spell, rng):
    """what an earlier step left in `.grad` does not count"""
    _step(spell, rng, (3, 3), left=True)
