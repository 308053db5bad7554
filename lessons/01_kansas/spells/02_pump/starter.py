# The salesman's programme, as delivered.
import torch

trough = torch.device("cuda")

water = torch.ones(4)
water.to(trough)

print("the trough is on", trough, "and the water is on", water.device)
