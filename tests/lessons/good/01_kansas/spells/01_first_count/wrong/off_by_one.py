# mistake: off-by-one
import torch

hens = torch.arange(1, 7)
