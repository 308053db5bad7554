import torch


def carry_in(figures, device):
    figures = torch.as_tensor(figures)
    return figures.to(device, torch.float32)
