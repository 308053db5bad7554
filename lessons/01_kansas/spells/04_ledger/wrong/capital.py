# mistake: capital-tensor
import torch


def carry_in(figures, device):
    return torch.Tensor(figures).to(device)
