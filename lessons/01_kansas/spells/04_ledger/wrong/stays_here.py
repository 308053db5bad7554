# mistake: not-sent
import torch


def carry_in(figures, device):
    return torch.as_tensor(figures, dtype=torch.float32)
