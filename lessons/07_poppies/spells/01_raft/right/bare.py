import torch

trips = 3
last = torch.Size([2, 3])
across = 8
alone = torch.Size([1, 3])
mixed = True
kind = torch.float64
named = "list"
