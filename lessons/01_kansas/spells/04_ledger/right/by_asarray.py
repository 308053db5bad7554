import torch


def carry_in(figures, device):
    return torch.asarray(figures, dtype=torch.float32, device=torch.device(device))
