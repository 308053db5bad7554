import torch


def turned(field):
    """The field seen from the side: what was a row is a column. No post is moved."""
    rows, columns = field.shape
    return field.view(columns, rows)


def walk(field):
    """Every post once, column by column, in one row."""
    return turned(field).view(-1)


def paces(field):
    """How many places in memory to the next row, and to the next post in a row."""
    rows, columns = field.shape
    return (columns, 1)


def inner(field):
    """The field without its outermost posts, as a window into it."""
    return field[1:-2, 1:-2]


field = torch.arange(6).view(2, 3)
print(field)
print(turned(field))
print(walk(field))
