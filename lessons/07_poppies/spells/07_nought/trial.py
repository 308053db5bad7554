"""Whether each thing is carried once, whoever carries it: with no hands, with two and with three."""

import itertools
import multiprocessing
import warnings

import torch
from torch.utils.data import DataLoader, get_worker_info

from oz.trial import mistake, require, same

if "fork" in multiprocessing.get_all_start_methods():
    # The datasets below are this file's own, and could not be sent to a worker that is spawned.
    multiprocessing.set_start_method("fork", force=True)


def _loader(dataset, batch_size, hands):
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # more workers than processors: that is not what this is about
        return DataLoader(dataset, batch_size=batch_size, num_workers=hands)


def _houses(rng, houses, empty):
    """Odd numbers of houses, in no order; at some of them nothing, at one of them noughts."""
    numbers = rng.choice(500, size=houses, replace=False).tolist()
    put_out = {n: torch.tensor(rng.uniform(0.5, 9.0, size=3), dtype=torch.float32) for n in numbers}
    for n in numbers[:empty]:
        put_out[n] = None
    if houses > empty:
        put_out[numbers[-1]] = torch.zeros(3)
    return put_out


def _wanted(houses):
    return [houses[n].tolist() for n in sorted(houses) if houses[n] is not None]


def _came(rounds, hands):
    try:
        return [row for grains in _loader(rounds, 4, hands) for row in grains.tolist()]
    except KeyError as error:
        if "DataLoader worker" in str(error):
            raise  # the traceback inside is worth seeing
        mistake("no-such-house")


def test_rounds(spell, rng):
    """`Rounds`: every house where something was put out, once, by its number; with or without hands"""
    for houses, empty in ((6, 2), (13, 4), (5, 0), (1, 0), (3, 3)):
        put_out = _houses(rng, houses, empty)
        before = dict(put_out)
        rounds = spell.Rounds(put_out)
        require(
            put_out.keys() == before.keys(),
            "the houses as they were handed in",
            "some of them are gone",
            mistakes={"houses-changed": True},
        )
        wanted = _wanted(put_out)
        for hands in (0, 2) if empty else (0,):
            same(
                _came(rounds, hands),
                wanted,
                f"what {hands} hands bring from {houses} houses, {empty} of them empty",
                rtol=1e-6,
                mistakes={
                    "filled-up": lambda rows, h=houses: len(rows) == h,
                    "nought-is-something": lambda rows, w=wanted: len(rows) == len(w) - 1,
                    "out-of-order": lambda rows, w=wanted: sorted(rows) == sorted(w),
                },
            )
        same(len(rounds), len(wanted), f"len(rounds) of {houses} houses, {empty} of them empty")


class Slide:
    """A chute of `grains` grains, each marked with the hand that took it; without a number, endless."""

    def __init__(self, grains=None):
        self.grains = grains

    def __call__(self):
        worker = get_worker_info()
        hand = -1 if worker is None else worker.id
        for grain in itertools.count() if self.grains is None else range(self.grains):
            if grain > 20_000:
                raise OverflowError("the chute was emptied to the end, and it has none")
            yield torch.tensor([grain, hand])


def _carried(chute, hands):
    return [row for grains in _loader(chute, 3, hands) for row in grains.tolist()]


def test_once(spell):
    """`Chute`: each grain is carried once, however many hands there are"""
    for grains, hands, times in (
        (17, 0, 2),
        (17, 2, 2),
        (17, 1, 1),
        (17, 3, 1),
        (2, 3, 1),
        (0, 2, 1),
    ):
        chute = spell.Chute(Slide(grains))
        for time in ("first", "second")[:times]:
            try:
                rows = _carried(chute, hands)
            except AttributeError as error:
                if "'NoneType' object has no attribute" in str(error):
                    mistake("nobody-there")
                raise
            same(
                sorted(grain for grain, _ in rows),
                list(range(grains)),
                f"{grains} grains, {hands} hands, {time} time round, sorted",
                mistakes={
                    "chute-opened-once": lambda n, t=time: t == "second" and not n,
                    "everybody-carries-all": lambda n, g=grains, h=hands: (
                        len(n) > g and set(n) == set(range(g)) and h > 1
                    ),
                    "always-two": lambda n, h=hands: h in (1, 3),
                    "grains-lost": lambda n, g=grains: len(n) < g,
                },
            )


def test_shared(spell):
    """and each hand carries its part"""
    for hands in (2, 3):
        rows = _carried(spell.Chute(Slide(24)), hands)
        per_hand = [sum(hand == h for _, hand in rows) for h in range(hands)]
        require(
            min(per_hand) >= 24 // hands - 1,
            f"about {24 // hands} of 24 grains for each of {hands} hands",
            " and ".join(map(str, per_hand)),
            mistakes={"nought-carries-all": per_hand[0] == 24},
        )


def test_endless(spell):
    """a chute that never ends begins to deliver all the same"""
    try:
        first = next(iter(DataLoader(spell.Chute(Slide()), batch_size=4)))
    except OverflowError:
        mistake("chute-emptied")
    same(
        first[:, 0].tolist(),
        [0, 1, 2, 3],
        "the first four grains of an endless chute, without hands",
    )
