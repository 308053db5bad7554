import torch
from torch.utils.data import Dataset, IterableDataset, get_worker_info


class Rounds(Dataset):
    def __init__(self, houses):
        self.rows = [
            grains
            for _, grains in sorted(houses.items(), key=lambda house: house[0])
            if grains is not None
        ]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, place):
        return self.rows[place]


class Chute(IterableDataset):
    def __init__(self, open_chute):
        super().__init__()
        self.open_chute = open_chute

    def __iter__(self):
        info = get_worker_info()
        for number, grain in enumerate(self.open_chute()):
            if info is None or number % info.num_workers == info.id:
                yield grain
