# The salesman's programme, mended.
import torch

# Ask the machine what it has. is_available() comes first: a PyTorch that was built for CUDA names
# "cuda" as its accelerator even where there is no card.
if torch.accelerator.is_available():
    trough = torch.accelerator.current_accelerator()
else:
    trough = torch.device("cpu")

water = torch.ones(4)
water = water.to(trough)  # .to gives back a new tensor; the old one stays where it was

print("the trough is on", trough, "and the water is on", water.device)
