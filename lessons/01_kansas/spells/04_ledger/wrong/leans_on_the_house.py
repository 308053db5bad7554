# mistake: leans-on-the-house
import torch


def carry_in(figures, device):
    return torch.as_tensor(figures, device=device).to(torch.get_default_dtype())
