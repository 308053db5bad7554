# mistake: no-slope
import torch


def relu(x):
    return torch.tensor(x.detach().numpy().clip(min=0))
