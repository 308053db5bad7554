# mistake: by-name
import torch

if torch.cuda.is_available():
    trough = torch.device("cuda")
elif torch.backends.mps.is_available():
    trough = torch.device("mps")
else:
    trough = torch.device("cpu")
water = torch.ones(4).to(trough)
