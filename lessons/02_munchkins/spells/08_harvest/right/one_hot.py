import torch
import torch.nn.functional as F


def read(entries):
    return entries.reshape(-1, 4)


def sensible(rows):
    bad = (rows[:, 2] == 0) | (rows[:, 3] > rows[:, 2])
    return rows[~bad]


def sound(rows):
    good = rows[:, 2] - rows[:, 3]
    return torch.div(good, rows[:, 2]).float()


def features(rows):
    hot = F.one_hot(rows[:, 0].long(), num_classes=3).float()
    rest = torch.zeros(len(rows), 3)
    rest[:, 0] = rows[:, 1] / 365
    rest[:, 1] = rows[:, 2]
    rest[:, 2] = sound(rows)
    return torch.hstack([hot, rest])


def weeks(daily):
    over = len(daily) % 7
    return daily[: len(daily) - over].view(-1, 7)


def total(rows):
    return int((rows[:, 2].to(torch.int64) - rows[:, 3].to(torch.int64)).sum())


def reckon(entries):
    rows = sensible(read(entries))
    return [features(rows), total(rows)]
