# mistake: no-driver
import torch

trough = torch.accelerator.current_accelerator() or torch.device("cpu")
water = torch.ones(4).to(trough)
