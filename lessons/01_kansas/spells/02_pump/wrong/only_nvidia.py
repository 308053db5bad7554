# mistake: by-name
import torch

trough = torch.device("cuda" if torch.cuda.is_available() else "cpu")
water = torch.ones(4)
water = water.to(trough)
