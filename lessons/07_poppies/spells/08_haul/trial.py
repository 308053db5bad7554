"""Whether the hands carry all of it, in order, and whether they are faster where there is waiting to be done.

How much faster is a ratio, measured here and now: items that wait 5 ms each, without hands and with three. To start
workers costs something, on a crowded machine a good deal: where few items do not show what hands are worth, there
are more tries, with twice as many each time. How hands do with what lies
ready is printed by the player's program and is not judged: it is slower everywhere, by how much is the machine's
affair. The mark is measured in tests/benchmarks/test_marks_poppies.py.
"""

import multiprocessing
import time
import warnings

import torch
from torch.utils.data import Dataset, get_worker_info

from oz.trial import require, same

if "fork" in multiprocessing.get_all_start_methods():
    # The datasets below are this file's own, and could not be sent to a worker that is spawned.
    multiprocessing.set_start_method("fork", force=True)

MARK = 0.75
HANDS = 3
HELD = set()
"""What the checks so far have found to hold: nobody need wait for a race that cannot be run."""
STALKS = 120
WAIT = 0.005


class Marked(Dataset):
    """Items that know by whom they were carried: (value, hand), hand -1 where there is none."""

    def __init__(self, values, wait=0.0):
        self.values = values
        self.wait = wait
        self.asked = 0

    def __len__(self):
        return len(self.values)

    def __getitem__(self, number):
        worker = get_worker_info()
        self.asked += 1
        if self.wait:
            time.sleep(self.wait)
        return torch.tensor([self.values[number], -1 if worker is None else worker.id])


def hauled(haul, items, hands):
    """What `haul` gives, and the seconds by the trial's own clock."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # more workers than processors: here they only wait
        start = time.perf_counter()
        got = haul(items, hands)
        return got, time.perf_counter() - start


def _looked_at(got, values, hands, words):
    require(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "one tensor, and the seconds, from `haul`",
        f"`{type(got).__name__}`",
    )
    carried, seconds = got
    require(isinstance(seconds, float), "the seconds as a number", f"`{type(seconds).__name__}`")
    require(
        isinstance(carried, torch.Tensor),
        "one tensor of all that was carried",
        f"`{type(carried).__name__}`",
        mistakes={"still-batches": isinstance(carried, (list, tuple))},
    )
    require(
        carried.shape == (len(values), 2),
        f"{len(values)} items ({words})",
        f"shape `{tuple(carried.shape)}`",
        mistakes={
            "left-behind": carried.ndim == 2 and len(carried) < len(values),
            "batches-stacked": carried.ndim == 3,
        },
    )
    same(
        carried[:, 0],
        torch.tensor(values),
        f"what was carried ({words})",
        mistakes={"out-of-order": lambda c: sorted(c.tolist()) == sorted(values)},
    )
    return carried[:, 1].tolist(), seconds


def test_all(spell, rng):
    """`haul` brings everything, once, in order, without hands and with them"""
    for size in (21, 40, 1):
        values = rng.integers(0, 1000, size=size).tolist()
        for hands in (0, 1) if size == 40 else (0, 2):
            items = Marked(values)
            got, _ = hauled(spell.haul, items, hands)
            if size == 40:
                _looked_at(got, values, hands, f"{size} items, {hands} hands")
                asked = items.asked
                require(
                    asked == (0 if hands else size),
                    f"each of {size} items asked for once, by {hands or 'no'} hands",
                    f"{asked} asked for where the program itself stands",
                    mistakes={
                        "carried-twice": asked == 2 * size,
                        "hands-ignored": hands == 1
                        and asked == size
                        and not spell.calls("range", inside="haul"),
                        "always-two": hands == 0 and asked == 0,
                        "carried-beforehand": hands > 0,
                    },
                )
            else:
                _looked_at(got, values, hands, f"{size} items, {hands} hands")
    HELD.add("all of it")


def test_hands(spell):
    """with `hands` workers each of them carries a part"""
    for hands in (0, 1, 3):
        values = list(range(48))
        got, _ = hauled(spell.haul, Marked(values), hands)
        who, _ = _looked_at(got, values, hands, f"48 items, {hands} hands")
        same(
            sorted(set(who)),
            list(range(hands)) or [-1],
            f"who carried, of {hands} hands (-1: the program itself)",
            mistakes={
                "one-load": lambda w, h=hands: h > 1 and w == [0],
                "hands-ignored": lambda w, h=hands: w == [-1],
                "always-two": lambda w: w == [0, 1],
            },
        )
    loads = [set(who[at : at + 8]) for at in range(0, len(who), 8)]
    require(
        all(len(load) == 1 for load in loads)
        and all(a != b for a, b in zip(loads, loads[1:], strict=False)),
        "batches of 8, each carried by one of three hands, in turn",
        f"the first eight carried by {who[:8]}, the next by {who[8:16]}",
        mistakes={"not-by-eights": True},
    )
    HELD.add("by the hands")


def test_clock(spell):
    """the seconds are those of the carrying"""
    values = list(range(40))
    for hands in (0, 2):
        got, outside = hauled(spell.haul, Marked(values, WAIT), hands)
        _, seconds = _looked_at(got, values, hands, f"40 items that wait, {hands} hands")
        least = len(values) * WAIT / max(hands, 1)
        require(
            0.9 * least <= seconds <= outside + 0.01,
            f"at least {1000 * least:.0f} ms for 40 items of 5 ms, with {hands} hands",
            f"{1000 * seconds:.1f} ms",
            mistakes={"clock-stopped-early": seconds < 0.9 * least},
        )


def race(haul, rng, tries=(STALKS, 2 * STALKS, 4 * STALKS, 8 * STALKS)):
    """The time with hands as a share of that without, try by try, how many hands carried something,
    and the seconds of the last try, without hands and with them."""
    ratios = []
    for stalks in tries:
        values = rng.integers(0, 1000, size=stalks).tolist()
        alone, slow = hauled(haul, Marked(values, WAIT), 0)
        together, quick = hauled(haul, Marked(values, WAIT), HANDS)
        one, many = (sorted(got[0][:, 0].tolist()) for got in (alone, together))
        require(one == many == sorted(values), "the same items both times", "others")
        ratios.append(quick / slow)
        hands = len(set(together[0][:, 1].tolist()) - {-1})
        if ratios[-1] <= MARK or hands < 2:
            break
    return ratios, hands, (slow, quick)


def test_faster(spell, rng):
    """where each item has to be waited for, three hands take at most 0.75 of the time of none"""
    require(
        HELD >= {"all of it", "by the hands"},
        "first that everything is carried, and by the hands that were called",
        "it is not yet",
    )
    ratios, hands, (slow, quick) = race(spell.haul, rng)
    print(f"the race: no hands {slow:.2f} s, three hands {quick:.2f} s")
    require(
        min(ratios) <= MARK,
        f"at most {MARK} of the time without hands",
        f"{min(ratios):.2f}",
        mistakes={"hands-ignored": hands == 0, "one-load": hands == 1},
    )


def test_try(spell):
    """`try_hands` tries each number of hands: a dictionary from hands to seconds"""
    items = Marked(list(range(24)), WAIT)
    numbers = (2, 1, 0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seconds = spell.try_hands(items, numbers)
    require(isinstance(seconds, dict), "a dictionary", f"`{type(seconds).__name__}`")
    same(
        sorted(seconds),
        sorted(numbers),
        f"which numbers of {numbers} were tried",
        mistakes={"not-all-tried": lambda tried: len(tried) < len(numbers)},
    )
    require(
        all(isinstance(s, float) and s > 0 for s in seconds.values())
        and seconds[0] >= 0.9 * 24 * WAIT,
        f"for no hands at least {24 * WAIT * 1000:.0f} ms, as 24 items take",
        f"{seconds[0]}",
        mistakes={"clock-stopped-early": True},
    )


BOOKS = (
    ({0: 2.12, 1: 2.15, 2: 1.10, 4: 0.62}, 4),
    ({0: 0.001, 1: 0.05, 2: 0.10, 4: 0.20}, 0),
    ({4: 0.50, 2: 0.53, 1: 0.98, 0: 0.95}, 2),
    ({0: 1.00, 1: 0.93, 2: 0.95, 3: 0.97}, 0),
    ({8: 3.0, 0: 3.4, 3: 3.2}, 3),
    ({1: 5.0}, 1),
    ({2: 0.70, 1: 0.72, 0: 1.39}, 1),
)


def test_enough(spell):
    """`enough` is the fewest hands that take at most a tenth longer than the quickest"""
    books = [(dict(book), wanted) for book, wanted in BOOKS]
    answers = [spell.enough(book) for book, _ in books]
    for (book, wanted), got in zip(books, answers, strict=True):
        same(
            got,
            wanted,
            f"enough({book})",
            mistakes={
                "seconds-not-hands": lambda g, b=book: g not in b,
                "more-is-better": lambda _: answers == [max(b) for b, _ in BOOKS],
                "none-at-all": lambda _: answers == [min(b) for b, _ in BOOKS],
                "only-the-quickest": lambda _: answers == [min(b, key=b.get) for b, _ in BOOKS],
                "tenth-of-a-second": lambda _: (
                    answers
                    == [min(h for h in b if b[h] <= min(b.values()) + 0.1) for b, _ in BOOKS]
                ),
                "most-not-fewest": lambda g, b=book: g > wanted and b[g] <= 1.1 * min(b.values()),
                "too-generous": lambda g, b=book: b[g] > 1.1 * min(b.values()),
            },
        )
