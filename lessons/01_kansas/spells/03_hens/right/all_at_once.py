# one draw of seven rows; a tensor of seven rows is a sequence of seven tensors
import torch


def week(seed):
    return list(torch.randint(0, 5, (7, 3), generator=torch.Generator().manual_seed(seed)))
