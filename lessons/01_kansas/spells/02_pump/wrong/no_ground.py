# mistake: none-there
import torch

trough = torch.accelerator.current_accelerator(check_available=True)
water = torch.ones(4).to(trough)
