import torch
from torch import nn

lion = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
print(tuple(lion[0].weight.shape))  # foreleg
print(len(list(lion.parameters())))  # parts
print(sum(part.numel() for part in lion.parameters()))  # numbers

pebbles = torch.rand(5, 64)
told = torch.tensor([3, 1, 4, 1, 5])
print(tuple(lion(pebbles).shape))  # says

blank = torch.zeros(5, 10)
print(round(nn.functional.cross_entropy(blank, told).item(), 2))  # ignorance

loss = nn.functional.cross_entropy(lion(pebbles), told)
loss.backward()
lion.zero_grad()
print(lion[0].weight.grad is None)  # cleared

fern = nn.Dropout(0.5)
print(fern(torch.ones(1000)).max().item())  # fern
fern.eval()
print(fern(torch.ones(1000)).max().item())  # untied
