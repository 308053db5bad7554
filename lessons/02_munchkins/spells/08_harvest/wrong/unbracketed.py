# mistake: ambiguous
import torch

FIELDS = 3


def read(entries):
    """The flat line of entries as a table: field, day, baskets, rotten. A view."""
    return entries.view(-1, 4)


def sensible(rows):
    """The rows with at least one basket and not more rotten than there are."""
    baskets, rotten = rows[:, 2], rows[:, 3]
    return rows[baskets > 0 & rotten <= baskets]


def sound(rows):
    """The share of sound baskets in each row, float32."""
    baskets, rotten = rows[:, 2], rows[:, 3]
    return ((baskets - rotten) / baskets).to(torch.float32)


def features(rows):
    """Six columns, float32: the field (three columns), day / 365, baskets, sound share."""
    # An index is int64 (or int32): uint8 would count as a mask, and floats are refused.
    field = torch.eye(FIELDS)[rows[:, 0].to(torch.int64)]
    day = rows[:, 1].to(torch.float32) / 365
    baskets = rows[:, 2].to(torch.float32)
    return torch.cat([field, torch.stack([day, baskets, sound(rows)], dim=1)], dim=1)


def weeks(daily):
    """A line of days in rows of seven; the last days, if not a whole week, left out. A view."""
    whole = len(daily) // 7 * 7
    return daily[:whole].view(-1, 7)


def total(rows):
    """How many sound baskets in all: a plain int."""
    return int((rows[:, 2] - rows[:, 3]).sum().item())


def reckon(entries):
    """Features and total of the sensible rows of a ledger."""
    rows = sensible(read(entries))
    return features(rows), total(rows)


# Boq's ledger: four numbers for every harvest.
ledger = torch.tensor([0, 201, 40, 4, 2, 214, 25, 0, 1, 240, 0, 0, 1, 241, 8, 9, 0, 300, 10, 10])
print(read(ledger))
print(reckon(ledger))
print(weeks(torch.arange(16)))
