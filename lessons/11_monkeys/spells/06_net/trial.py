"""Whether ranks that see a share of the rows each take the very step of one that sees them all."""

from functools import cache

import pytest
import torch
import torch.distributed as dist
from ranks import RankError, launch

from oz.trial import require, same

NEAR = {"rtol": 1e-5, "atol": 1e-6}
LR, STEPS = 0.1, 4
mse = torch.nn.functional.mse_loss


class Load(torch.nn.Module):
    """A net with a part that is not used."""

    def __init__(self, seed):
        super().__init__()
        torch.manual_seed(seed)
        self.first = torch.nn.Linear(4, 6)
        self.unheld = torch.nn.Linear(6, 2)
        self.last = torch.nn.Linear(6, 2)

    def forward(self, x):
        return self.last(torch.sigmoid(self.first(x)))


def rows(world):
    """The rows of all ranks together."""
    generator = torch.Generator().manual_seed(world)
    x = torch.randn(12 * world, 4, generator=generator)
    return x, x @ torch.randn(4, 2, generator=generator)


def _tried(rank, world, by_hand, train):
    x, y = (part[rank::world] for part in rows(world))
    hand, team = Load(70 + rank), Load(70 + rank)
    by_hand(hand, x, y)
    grads = {name: weight.grad for name, weight in hand.named_parameters()}
    began = {name: weight.detach().clone() for name, weight in hand.named_parameters()}
    losses = train(team, x, y, LR, STEPS)
    ended = {name.removeprefix("module."): w.detach() for name, w in team.named_parameters()}
    dist.barrier()
    return grads, began, list(losses), ended


@cache
def sent(by_hand, train, world):
    try:
        return launch(_tried, world, by_hand, train), ""
    except RankError as error:
        return None, str(error)


def tried(spell, world):
    said, error = sent(spell.by_hand, spell.train, world)
    if said is None:
        require(
            False,
            f"{world} ranks that come back",
            error.partition("\n\n")[0],
            mistakes={
                "nobody-holds": "Expected to have finished reduction" in error,
                "spare-by-hand": "NoneType" in error,
                "nought-alone": "imed out" in error
                or "waiting" in error
                or "Connection" in error
                or "signal 6" in error,
            },
        )
    return said


@cache
def alone(world):
    """The gradients, the losses and the weights of one process with rank 0's weights and all the rows."""
    x, y = rows(world)
    model = Load(70)
    mse(model(x), y).backward()
    grads = {name: w.grad.clone() for name, w in model.named_parameters() if w.grad is not None}
    optimizer = torch.optim.SGD(model.parameters(), lr=LR)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = mse(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return grads, losses, {name: w.detach() for name, w in model.named_parameters()}


def own_gradients(world, rank, seed):
    """What a rank has of its own rows, with the weights made from `seed`."""
    x, y = (part[rank::world] for part in rows(world))
    model = Load(seed)
    mse(model(x), y).backward()
    return {name: w.grad for name, w in model.named_parameters() if w.grad is not None}


def test_weights(spell):
    """`by_hand`: every rank has the weights of rank 0"""
    for rank, (_, began, _, _) in enumerate(tried(spell, 2)):
        for name, weight in Load(70).named_parameters():
            if not name.startswith("unheld"):
                own = dict(Load(70 + rank).named_parameters())[name].detach()
                same(
                    began[name],
                    weight.detach(),
                    f"`{name}` on rank {rank} after by_hand(…)",
                    mistakes={
                        "own-weights": rank > 0 and torch.equal(began[name], own),
                        "weights-averaged": True,
                    },
                )


@pytest.mark.parametrize("world", [2, 3])
def test_by_hand(spell, world):
    """`by_hand`: on every rank the gradients are those of the big batch, within 1e-6"""
    said = tried(spell, world)
    grads, _, _ = alone(world)
    for rank, (got, _, _, _) in enumerate(said):
        for name, asked in grads.items():
            own = own_gradients(world, rank, 70)[name]
            same(
                got[name],
                asked,
                f"the gradient of `{name}` on rank {rank} of {world}",
                requires_grad=False,
                mistakes={
                    "summed": lambda g, a=asked: torch.allclose(g, a * world, **NEAR),
                    "own-gradients": lambda g, o=own: torch.allclose(g, o, **NEAR),
                },
                **NEAR,
            )


@pytest.mark.parametrize("world", [2, 3])
def test_trained(spell, world):
    """`train`: after some steps every rank has the weights that one process with all the rows has"""
    said = tried(spell, world)
    _, _, weights = alone(world)
    shorter = _shorter(world)
    for rank, (_, _, _, ended) in enumerate(said):
        for name, asked in weights.items():
            if name.startswith("unheld"):
                continue
            same(
                ended[name],
                asked,
                f"`{name}` on rank {rank} of {world} after {STEPS} steps",
                requires_grad=False,
                mistakes={
                    "past-ddp": not torch.equal(ended[name], said[(rank + 1) % world][3][name]),
                    "divided-twice": lambda w, n=name: torch.allclose(w, shorter[n], **NEAR),
                    "not-cleared": True,
                },
                **NEAR,
            )


@pytest.mark.parametrize("world", [2])
def test_losses(spell, world):
    """`train` tells every rank the loss of all the rows, from before each step"""
    _, losses, _ = alone(world)
    said = tried(spell, world)
    for rank, (_, _, got, _) in enumerate(said):
        require(len(got) == STEPS, f"{STEPS} losses", f"{len(got)}")
        same(
            [float(loss) for loss in got],
            losses,
            f"the losses on rank {rank} of {world}",
            rtol=1e-4,
            atol=1e-5,
            mistakes={
                "loss-summed": lambda g: abs(float(g[0]) - world * losses[0]) < 1e-4,
                "own-loss": said[0][2] != said[1][2],
            },
        )


def _shorter(world):
    """The weights of one process that steps only so far as one of the ranks' share."""
    x, y = rows(world)
    model = Load(70)
    optimizer = torch.optim.SGD(model.parameters(), lr=LR / world)
    for _ in range(STEPS):
        optimizer.zero_grad()
        mse(model(x), y).backward()
        optimizer.step()
    return {name: weight.detach() for name, weight in model.named_parameters()}
