import torch
from torch.nn.functional import mse_loss


def ramp(places, slope, start):
    """The height of a straight road at each place: (n, 1) to (n, 1)."""
    return places * slope + start


def miss(guess, heights):
    """The mean squared difference between guess, (n, 1) or (n,), and heights, (n,)."""
    # (n, 1) against (n,) would be each against each.
    return mse_loss(guess.reshape(heights.shape), heights)


def best(places, heights, slopes, start):
    """The slope that misses least: a plain float."""
    misses = torch.stack([miss(ramp(places, slope, start), heights) for slope in slopes])
    return float(slopes[misses.argmin()])


# Eight posts, and the ground: it climbs by half a pace from post to post, from -1.75 on.
places = torch.arange(8.0).view(8, 1)
heights = torch.tensor([-1.75, -1.2, -0.8, -0.25, 0.3, 0.7, 1.25, 1.75])
slopes = torch.tensor([-0.5, -0.25, 0.0, 0.25, 0.5])
print("best slope:", best(places - 3.5, heights, slopes, 0.0))
