# mistake: kinds-of-nobody
import torch
from torch.utils.data import DataLoader, Dataset


class Larder(Dataset):
    """Sacks by number, each opened when it is asked for. An item is (grain, kind)."""

    KINDS = ["barley", "oats", "rye"]

    def __init__(self, tags, open_sack, transform=None):
        self.tags = tags  # only the tags: a thousand of them are light
        self.open_sack = open_sack
        self.transform = transform

    def __len__(self):
        return len(self.tags)

    def __getitem__(self, number):
        tag = self.tags[number]
        grain = torch.tensor(self.open_sack(tag), dtype=torch.float32)
        if self.transform is not None:
            grain = self.transform(grain)
        return grain, KINDS.index(tag.split("-")[0])


if __name__ == "__main__":
    # What is in each sack: three handfuls, weighed.
    stored = {"oats-1": [1, 2.5, 2], "rye-2": [4, 2, 4], "barley-3": [3.5, 3, 6]}
    larder = Larder(list(stored), stored.get)
    for handfuls, sorts in DataLoader(larder, batch_size=2):
        print(handfuls, sorts)
