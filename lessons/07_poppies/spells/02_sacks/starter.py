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


if __name__ == "__main__":
    # What is in each sack: three handfuls, weighed.
    stored = {"oats-1": [1, 2.5, 2], "rye-2": [4, 2, 4], "barley-3": [3.5, 3, 6]}
    larder = Larder(list(stored), stored.get)
    print(len(larder), "sacks")
    # for handfuls, sorts in DataLoader(larder, batch_size=2):
    #     print(handfuls, sorts)
