# mistake: always-cpu
import torch

trough = torch.device("cpu")
water = torch.ones(4)
water = water.to(trough)
