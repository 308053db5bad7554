# the water is made where it is wanted, and nothing has to move
import torch

trough = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else "cpu"
water = torch.ones(4, device=trough)
