import torch


def read(entries):
    """The flat line of entries as a table: field, day, baskets, rotten. A view."""
    return entries.view(4, -1)


def sensible(rows):
    """The rows with at least one basket and not more rotten than there are."""
    return rows


def sound(rows):
    """The share of sound baskets in each row, float32."""


def features(rows):
    """Six columns, float32: the field (three columns), day / 365, baskets, sound share."""


def weeks(daily):
    """A line of days in rows of seven; the last days, if not a whole week, left out. A view."""


def total(rows):
    """How many sound baskets in all: a plain int."""


def reckon(entries):
    """Features and total of the sensible rows of a ledger."""
    rows = sensible(read(entries))
    return features(rows), total(rows)


# Boq's ledger: four numbers for every harvest.
ledger = torch.tensor([0, 201, 40, 4, 2, 214, 25, 0, 1, 240, 0, 0, 1, 241, 8, 9, 0, 300, 10, 10])
print(read(ledger))
print(reckon(ledger))
