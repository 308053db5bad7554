import torch
from torch.utils.data import Dataset, IterableDataset


class Rounds(Dataset):
    def __init__(self, houses):
        self.houses = {}
        for n in sorted(houses):
            if houses[n] is not None:
                self.houses[len(self.houses)] = houses[n]

    def __len__(self):
        return len(self.houses)

    def __getitem__(self, place):
        return self.houses[place]


class Chute(IterableDataset):
    def __init__(self, open_chute):
        self.open_chute = open_chute

    def __iter__(self):
        info = torch.utils.data.get_worker_info()
        mine, hands = (info.id, info.num_workers) if info else (0, 1)
        chute = iter(self.open_chute())
        turn = 0
        while True:
            try:
                grain = next(chute)
            except StopIteration:
                return
            if turn == mine:
                yield grain
            turn = (turn + 1) % hands
