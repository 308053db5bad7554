import torch


def turned(field):
    return field.permute(1, 0)


def walk(field):
    return torch.cat([field[:, column] for column in range(field.shape[1])])


def paces(field):
    return list(field.stride())


def inner(field):
    return field[1:-1][:, 1:-1]
