import numpy as np
import torch


def carry_in(figures, device):
    if isinstance(figures, torch.Tensor):
        return figures.to(device=device, dtype=torch.float32)
    return torch.from_numpy(np.array(figures, dtype=np.float32)).to(device)
