"""Whether what was bottled is a pattern of today's sort, for any number of slates, of a model that has stopped learning.

The models are small and made here, each with something in it that only a right pattern gets over: levels and
dropout (its mode), whole numbers for input (the kind of the example), a first argument with a name of its own.
"""

import zipfile

import torch
from torch import nn

from oz.trial import mistake, require, same

SIZES = (1, 2, 5, 40)
"""How many slates are handed in at a time. Not the example's number alone, and one among them."""


class Words(nn.Module):
    """Takes whole numbers, (N, 4), and calls them by no name that anybody would guess."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(20, 6)
        self.out = nn.Linear(24, 3)

    def forward(self, spellings):
        return self.out(self.table(spellings).flatten(1))


def reader():
    """A small reader of slates, as it comes from the workshop: with levels, with dropout, in training mode."""
    model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Dropout(0.5), nn.Linear(144, 10))
    with torch.no_grad():
        model(torch.rand(64, 1, 8, 8) * 3)  # levels that are not those of a fresh one
    return model


def pictures(n):
    return torch.rand(n, 1, 8, 8)


def spellings(n):
    return torch.randint(0, 20, (n, 4))


def bottled(spell, model, slate, path):
    """Bottles `model`, says what is in the bottle, and gives what is poured out of it."""
    spell.bottle(model, slate, str(path))
    require(path.is_file(), f"a file `{path.name}`", "none", mistakes={"no-file": True})
    names = zipfile.ZipFile(path).namelist() if zipfile.is_zipfile(path) else []
    require(
        any(name.endswith((".json", "archive_format")) for name in names),
        "a pattern, as `torch.export.save` leaves it",
        "something else",
        mistakes={
            "old-way": any("/code/" in name for name in names),
            "not-a-pattern": True,
        },
    )
    poured = spell.uncork(str(path))
    require(
        not isinstance(poured, torch.export.ExportedProgram),
        "something that can be called",
        "an `ExportedProgram`",
        mistakes={"not-poured": True},
    )
    return poured


def answers(poured, x):
    """What comes out for `x`, or the number of slates for which the pattern was made instead."""
    try:
        return poured(x)
    except (AssertionError, RuntimeError, ValueError) as error:
        said = str(error)
        narrow = "<=" in said or ">=" in said
        require(
            False,
            f"something for {len(x)} slates",
            f"`{said.splitlines()[0][:80]}`",
            mistakes={
                "narrow-letter": "Guard failed" in said and narrow,
                "quietly-one": "== 1" in said,
                "no-letter": "Guard failed" in said,
            },
        )


def test_any_number(spell, scratch):
    """one slate is bottled, and any number can be read from it"""
    model = nn.Sequential(nn.Flatten(), nn.Linear(24, 10))  # of no axis but the first may a slate have just one
    poured = bottled(spell, model, torch.rand(1, 3, 8), scratch / "any.pt2")
    for n in SIZES:
        x = torch.rand(n, 3, 8)
        same(answers(poured, x).detach(), model(x).detach(), f"what {n} slates give", atol=1e-5)


def test_stopped_learning(spell, scratch):
    """it has stopped learning: what is read does not hang on chance, nor on what is read beside it"""
    model = reader()
    poured = bottled(spell, model, pictures(1), scratch / "still.pt2")
    model.eval()
    x = pictures(6)
    first, again = answers(poured, x).detach(), answers(poured, x).detach()
    if not torch.equal(first, again):
        mistake("still-learning")
    same(first, model(x).detach(), "what 6 slates give", atol=1e-5, mistakes={"still-learning": True})


def test_other_minds(spell, scratch):
    """a mind that takes whole numbers, and calls them something else, can be bottled as well"""
    model = Words()
    poured = bottled(spell, model, spellings(1), scratch / "words.pt2")
    for n in (1, 7):
        x = spellings(n)
        same(answers(poured, x).detach(), model(x).detach(), f"what {n} words give", atol=1e-5)
