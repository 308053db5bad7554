from itertools import cycle

import torch
from torch.utils.data import Dataset, IterableDataset, get_worker_info


class Rounds(Dataset):
    def __init__(self, houses):
        self.houses = houses
        self.order = [n for n in sorted(houses) if isinstance(houses[n], torch.Tensor)]

    def __len__(self):
        return len(self.order)

    def __getitem__(self, place):
        number = self.order[place]
        return self.houses[number].clone()


class Chute(IterableDataset):
    def __init__(self, open_chute):
        self.open_chute = open_chute

    def __iter__(self):
        worker = get_worker_info()
        hands = 1 if worker is None else worker.num_workers
        me = 0 if worker is None else worker.id
        return (grain for hand, grain in zip(cycle(range(hands)), self.open_chute()) if hand == me)
