import torch

traced = (-2.0, -4.0)
coat = "refused"
fitted = 1.0
three = "error"
one = torch.Size([1, 3])
alone = "refused"
counted = "refused"
twice = False
