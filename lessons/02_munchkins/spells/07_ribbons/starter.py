import torch


def braid(ribbons):
    """One row for each ribbon: (how many, beats)."""
    return torch.cat(ribbons)


def follow(first, second):
    """One dance after the other: the rows of the first, then the rows of the second."""
    return torch.stack([first, second])


def beside(left, right):
    """Two dances side by side: every row of the left goes on into that of the right."""
    return torch.cat([left, right])


def untie(dance):
    """Takes the empty last axis away: (dancers, beats, 1) becomes (dancers, beats)."""
    return dance.squeeze()


def alone(ribbon):
    """The dance of a single dancer: (beats,) becomes (1, beats)."""
    return ribbon.squeeze(0)


ribbons = [torch.zeros(8), torch.ones(8), torch.zeros(8), torch.ones(8), torch.zeros(8)]
print("five ribbons: ", braid(ribbons).shape)
dance = torch.zeros(5, 8)
print("then a second:", follow(dance, dance).shape)
print("Thursday:     ", untie(torch.zeros(5, 8, 1)).shape)
print("Wednesday:    ", untie(torch.zeros(1, 8, 1)).shape)
