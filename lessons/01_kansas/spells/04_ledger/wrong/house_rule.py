# mistake: changes-the-house
import torch


def carry_in(figures, device):
    torch.set_default_dtype(torch.float64)
    return torch.as_tensor(figures, dtype=torch.float32, device=device)
