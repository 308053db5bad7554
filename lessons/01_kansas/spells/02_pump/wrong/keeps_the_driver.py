# mistake: no-driver
import torch

trough = torch.device("cuda")
water = torch.ones(4)
water = water.to(trough)
