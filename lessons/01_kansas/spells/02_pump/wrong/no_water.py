# mistake: no-water
import torch

trough = torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")
water = torch.zeros(4).to(trough)
