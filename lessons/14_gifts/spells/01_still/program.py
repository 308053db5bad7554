import torch
import torch.nn.functional as F
from torch import nn

slips, drawers = torch.rand(16, 1, 8, 8) + 2, torch.arange(16) % 3


def build():
    body = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten())
    return body, nn.Linear(144, 3)


def step(model, optimizer):
    """One step, as ever; gives how many entries of the state_dict are other than they were."""
    before = {name: entry.clone() for name, entry in model.state_dict().items()}
    loss = F.cross_entropy(model(slips), drawers)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return sum(not torch.equal(before[name], entry) for name, entry in model.state_dict().items())


body, head = build()
model = nn.Sequential(body, head)
print(len(model.state_dict()), "entries")  # 9: weight, bias | weight, bias, mean, var, count | weight, bias

body.requires_grad = False
print(sum(p.requires_grad for p in model.parameters()))  # said

body.requires_grad_(False)
print(sum(p.numel() for p in model.parameters() if p.requires_grad))  # left
print(body(slips).requires_grad)  # thread

optimizer = torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=0.1)
model.train()
print(step(model, optimizer))  # moved
print(body[0].weight.grad)  # grad
model.eval()
print(step(model, optimizer))  # quiet

body, head = build()
model = nn.Sequential(body, head).eval()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=0.1)
F.cross_entropy(model(slips), drawers).backward()
body.requires_grad_(False)  # once a gradient lies there already
before = body[0].weight.clone()
optimizer.step()
print(torch.equal(before, body[0].weight))  # late

wider = nn.Sequential(build()[0], nn.Linear(144, 5))
try:
    print(wider.load_state_dict(model.state_dict(), strict=False))
except Exception as error:
    print(type(error).__name__)  # loose
