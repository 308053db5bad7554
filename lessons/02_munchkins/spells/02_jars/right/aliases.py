import torch

filled = [4, 13]
halves = [3.5, -3.5]
whole = [3, -4]
cut = [2, -2]
mixed = torch.long
half_more = torch.float
