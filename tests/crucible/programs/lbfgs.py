"""LBFGS with a closure: it is called many times within one step."""

import torch

point = torch.tensor([-1.5, 2.0], requires_grad=True)
optimizer = torch.optim.LBFGS([point], max_iter=50, line_search_fn="strong_wolfe")
calls = 0


def closure():
    global calls
    calls += 1
    optimizer.zero_grad()
    loss = (1 - point[0]) ** 2 + 100 * (point[1] - point[0] ** 2) ** 2
    loss.backward()
    return loss


for _ in range(3):
    loss = optimizer.step(closure)
assert calls > 10
assert torch.allclose(point.detach(), torch.ones(2), atol=1e-3), point
print("done")
