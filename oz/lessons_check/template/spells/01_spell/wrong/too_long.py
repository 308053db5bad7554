# mistake: too-long
import torch

row = torch.arange(8)
