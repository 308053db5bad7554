import torch

print(0.1 + 0.2 == 0.3)
print(torch.tensor(0.1) + torch.tensor(0.2) == torch.tensor(0.3))
