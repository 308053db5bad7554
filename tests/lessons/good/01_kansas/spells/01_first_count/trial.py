import torch
from oz.trial import same


def test_row(spell):
    """`hens` is the row 0 to 6"""
    same(
        spell.hens,
        torch.arange(7),
        "hens",
        mistakes={
            "a-list": lambda t: isinstance(t, list),
            "off-by-one": lambda t: t.shape == (6,) and t[0] == 1,
            "too-long": lambda t: t.shape == (8,),
            "backwards": lambda t: t.shape == (7,) and t[0] == 6,
        },
    )
