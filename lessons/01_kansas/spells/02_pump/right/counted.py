import torch

if torch.accelerator.device_count() > 0:
    trough = torch.accelerator.current_accelerator()
else:
    trough = torch.device("cpu")
with torch.device(trough):
    water = torch.ones(4)
print(water)
