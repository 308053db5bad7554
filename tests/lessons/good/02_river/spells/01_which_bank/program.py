import torch

print(tuple(torch.arange(6).reshape(2, 3).shape))
