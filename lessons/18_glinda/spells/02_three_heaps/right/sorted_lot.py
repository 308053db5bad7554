import torch
from torch import nn


def heaps(answers, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    order = torch.randperm(len(answers), generator=generator)
    learn, check, sealed = [], [], []
    for kind in range(int(answers.max()) + 1):
        mine = [row for row in order.tolist() if answers[row] == kind]
        n = round(len(mine) / 5)
        sealed += mine[:n]
        check += mine[n : n + n]
        learn += mine[n + n :]
    return torch.tensor(learn), torch.tensor(check), torch.tensor(sealed)


class Level(nn.Module):
    def __init__(self, x):
        super().__init__()
        self.register_buffer("table", torch.stack([x.mean(0), x.std(0, correction=0)]))
        self.table[1, self.table[1] == 0] = 1.0

    def forward(self, x):
        mean, spread = self.table
        return (x - mean) / spread
