# mistake: transformed-once
import torch
from torch.utils.data import DataLoader, Dataset


class Larder(Dataset):
    """Sacks by number, each opened when it is asked for. An item is (grain, kind)."""

    KINDS = ["barley", "oats", "rye"]

    def __init__(self, tags, open_sack, transform=None):
        self.tags = tags  # only the tags: a thousand of them are light
        self.open_sack = open_sack
        self.transform = transform
        self.seen = {}

    def __len__(self):
        return len(self.tags)

    def __getitem__(self, number):
        if number in self.seen:
            return self.seen[number]
        tag = self.tags[number]
        grain = torch.tensor(self.open_sack(tag), dtype=torch.float32)
        if self.transform is not None:
            grain = self.transform(grain)
        self.seen[number] = grain, self.KINDS.index(tag.split("-")[0])
        return self.seen[number]


def open_sack(tag):
    """What is in a sack: three handfuls, weighed."""
    number = int(tag.split("-")[1])
    return [number, number + 0.5, 2 * number]


if __name__ == "__main__":
    larder = Larder(["oats-1", "rye-2", "barley-3", "oats-4"], open_sack)
    for grain, kind in DataLoader(larder, batch_size=2):
        print(grain, kind)
