import torch
from torch import nn

road = nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.Linear(4, 3))
broken = nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.Linear(5, 3))
seen = []


def note(module, args, output):
    seen.append((type(module).__name__, tuple(args[0].shape), tuple(output.shape)))


handles = [layer.register_forward_hook(note) for net in (road, broken) for layer in net]
feet = torch.ones(5, 6)

road(feet)
print(len(seen))  # many
print(seen[0])  # first

seen.clear()
road[0].forward(feet)
print(len(seen))  # by_forward

try:
    broken(feet)
except RuntimeError:
    print(len(seen))  # before_the_crash

swept = road[1].register_forward_hook(lambda module, args, output: output * 0)
print(torch.equal(road(feet)[0], road[2].bias))  # swept

for handle in [*handles, swept]:
    handle.remove()
seen.clear()
road(feet)
print(len(seen))  # after_remove

paw = torch.tensor(2.0, requires_grad=True)
leg = 3 * paw
leg.register_hook(lambda grad: print(grad.item()))  # passing
(leg**2).backward()
