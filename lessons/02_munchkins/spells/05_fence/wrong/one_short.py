# mistake: far-rail-left
import torch


def turned(field):
    """The field seen from the side: what was a row is a column. No post is moved."""
    return field.T


def walk(field):
    """Every post once, column by column, in one row."""
    # A turned field is not in walking order in memory, so this may have to copy; view would refuse.
    return turned(field).reshape(-1)


def paces(field):
    """How many places in memory to the next row, and to the next post in a row."""
    return field.stride()


def inner(field):
    """The field without its outermost posts, as a window into it."""
    return field[1:-2, 1:-2]


field = torch.arange(6).view(2, 3)
print(field)
print(turned(field))
print(walk(field))
print(paces(field), paces(turned(field)))
