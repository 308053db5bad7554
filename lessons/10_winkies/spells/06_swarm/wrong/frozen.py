# mistake: frozen
import gc

import torch
from torch import nn
from torch.nn import functional as F


def buzzing():
    """How many tensors there are, anywhere in this process, that have a graph hanging on them."""
    return sum(
        isinstance(thing, torch.Tensor) and thing.grad_fn is not None for thing in gc.get_objects()
    )


def trained(net, optimizer, batches):
    """One step for each of the batches; the losses, and their mean."""
    losses = []
    total = 0.0
    for x, y in batches:
        loss = F.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        # A number and no tensor: what is kept of a step must not keep the step.
        losses.append(loss.item())
        total += losses[-1]
    return losses, total / len(losses)


def overheard(net, batches):
    """What the first layer of `net` says on the average, for each of the batches."""
    heard = []
    handle = net[0].register_forward_hook(
        lambda module, args, output: heard.append(output.mean().item())
    )
    try:
        with torch.no_grad():
            for x, _ in batches:
                net(x)
    finally:
        handle.remove()
    return heard


def answers(net, batches):
    """What `net` says to all the batches, one under the other."""
    said = []
    net.requires_grad_(False)
    for x, _ in batches:
        said.append(net(x))
    return torch.cat(said)


torch.manual_seed(0)
net = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 3))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
batches = [(torch.randn(8, 6), torch.randint(3, (8,))) for _ in range(20)]
print("before         :", buzzing())
kept = trained(net, optimizer, batches)
print("after training :", buzzing())
heard = overheard(net, batches)
print("after listening:", buzzing(), "and", len(net[0]._forward_hooks), "hooks")
said = answers(net, batches)
print("after asking   :", buzzing())
