# mistake: nothing-given-back
import torch


def carry_in(figures, device):
    print(torch.as_tensor(figures, dtype=torch.float32, device=device))
