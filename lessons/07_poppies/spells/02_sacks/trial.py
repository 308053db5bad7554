"""Whether the larder hands out any sack by number, and opens none before it is asked for."""

import torch
from torch.utils.data import DataLoader

from oz.trial import mistake, require, same

KINDS = ["barley", "oats", "rye"]


class Store:
    """Sacks with whole numbers in some and halves in others; notes which are opened."""

    def __init__(self, rng, sacks):
        self.opened = []
        kinds = rng.integers(0, 3, size=sacks)
        self.tags = [f"{KINDS[k]}-{n + 1:03}" for n, k in enumerate(kinds)]
        self.kinds = [int(k) for k in kinds]
        self.within = {}
        for n, tag in enumerate(self.tags):
            whole = rng.integers(1, 50, size=4).tolist()
            self.within[tag] = whole if n % 2 else [g + 0.5 for g in whole]

    def open(self, tag):
        self.opened.append(tag)
        return list(self.within[tag])

    def grain(self, number):
        return torch.tensor(self.within[self.tags[number]], dtype=torch.float32)


def _larder(spell, store, transform=None):
    try:
        larder = spell.Larder(store.tags, store.open, transform)
        require(
            not store.opened,
            "no sack opened by making the larder",
            f"{len(store.opened)} opened",
            mistakes={"all-opened": True},
        )
        length = len(larder)
    except TypeError as error:
        if "has no len()" in str(error):
            mistake("no-len")
        raise
    require(
        not store.opened,
        "no sack opened by asking how many there are",
        f"{len(store.opened)} opened",
        mistakes={"counted-by-opening": True},
    )
    same(length, len(store.tags), "len(larder)")
    return larder


def _item(larder, number):
    item = larder[number]
    require(
        isinstance(item, (tuple, list)) and len(item) == 2,
        f"`larder[{number}]` to be a pair, grain and kind",
        f"`{type(item).__name__}`"
        + (f" of {len(item)}" if isinstance(item, (tuple, list)) else ""),
        mistakes={
            "nothing-handed-out": item is None,
            "grain-only": isinstance(item, torch.Tensor),
        },
    )
    return item


def _looked_at(larder, store, number, wanted=None):
    """The item is compared, grain first."""
    grain, kind = _item(larder, number)
    asked = store.grain(number) if wanted is None else wanted
    same(
        grain,
        asked,
        f"the grain of larder[{number}]",
        mistakes={
            "turned-round": lambda g: isinstance(g, int) and isinstance(kind, torch.Tensor),
            "still-a-list": lambda g: isinstance(g, list),
            "kind-of-number": lambda g: (
                g.dtype != torch.float32 and torch.equal(g.double(), asked.double())
            ),
            "one-further": lambda g: (
                wanted is None and any(g.tolist() == store.within[t] for t in store.tags)
            ),
        },
    )
    require(
        isinstance(kind, (int, torch.Tensor)) and not isinstance(kind, bool),
        f"the kind of larder[{number}] as a number, its place in `KINDS`",
        f"`{kind!r}`",
        mistakes={"kind-as-word": isinstance(kind, str)},
    )
    same(int(kind), store.kinds[number], f"the kind of larder[{number}], a {store.tags[number]}")


def test_len(spell, rng):
    """`len(larder)` says how many sacks there are, and opens none"""
    for sacks in (5, 1, 0, 40):
        _larder(spell, Store(rng, sacks))


def test_items(spell, rng):
    """`larder[number]` is that sack's grain, `float32`, and its kind, a number"""
    store = Store(rng, 12)
    larder = _larder(spell, store)
    for number in rng.permutation(12).tolist():
        _looked_at(larder, store, number)


def test_lazy(spell, rng):
    """asking for one sack opens that sack"""
    store = Store(rng, 9)
    larder = _larder(spell, store)
    for number in (4, 0, 8):
        store.opened.clear()
        larder[number]
        require(
            set(store.opened) == {store.tags[number]},
            f"`{store.tags[number]}` opened, and nothing else",
            f"{len(store.opened)} opened",
            mistakes={"all-for-one": len(store.opened) > 1},
        )


def test_transform(spell, rng):
    """a transform gets the grain as a tensor, each time anew; without one the grain stays as it is"""
    store = Store(rng, 6)
    seen = []

    def shaken(grain):
        seen.append(grain)
        require(
            isinstance(grain, torch.Tensor),
            "the transform to be given a tensor",
            f"a `{type(grain).__name__}`",
            mistakes={"transform-too-soon": True},
        )
        return grain * len(seen)

    larder = _larder(spell, store, shaken)
    for times, number in enumerate((2, 5, 2, 2), start=1):
        grain, _ = _item(larder, number)
        same(
            grain,
            store.grain(number) * times,
            f"larder[{number}] through a transform that has now been called {times} times",
            mistakes={
                "transform-forgotten": lambda g: not seen,
                "transformed-once": lambda g, t=times: len(seen) < t,
            },
        )


def test_end(spell, rng):
    """past the last sack there is none: `IndexError`, so that a plain `for` comes to an end"""
    store = Store(rng, 3)
    larder = _larder(spell, store)
    try:
        larder[3]
    except IndexError:
        return
    except KeyError:
        require(False, "an `IndexError` for `larder[3]` of three sacks", "a `KeyError`")
    require(
        False, "an `IndexError` for `larder[3]` of three sacks", "a sack", mistakes={"no-end": True}
    )


def test_loader(spell, rng):
    """a `DataLoader` makes batches of it, in any order"""
    store = Store(rng, 11)
    larder = _larder(spell, store)
    generator = torch.Generator().manual_seed(int(rng.integers(1000)))
    rows = []
    for grain, kind in DataLoader(larder, batch_size=4, shuffle=True, generator=generator):
        rows += [(*g, k) for g, k in zip(grain.tolist(), kind.tolist(), strict=True)]
    asked = [(*store.grain(n).tolist(), store.kinds[n]) for n in range(11)]
    same(sorted(rows), sorted(asked), "all that came through the loader, sorted")
