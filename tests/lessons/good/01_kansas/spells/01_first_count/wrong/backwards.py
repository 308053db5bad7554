# mistake: backwards
import torch

hens = torch.tensor([6, 5, 4, 3, 2, 1, 0])
