import torch

hens = torch.arange(1)
