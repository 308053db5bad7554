# mistake: not-kept
import torch

trough = torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")
water = torch.ones(4)
water.to(trough)
