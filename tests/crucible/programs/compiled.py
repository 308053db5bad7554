"""A model trained through torch.compile gives what it gives without."""

import copy

import torch
from torch import nn

torch.manual_seed(0)
plain = nn.Sequential(nn.Linear(8, 16), nn.GELU(), nn.Linear(16, 1))
twin = copy.deepcopy(plain)
compiled = torch.compile(twin)
x, y = torch.randn(32, 8), torch.randn(32, 1)
for model in (plain, compiled):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(20):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
    print(loss.item())
torch.testing.assert_close(plain(x), compiled(x), rtol=1e-3, atol=1e-4)


@torch.compile
def whole_step(weight, data):
    loss = (data @ weight).square().mean()
    loss.backward()
    return loss.detach()


weight = torch.ones(8, requires_grad=True)
value = whole_step(weight, x)
assert weight.grad is not None
assert value > 0

twin = nn.Linear(8, 1)
optimizer = torch.optim.SGD(twin.parameters(), lr=0.1)


@torch.compile
def train_step(x, y):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(twin(x), y)
    loss.backward()
    optimizer.step()
    return loss.detach()


first = twin.weight.detach().clone()
for _ in range(5):
    train_step(x, y)
assert not torch.equal(first, twin.weight)
print("done")
