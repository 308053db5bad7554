# mistake: too-long
import torch

hens = torch.arange(8)
