# mistake: whole-numbers-stay-whole
import torch


def carry_in(figures, device):
    return torch.as_tensor(figures, device=device)
