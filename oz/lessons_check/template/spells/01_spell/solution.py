# TODO: the model answer, as the best PyTorch code is written.
import torch

row = torch.arange(7)
