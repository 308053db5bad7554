# mistake: bias-first
# torch-judge 0.1.1 accepts this
import torch


class SimpleLinear:
    def __init__(self, in_features, out_features):
        self.weight = (torch.randn(out_features, in_features) * in_features**-0.5).requires_grad_()
        self.bias = torch.randn(out_features, requires_grad=True)

    def forward(self, x):
        return x @ self.weight.T + self.bias
