# TODO: what the player is given. It runs, and fails for an interesting reason.
import torch

row = torch.arange(6)
