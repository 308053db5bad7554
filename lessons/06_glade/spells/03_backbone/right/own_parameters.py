import torch
from torch import nn


class Backbone(nn.Module):
    """Layers of the given sizes, one after the other, with a relu between every two of them.

    Backbone([64, 32, 16, 10]) takes rows of 64 and gives rows of 10, through two bends.
    """

    def __init__(self, sizes):
        super().__init__()
        pairs = list(zip(sizes, sizes[1:]))
        self.weights = nn.ParameterList(nn.Parameter(torch.randn(b, a) / a**0.5) for a, b in pairs)
        self.biases = nn.ParameterList(nn.Parameter(torch.zeros(b)) for _, b in pairs)

    def forward(self, x):
        for place, (weight, bias) in enumerate(zip(self.weights, self.biases)):
            x = nn.functional.linear(x if place == 0 else x.relu(), weight, bias)
        return x


torch.manual_seed(6)
spine = Backbone([64, 32, 16, 10])
optimizer = torch.optim.SGD(spine.parameters(), lr=0.1)
rows, told = torch.rand(40, 64), torch.randint(0, 10, (40,))
for turn in range(3):
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(spine(rows), told)
    loss.backward()
    optimizer.step()
    print("turn", turn, "- loss", round(loss.item(), 4))
