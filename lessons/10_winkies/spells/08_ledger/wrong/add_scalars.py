# mistake: curves-for-columns
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.tensorboard import SummaryWriter


def norms(net):
    """How long the gradient of each parameter of `net` is, by its name; those without a gradient are left out."""
    return {name: p.grad.norm().item() for name, p in net.named_parameters() if p.grad is not None}


def layers(net, x):
    """What each module of `net` that has no modules in it gives when `net(x)` is called: by its name the mean, the
    standard deviation, and the share of noughts among all it gave, three numbers."""
    found = {}

    def listen(name):
        def note(module, args, output):
            noughts = (output == 0).float().mean()
            found[name] = (output.mean().item(), output.std().item(), noughts.item())

        return note

    handles = [
        module.register_forward_hook(listen(name))
        for name, module in net.named_modules()
        if not list(module.children())
    ]
    try:
        with torch.no_grad():
            net(x)
    finally:
        for handle in handles:
            handle.remove()
    return found


def keep_book(net, optimizer, batches, writer):
    """Trains `net`, a step for each batch. At step 0, 1, 2, … writes into `writer` the scalar `loss`, and the norm of
    every gradient as `grad/NAME`, from before the step."""
    for step, (x, y) in enumerate(batches):
        loss = F.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        writer.add_scalar("loss", loss.item(), step)
        writer.add_scalars("grad", norms(net), step)
        optimizer.step()


dead = "5"  # the layer of the net below that gives nothing but noughts, whatever comes in

torch.manual_seed(0)
net = nn.Sequential(
    nn.Linear(16, 32),
    nn.ReLU(),
    nn.Linear(32, 32),
    nn.ReLU(),
    nn.Linear(32, 32),
    nn.ReLU(),
    nn.Linear(32, 4),
)
with torch.no_grad():
    net[2].bias.fill_(1.0)
    net[4].bias.fill_(-9.0)
for name, (middle, spread, share) in layers(net, torch.randn(200, 16)).items():
    print(f"{name:>3}  mean {middle:8.3f}  std {spread:6.3f}  noughts {share:.2f}")

batches = [(torch.randn(32, 16), torch.randint(4, (32,))) for _ in range(60)]
with SummaryWriter() as writer:
    keep_book(net, torch.optim.SGD(net.parameters(), lr=0.1), batches, writer)
