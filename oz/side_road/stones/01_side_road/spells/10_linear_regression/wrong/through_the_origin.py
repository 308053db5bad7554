# mistake: no-bias
import torch
from torch import nn


class LinearRegression:
    def closed_form(self, X, y):
        return torch.linalg.pinv(X) @ y, torch.tensor(0.0)

    def gradient_descent(self, X, y, lr=0.01, steps=1000):
        w = torch.zeros(X.shape[1])
        for _ in range(steps):
            w = w - 2 * lr * X.T @ (X @ w - y) / len(X)
        return w, torch.tensor(0.0)

    def nn_linear(self, X, y, lr=0.01, steps=1000):
        model = nn.Linear(X.shape[1], 1, bias=False)
        opt = torch.optim.SGD(model.parameters(), lr)
        for _ in range(steps):
            opt.zero_grad()
            nn.functional.mse_loss(model(X)[:, 0], y).backward()
            opt.step()
        return model.weight.detach()[0], torch.tensor(0.0)
