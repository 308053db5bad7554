import torch


def braid(ribbons):
    return torch.cat([ribbon[None] for ribbon in ribbons])


def follow(first, second):
    return torch.concat((first, second))


def beside(left, right):
    return torch.cat([left.T, right.T]).T


def untie(dance):
    return dance[:, :, 0]


def alone(ribbon):
    return ribbon[None, :]
