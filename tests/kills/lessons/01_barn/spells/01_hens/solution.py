import torch

hens = torch.arange(7)
