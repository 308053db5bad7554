import torch

row = torch.tensor([0, 1, 2, 3, 4, 5, 6])  # TODO: right answers of other idioms, three or more
