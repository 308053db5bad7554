import copy

import torch
from torch import nn


def mould():
    """An empty princess: a linear layer, a batch norm, a dropout, a linear layer."""
    return nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Dropout(0.5), nn.Linear(3, 1))


princess = mould()
print(len(princess.state_dict()))  # parts

with torch.no_grad():
    princess[3].bias.fill_(1.0)  # Tuesday
glass = princess.state_dict()
portrait = copy.deepcopy(princess.state_dict())
torch.save(princess.state_dict(), "princess.pt")

with torch.no_grad():
    princess[3].bias += 4.0  # Friday: what every step of an optimizer does
print(glass["3.bias"].item())  # in_glass
print(portrait["3.bias"].item())  # in_portrait
print(torch.load("princess.pt", weights_only=True)["3.bias"].item())  # in_file

princess.load_state_dict(portrait)
print(glass["3.bias"].item())  # in_glass_again

princess.eval()
other = mould()
answer = other.load_state_dict(princess.state_dict())
print(torch.equal(other[0].weight, princess[0].weight))  # alike
print(isinstance(answer, nn.Module))  # answer
print(other.training)  # training
