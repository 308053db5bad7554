import torch
import torch.nn as nn


class LinearRegression:
    def closed_form(self, X, y):
        A = torch.cat([X, torch.ones(X.shape[0], 1)], 1)
        sol = torch.linalg.lstsq(A, y.unsqueeze(1), driver="gelsd").solution.squeeze(1)
        return sol[:-1], sol[-1]

    def gradient_descent(self, X, y, lr=0.01, steps=1000):
        w = torch.zeros(X.shape[1])
        b = torch.tensor(0.0)
        n = X.shape[0]
        for _ in range(steps):
            err = (X * w).sum(1) + b - y
            w -= lr * (2 / n) * X.T.mv(err)
            b -= lr * (2 / n) * err.sum()
        return w, b

    def nn_linear(self, X, y, lr=0.01, steps=1000):
        model = nn.Linear(X.shape[1], 1)
        opt = torch.optim.SGD(model.parameters(), lr)
        loss_fn = nn.MSELoss()
        for _ in range(steps):
            opt.zero_grad()
            loss = loss_fn(model(X).squeeze(-1), y)
            loss.backward()
            opt.step()
        return model.weight.data.squeeze(0), model.bias.data.squeeze(0)
