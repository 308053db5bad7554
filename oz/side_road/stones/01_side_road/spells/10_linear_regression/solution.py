import torch
from torch import nn


class LinearRegression:
    """A line through points, in three ways. Each gives `(w, b)`, shapes `(d,)` and `()`."""

    def closed_form(self, X, y):
        """The least squares at once."""
        ones = torch.ones(len(X), 1, dtype=X.dtype)
        # pinv, for columns that say the same: lstsq's default driver wants them all different
        found = torch.linalg.pinv(torch.cat([X, ones], dim=1)) @ y
        return found[:-1], found[-1]

    def gradient_descent(self, X, y, lr=0.01, steps=1000):
        """`steps` steps of length `lr` from 0, by gradients worked out by hand."""
        w, b = torch.zeros(X.shape[1], dtype=X.dtype), torch.zeros((), dtype=X.dtype)
        for _ in range(steps):
            off = X @ w + b - y
            w = w - lr * 2 * (X.T @ off) / len(X)
            b = b - lr * 2 * off.mean()
        return w, b

    def nn_linear(self, X, y, lr=0.01, steps=1000):
        """The same walk, by a layer, a loss and an optimizer."""
        layer = nn.Linear(X.shape[1], 1, dtype=X.dtype)
        optimizer = torch.optim.SGD(layer.parameters(), lr=lr)
        for _ in range(steps):
            optimizer.zero_grad()
            nn.functional.mse_loss(layer(X)[:, 0], y).backward()
            optimizer.step()
        return layer.weight.detach()[0], layer.bias.detach()[0]
