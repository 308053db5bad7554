# mistake: numpy-copy
import torch


def brighter(bricks, by):
    """New bricks, brighter by so much. Those handed in stay as they are."""
    return bricks + by


def coat(bricks, paint):
    """Paints the bricks themselves: each times paint. Gives the same bricks back."""
    return bricks.mul_(paint)


def thinned(counts):
    """Half of each, as floats. The counts stay as they are."""
    return counts / 2  # a new tensor: in place a whole one would have to stay whole


def courses(brick, n):
    """A table of n rows: the row of bricks, row i brighter by i. Can be painted on."""
    # Not in place: the sum has numbers of its own, an expanded row has not.
    return brick + torch.arange(n)[:, None]


def from_first(bricks):
    """Every row measured from the first, in place. Gives the same bricks back."""
    bricks -= bricks[0].clone()  # the measure must not be painted over
    return bricks


def before_and_after(bricks):
    """The bricks as they were, and the same bricks with 1 added in place."""
    before = bricks.copy()
    bricks += 1
    return before, bricks


mine = torch.tensor([1.0, 2.0])
yours = brighter(mine, 5.0)
print("yours:", yours, " mine:", mine)
coat(mine, 2.0)
print("after a coat:", mine)
before, after = before_and_after(mine)
print("before:", before, " after:", after)
print(thinned(torch.tensor([1, 2, 3])))
print(courses(torch.tensor([0, 10]), 3))
print(from_first(torch.tensor([[1.0, 2.0], [4.0, 6.0]])))
