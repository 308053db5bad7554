# mistake: no-linear
# torch-judge 0.1.1 accepts this
import torch


class LinearRegression:
    def closed_form(self, X, y):
        A = torch.cat([X, torch.ones(len(X), 1)], 1)
        sol = torch.linalg.pinv(A) @ y
        return sol[:-1], sol[-1]

    def gradient_descent(self, X, y, lr=0.01, steps=1000):
        w, b = torch.zeros(X.shape[1]), torch.zeros(())
        for _ in range(steps):
            off = X @ w + b - y
            w, b = w - 2 * lr * X.T @ off / len(X), b - 2 * lr * off.mean()
        return w, b

    def nn_linear(self, X, y, lr=0.01, steps=1000):
        return self.gradient_descent(X, y, lr, steps)
