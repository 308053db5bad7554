import torch


def turned(field):
    return field.t()


def walk(field):
    return field.mT.flatten()


def paces(field):
    to_row, to_post = field.stride()
    return (to_row, to_post)


def inner(field):
    rows, columns = field.shape
    return field.narrow(0, min(rows, 1), max(rows - 2, 0)).narrow(
        1, min(columns, 1), max(columns - 2, 0)
    )
