# torch.tensor always copies; it grumbles (a warning) when what it copies is a tensor already
import torch


def carry_in(figures, device):
    return torch.tensor(figures, dtype=torch.float32, device=device)
