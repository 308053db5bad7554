"""Whether it was seen who hung where, and whether nobody hangs any more, however uneven the baskets."""

from functools import cache

import pytest
import torch
from ranks import RankError, launch

from oz.trial import mistake, require, same

UNEVEN = {3: (3, 2, 3), 2: (1, 4), 4: (2, 0, 5, 1)}
"""How many baskets each rank has, by the size of the world."""
NEAR = {"rtol": 1e-5, "atol": 1e-5}


def baskets_of(world):
    """Baskets of one to three nuts for each rank."""
    generator = torch.Generator().manual_seed(world)

    def basket():
        size = int(torch.randint(1, 4, (), generator=generator))
        return torch.randint(1, 10, (size,), generator=generator).float()

    return [[basket() for _ in range(number)] for number in UNEVEN[world]]


@cache
def sent(function, world, name):
    """What `function` gives on each rank; and how it failed, where it did."""

    def work(rank, world):
        return function(*ARGUMENTS[name](rank, world))

    try:
        return launch(work, world), ""
    except RankError as error:
        return None, str(error).partition("\n\n")[0]


ARGUMENTS = {
    "mean_weight": lambda rank, world: (baskets_of(world)[rank],),
    "loudest_bell": lambda rank, world: (torch.tensor([50.0 + (rank * 7 + world) % 5]),),
    "tell": lambda rank, world: (
        torch.tensor([3.0 if rank == 0 else -1.0 * rank]),
        torch.tensor([rank + 2.0]),
    ),
}


def each(function, world, name):
    """What `function` gives on each rank, or the check fails."""
    told, error = sent(function, world, name)
    if told is None:
        require(
            False,
            f"`{name}` comes back on all {world} ranks",
            error,
            mistakes={
                "some-only": "imed out" in error
                or "Connection" in error
                or "signal 6" in error
                or "waiting" in error,
            },
        )
    return told


def test_waiting(spell):
    """`waiting`, `gone_on`: who stood waiting in `mean_weight`, and who did not"""
    waiting, gone_on = spell.waiting, spell.gone_on
    if waiting is ... or gone_on is ...:
        mistake("not-said")
    ranks = [waiting] if isinstance(waiting, int) else sorted(waiting)
    require(
        ranks == [0, 2] and gone_on in (1, [1], (1,)),
        "the ranks that the roll call names",
        f"`waiting = {waiting}`, `gone_on = {gone_on}`",
        mistakes={"waiting-and-gone": True},
    )


def test_which(spell):
    """`which`: the `all_reduce` they stood in"""
    if spell.which is ...:
        mistake("not-said")
    require(
        spell.which == 3,
        "the number of the call that not all of them made",
        f"is {spell.which}",
        mistakes={"which-round": True},
    )


@pytest.mark.parametrize("world", [3, 2, 4])
def test_mean(spell, world):
    """`mean_weight` comes back on every rank with the mean over all baskets"""
    told = each(spell.mean_weight, world, "mean_weight")
    baskets = baskets_of(world)
    every = torch.cat([basket for own in baskets for basket in own])
    shortest = min(len(own) for own in baskets)
    cut = [basket for own in baskets for basket in own[:shortest]]
    means = [torch.cat(own).mean().item() for own in baskets if own]
    for rank, got in enumerate(told):
        own = torch.cat(baskets[rank]).mean().item() if baskets[rank] else None
        same(
            got,
            every.mean().item(),
            f"mean_weight(…) on rank {rank} of {world}",
            mistakes={
                "nobody-asked": lambda m, own=own: own is not None and abs(m - own) < 1e-4,
                "mean-of-means": lambda m: abs(m - sum(means) / world) < 1e-4,
                "baskets-left": lambda m: (
                    bool(cut) and abs(m - torch.cat(cut).mean().item()) < 1e-4
                ),
                "counted-again": True,
            },
            **NEAR,
        )


@pytest.mark.parametrize("world", [3])
def test_loudest(spell, world):
    """`loudest_bell` comes back on every rank with the loudest of all"""
    told = each(spell.loudest_bell, world, "loudest_bell")
    bells = [ARGUMENTS["loudest_bell"](rank, world)[0].item() for rank in range(world)]
    for rank, got in enumerate(told):
        same(
            got,
            max(bells),
            f"loudest_bell(…) on rank {rank} of {world}",
            mistakes={
                "bell-added": lambda b: b == sum(bells),
                "bell-unheard": lambda b, r=rank: b == bells[r],
            },
        )


@pytest.mark.parametrize("world", [3])
def test_tell(spell, world):
    """`tell` comes back on every rank with the word of rank 0 and the number of hands"""
    told = each(spell.tell, world, "tell")
    hands = torch.tensor([sum(rank + 2.0 for rank in range(world))])
    for rank, (word, counted) in enumerate(told):
        same(
            word,
            torch.tensor([3.0]),
            f"the word on rank {rank} of {world}",
            mistakes={"word-untold": True},
        )
        same(counted, hands, f"the hands on rank {rank} of {world}")
