import torch
from torch.utils.data import DataLoader, Dataset


class Larder(Dataset):
    """Sacks by number, each opened when it is asked for. An item is (grain, kind)."""

    KINDS = ["barley", "oats", "rye"]

    def __init__(self, tags, open_sack, transform=None):
        # The clerk's way: all of them open, side by side, so that they can be counted.
        self.sacks = [open_sack(tag) for tag in tags]

    def __len__(self):
        return len(self.sacks)

    # Here somebody should hand out sack number so-and-so.


def open_sack(tag):
    """What is in a sack: three handfuls, weighed."""
    number = int(tag.split("-")[1])
    return [number, number + 0.5, 2 * number]


if __name__ == "__main__":
    larder = Larder(["oats-1", "rye-2", "barley-3", "oats-4"], open_sack)
    print(len(larder), "sacks")
    # for grain, kind in DataLoader(larder, batch_size=2):
    #     print(grain, kind)
