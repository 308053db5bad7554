"""Whether `row` is the row that was asked for. TODO: judge behaviour, on inputs nobody has seen."""

import torch

from oz.trial import same


def test_row(spell):
    """`row` is the row 0 to 6"""
    same(
        spell.row,
        torch.arange(7),
        "row",
        mistakes={
            "a-list": lambda row: isinstance(row, list),
            "from-one": lambda row: row.tolist() == [1, 2, 3, 4, 5, 6, 7],
            "too-long": lambda row: len(row) == 8,
            "backwards": lambda row: row.tolist() == [6, 5, 4, 3, 2, 1, 0],
        },
    )
