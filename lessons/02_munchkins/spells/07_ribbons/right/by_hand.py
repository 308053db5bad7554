import torch


def braid(ribbons):
    rows = torch.zeros(len(ribbons), len(ribbons[0]), dtype=ribbons[0].dtype)
    for number, ribbon in enumerate(ribbons):
        rows[number] = ribbon
    return rows


def follow(first, second):
    return torch.cat((first, second), dim=-2)


def beside(left, right):
    return torch.concatenate([left, right], axis=-1)


def untie(dance):
    dancers, beats, _ = dance.shape
    return dance.select(2, 0)


def alone(ribbon):
    return ribbon.expand(1, len(ribbon))
