import torch

from oz.trial import same


def test_row(spell):
    """`hens` is the row 0 to 6"""
    same(spell.hens, torch.arange(7), "hens")
