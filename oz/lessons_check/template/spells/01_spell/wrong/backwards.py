# mistake: backwards
import torch

row = torch.arange(6, -1, -1)
