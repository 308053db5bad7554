import torch


def turned(field):
    return torch.transpose(field, 0, 1)


def walk(field):
    return turned(field).contiguous().view(-1)


def paces(field):
    return field.stride(0), field.stride(1)


def inner(field):
    rows, columns = field.shape
    return field[1 : max(rows - 1, 0), 1 : max(columns - 1, 0)]
