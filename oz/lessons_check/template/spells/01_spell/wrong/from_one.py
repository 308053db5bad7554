# mistake: from-one
import torch

row = torch.arange(1, 8)
