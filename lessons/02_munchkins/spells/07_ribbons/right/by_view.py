import torch


def braid(ribbons):
    return torch.vstack(list(ribbons))


def follow(first, second):
    return torch.vstack([first, second])


def beside(left, right):
    return torch.hstack([left, right])


def untie(dance):
    return dance.squeeze(2)


def alone(ribbon):
    return ribbon.view(1, -1) if ribbon.numel() else ribbon.unsqueeze(-2)
