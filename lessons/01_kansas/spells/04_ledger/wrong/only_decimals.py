# mistake: twice-as-wide
import torch


def carry_in(figures, device):
    figures = torch.as_tensor(figures)
    if not figures.is_floating_point():
        figures = figures.to(torch.float32)
    return figures.to(device)
