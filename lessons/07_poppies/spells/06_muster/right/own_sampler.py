import torch
from torch.utils.data import DataLoader, Sampler


class Fair(Sampler):
    """A kind by lot, then one of that kind by lot."""

    def __init__(self, kinds, seed):
        self.rows = [torch.where(kinds == k)[0] for k in torch.unique(kinds)]
        self.length = len(kinds)
        self.bin = torch.Generator().manual_seed(seed)

    def __len__(self):
        return self.length

    def __iter__(self):
        for k in torch.randint(len(self.rows), (self.length,), generator=self.bin).tolist():
            rows = self.rows[k]
            yield int(rows[torch.randint(len(rows), (), generator=self.bin)])


def muster(people, kinds, seed):
    return DataLoader(people, batch_size=50, sampler=Fair(kinds, seed))
