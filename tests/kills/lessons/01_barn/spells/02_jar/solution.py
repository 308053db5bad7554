import torch

torch.save(torch.rand(500, 500), "jar.pt")
