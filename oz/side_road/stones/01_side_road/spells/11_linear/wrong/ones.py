# mistake: all-alike
# torch-judge 0.1.1 accepts this
import torch


class SimpleLinear:
    def __init__(self, in_features, out_features):
        self.weight = torch.ones(out_features, in_features, requires_grad=True)
        self.bias = torch.zeros(out_features, requires_grad=True)

    def forward(self, x):
        return x @ self.weight.T + self.bias
