import torch
from torch.utils.data import Dataset


class Larder(Dataset):
    KINDS = {"barley": 0, "oats": 1, "rye": 2}

    def __init__(self, tags, open_sack, transform=None):
        super().__init__()
        self.n = len(tags)
        self.tag_of = dict(enumerate(tags))
        self.open_sack, self.transform = open_sack, transform

    def __len__(self):
        return self.n

    def __getitem__(self, number):
        if not 0 <= number < self.n:
            raise IndexError(number)
        name = self.tag_of[number]
        grain = torch.FloatTensor([float(g) for g in self.open_sack(name)])
        if self.transform:
            grain = self.transform(grain)
        return [grain, self.KINDS[name.split("-", 1)[0]]]
