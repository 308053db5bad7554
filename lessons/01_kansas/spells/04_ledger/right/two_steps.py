import torch


def carry_in(figures, device):
    if not isinstance(figures, torch.Tensor):
        figures = torch.tensor(figures)
    figures = figures.float()
    figures = figures.to(device=device)
    return figures
