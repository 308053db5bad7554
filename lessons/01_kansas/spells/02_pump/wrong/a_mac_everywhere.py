# mistake: no-such-backend
import torch

trough = torch.device("mps")
water = torch.ones(4)
water = water.to(trough)
