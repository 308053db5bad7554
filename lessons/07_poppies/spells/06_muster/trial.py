"""Whether the teams are even, for other peoples and other shares.

The mark is measured in tests/benchmarks/test_marks_poppies.py: with 2,000 draws an even share strays by 0.011.
"""

import torch
from torch.utils.data import DataLoader, TensorDataset, WeightedRandomSampler

from oz.trial import require, same

STRAYS = 0.06
"""How far the share of a kind may be from an even one, in 2,000 draws."""


def people_of(rng, shares, many=2000):
    """A people of `many`, in no order, with these shares of kinds."""
    kinds = torch.cat(
        [torch.full((round(share * many),), k, dtype=torch.int64) for k, share in enumerate(shares)]
    )
    kinds = kinds[torch.tensor(rng.permutation(len(kinds)))]
    return TensorDataset(torch.arange(len(kinds)), kinds), kinds


def drawn(loader):
    """Numbers and kinds of all who came, team by team."""
    return [(number, kind) for number, kind in loader]


def share_of(teams, kind):
    """The share of one kind among all who came."""
    return (torch.cat([k for _, k in teams]) == kind).double().mean().item()


def _loader(spell, people, kinds, seed):
    loader = spell.muster(people, kinds, seed)
    require(
        isinstance(loader, DataLoader),
        "a `DataLoader` from `muster`",
        f"`{type(loader).__name__}`",
        mistakes={"no-loader": True},
    )
    return loader


def _mustered(spell, people, kinds, seed):
    return drawn(_loader(spell, people, kinds, seed))


PEOPLES = ((0.9, 0.1), (0.3, 0.7), (0.97, 0.03), (0.7, 0.2, 0.1), (0.5, 0.0, 0.5))


def test_even(spell, rng):
    """of every kind there come equally many, whatever its share of the people"""
    for shares in PEOPLES:
        people, kinds = people_of(rng, shares)
        loader = _loader(spell, people, kinds, int(rng.integers(1000)))
        teams = drawn(loader)
        came = torch.cat([number for number, _ in teams])
        present = [k for k, share in enumerate(shares) if share]
        got = [share_of(teams, k) for k in present]
        even = 1 / len(present)
        own = [shares[k] for k in present]
        squares = [s * s / sum(s * s for s in own) for s in own]
        off = max(abs(share - even) for share in got)
        require(
            off <= STRAYS,
            f"each of {len(present)} kinds with a share of {even:.2f} (they are {', '.join(map(str, own))} of the people)",
            ", ".join(f"{share:.2f}" for share in got),
            mistakes={
                "weights-per-kind": int(came.max()) < len(shares),
                "once-each": len(set(came.tolist())) == len(people)
                and isinstance(loader.sampler, WeightedRandomSampler),
                "short-round": len(came) < len(people) // 4,
                "all-alike": all(abs(a - b) < STRAYS for a, b in zip(got, own, strict=True)),
                "heavier-the-commoner": all(
                    abs(a - b) < STRAYS for a, b in zip(got, squares, strict=True)
                ),
                "two-kinds-only": len(present) > 2 or 1 not in present,
                "not-quite": True,
            },
        )


def test_round(spell, rng):
    """a round is as long as there are people, in teams of 50, the last perhaps smaller"""
    for shares, many in (((0.9, 0.1), 1000), ((0.8, 0.2), 120)):
        people, kinds = people_of(rng, shares, many)
        teams = [len(k) for _, k in _mustered(spell, people, kinds, 5)]
        full, rest = divmod(many, 50)
        require(
            sum(teams) == many,
            f"{many} drawn in a round",
            f"{sum(teams)}",
            mistakes={"short-round": sum(teams) < many},
        )
        require(
            teams == [50] * full + [rest] * bool(rest),
            "teams of 50",
            f"teams of {teams[0]}",
            mistakes={"team-size": True},
        )


def test_mixed(spell, rng):
    """each team is mixed, and all of the rare kind have their turn"""
    people, kinds = people_of(rng, (0.9, 0.1))
    teams = _mustered(spell, people, kinds, int(rng.integers(1000)))
    shares = [(k == 1).double().mean().item() for _, k in teams]
    require(
        0.08 < min(shares) and max(shares) < 0.92,
        "both kinds in every team of 50",
        f"a share of {min(shares):.2f} in one, {max(shares):.2f} in another",
        mistakes={"kind-by-kind": True},
    )
    rare = set(torch.where(kinds == 1)[0].tolist())
    came = set(torch.cat([number for number, _ in teams]).tolist()) & rare
    require(
        len(came) > 0.9 * len(rare),
        f"nearly all {len(rare)} of the rare kind to have had a turn",
        f"{len(came)}",
    )


def test_seed(spell, rng):
    """the seed decides who is drawn, and nothing else does"""
    people, kinds = people_of(rng, (0.9, 0.1), 400)

    def came(seed):
        return torch.cat([number for number, _ in _mustered(spell, people, kinds, seed)]).tolist()

    torch.manual_seed(1)
    first = came(21)
    torch.manual_seed(1)
    for_whole_house = came(22) == first
    torch.manual_seed(2)
    again = came(21)
    whole = spell.calls("torch.manual_seed", inside="muster")
    require(
        first == again,
        "the same people with the same seed",
        "others",
        mistakes={
            "bin-in-the-loader": spell.calls("manual_seed", inside="muster") and not whole,
            "unseeded": for_whole_house or not whole,
        },
    )
    same(
        len({tuple(came(seed)) for seed in (1, 2, 3)}),
        3,
        "how many ways three seeds draw",
        mistakes={"seed-ignored": lambda n: n == 1},
    )
    torch.manual_seed(3)
    expected = torch.rand(3)
    torch.manual_seed(3)
    spell.muster(people, kinds, 4)
    require(
        torch.equal(torch.rand(3), expected),
        "torch's own random numbers left where they were",
        "they were sown again",
        mistakes={"whole-house": whole, "unseeded": True},
    )
