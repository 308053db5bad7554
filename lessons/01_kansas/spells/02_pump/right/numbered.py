import torch
trough = torch.device("cpu", 0)
if torch.accelerator.is_available():
    trough = torch.device(torch.accelerator.current_accelerator().type, 0)
water = torch.full((4,), 1.0).to(trough)
