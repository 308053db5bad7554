"""Whether the nuts are dealt out fairly, anew every day, and counted once: for any number of nuts and ranks."""

import pytest
import torch

from oz.trial import mistake, require

WORLDS = [(3, 30), (3, 31), (2, 17), (4, 22), (1, 5), (5, 3)]
"""How many ranks, and how many nuts."""
EPOCHS = 3


class Nuts(torch.utils.data.Dataset):
    """So many nuts, each with a number of its own."""

    def __init__(self, number, first):
        self.numbers = [first + 7 * place for place in range(number)]

    def __len__(self):
        return len(self.numbers)

    def __getitem__(self, place):
        return self.numbers[place]


def dealt(spell, world, number, batch=4, epochs=EPOCHS):
    """By epoch, and then by rank, the batches."""
    nuts = Nuts(number, first=1000 * world)
    # each rank is a process of its own, and draws as if it were alone
    by_rank = []
    for rank in range(world):
        torch.manual_seed(50 + rank)
        by_rank.append([list(day) for day in spell.deal(nuts, rank, world, batch, epochs)])
    for days in by_rank:
        require(len(days) == epochs, f"batches for {epochs} epochs", f"for {len(days)}")
    return nuts.numbers, [[days[epoch] for days in by_rank] for epoch in range(epochs)]


def flat(batches):
    return [int(nut) for batch in batches for nut in torch.as_tensor(batch).reshape(-1)]


@pytest.mark.parametrize(("world", "number"), WORLDS)
def test_shared_out(spell, world, number):
    """every day every nut is dealt to somebody, and to two only where it does not come out even"""
    numbers, days = dealt(spell, world, number)
    spare = -number % world
    for ranks in days:
        hands = [flat(batches) for batches in ranks]
        every = [nut for hand in hands for nut in hand]
        if world > 1 and number >= world and all(sorted(hand) == numbers for hand in hands):
            mistake("everything-each")
        missing = len(set(numbers) - set(every))
        sizes = {len(hand) for hand in hands}
        if missing:
            require(
                False,
                f"all {number} nuts, between {world} ranks",
                f"{missing} nuts are with nobody",
                mistakes={"left-over": len(every) < number, "own-shuffle": True},
            )
        require(
            len(sizes) == 1,
            "the same number of nuts for every rank",
            f"{sorted(len(hand) for hand in hands)}",
            mistakes={"uneven-hands": len(every) == number},
        )
        require(
            len(every) == number + spare,
            f"{number + spare} nuts dealt out" + (f" ({spare} of them twice)" if spare else ""),
            f"{len(every)}",
            mistakes={"everything-each": len(every) >= 2 * number, "own-shuffle": True},
        )


def test_batches(spell):
    """in batches of the size that is asked for, the last perhaps smaller"""
    _, days = dealt(spell, 3, 30, batch=4)
    for batches in days[0]:
        sizes = [len(torch.as_tensor(batch).reshape(-1)) for batch in batches]
        require(
            sizes == [4, 4, 2],
            "batches of 4, 4 and 2 for each of three ranks, of 30 nuts",
            f"{sizes}",
            mistakes={"wrong-batch": True},
        )


def test_every_day_anew(spell):
    """every epoch deals them out differently"""
    numbers, days = dealt(spell, 3, 30)
    firsts = [flat(day[0]) for day in days]
    require(
        firsts[0] != firsts[1] and firsts[1] != firsts[2],
        "other hands on the second day",
        "the same nuts in the same order",
        mistakes={
            "not-shuffled": firsts[0] == numbers[::3] or firsts[0] == numbers[:10],
            "same-every-day": True,
        },
    )
    require(
        any(set(first) != set(firsts[0]) for first in firsts),
        "nuts that change hands from day to day",
        "each rank keeps its own nuts, only their order changes",
        mistakes={"own-shuffle": True},
    )
    ordered = [flat(day[rank]) for day in days for rank in range(3)]
    require(
        not all(hand == sorted(hand) for hand in ordered),
        "nuts in no order",
        "they are dealt out in the order of the sack",
        mistakes={"not-shuffled": True},
    )


@pytest.mark.parametrize(("world", "number"), WORLDS)
def test_counted(spell, world, number):
    """`count`: every nut is counted by just one rank"""
    nuts = Nuts(number, first=1000)
    by_rank = [list(spell.count(nuts, rank, world)) for rank in range(world)]
    every = sorted(int(nut) for own in by_rank for nut in own)
    twice = len(every) - len(set(every))
    require(
        every == nuts.numbers,
        f"each of {number} nuts, once, between {world} ranks",
        f"{twice} are counted twice, {len(set(nuts.numbers) - set(every))} not at all",
        mistakes={
            "all-count-all": world > 1 and twice >= number,
            "places-counted": bool(every) and every[-1] < number,
            "uncounted": twice == 0,
            "counted-twice": True,
        },
    )
    sizes = sorted(len(own) for own in by_rank)
    require(
        sizes[-1] - sizes[0] <= 1,
        "about as many for each",
        f"{sizes}",
    )
