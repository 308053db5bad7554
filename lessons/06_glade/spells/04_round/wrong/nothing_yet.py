# mistake: nothing-yet
import torch
from torch import nn


def fit(model, optimizer, x, y, epochs, batch):
    """Go round `epochs` times: rows `x`, right answers `y`, in batches of `batch`, in order.

    The loss is the cross-entropy of the model's logits. Gives the loss of every step, from before
    it was taken, as plain numbers.
    """
    losses = []
    model.train()
    for _ in range(epochs):
        for rows, told in zip(x.split(batch), y.split(batch)):
            pass
    return losses


# Two heaps of acorns, and a lion to tell them apart.
torch.manual_seed(6)
y = torch.arange(300) % 2
x = torch.randn(300, 2) + 2.0 * y.unsqueeze(1)
model = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
losses = fit(model, optimizer, x, y, epochs=10, batch=32)
print(len(losses), "steps:", [round(loss, 2) for loss in losses[::20]])
