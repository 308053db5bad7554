# mistake: ignores-steps
import torch
from torch import nn


class LinearRegression:
    def closed_form(self, X, y):
        A = torch.cat([X, torch.ones(len(X), 1)], 1)
        sol = torch.linalg.pinv(A) @ y
        return sol[:-1], sol[-1]

    def gradient_descent(self, X, y, lr=0.01, steps=1000):
        w, b = torch.zeros(X.shape[1]), torch.zeros(())
        for _ in range(100):
            off = X @ w + b - y
            w, b = w - 0.02 * X.T @ off / len(X), b - 0.02 * off.mean()
        return w, b

    def nn_linear(self, X, y, lr=0.01, steps=1000):
        model = nn.Linear(X.shape[1], 1)
        opt = torch.optim.SGD(model.parameters(), lr)
        for _ in range(steps):
            opt.zero_grad()
            nn.functional.mse_loss(model(X)[:, 0], y).backward()
            opt.step()
        return model.weight.detach()[0], model.bias.detach()[0]
