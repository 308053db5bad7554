# mistake: past-the-end
from functools import partial
from itertools import islice

import torch
from torch.utils.data import DataLoader, Dataset, IterableDataset, get_worker_info


class Rounds(Dataset):
    """What was put out for the mice, house after house, by the number of the house.

    `houses`: from the number of a house to a tensor, or to `None` where nothing was put out.
    """

    def __init__(self, houses):
        self.houses = houses
        # A loader asks for 0, 1, 2 …: which house that is has to be written down somewhere.
        self.numbers = sorted(n for n, grains in houses.items() if grains is not None)

    def __len__(self):
        return len(self.houses)

    def __getitem__(self, place):
        return self.houses[self.numbers[place]]


class Chute(IterableDataset):
    """What comes down a chute, in order. `open_chute()` gives an iterator; it may never end."""

    def __init__(self, open_chute):
        self.open_chute = open_chute

    def __iter__(self):
        worker = get_worker_info()
        first, step = (0, 1) if worker is None else (worker.id, worker.num_workers)
        # Every worker has a copy of the chute and sees all of it; each takes its own grains.
        return islice(self.open_chute(), first, None, step)


# A file that starts workers is guarded: where they are spawned, each of them reads it.
if __name__ == "__main__":
    bread, oats, rind = torch.tensor([[1.0, 2.0], [5.0, 0.5], [2.0, 2.0]])
    houses = {9: bread, 4: None, 3: oats, 12: rind}
    for part in DataLoader(Rounds(houses), batch_size=2, num_workers=2):
        print("put out:", part.tolist())
    for part in DataLoader(Chute(partial(range, 7)), batch_size=4, num_workers=2):
        print("down the chute:", part.tolist())
