"""An autograd.Function of one's own, gradcheck, double backward, hooks and a custom optimizer."""

import torch
from torch.autograd import Function, gradcheck, gradgradcheck


class Cube(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return grad * 3 * x**2


class Sign(torch.optim.Optimizer):
    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                p.add_(p.grad.sign(), alpha=-group["lr"])


x = torch.randn(4, dtype=torch.float64, requires_grad=True)
assert gradcheck(Cube.apply, (x,))
assert gradgradcheck(Cube.apply, (x,))
y = Cube.apply(x)
y.backward(torch.ones_like(y), retain_graph=True)
first = x.grad.clone()
y.sum().backward()
assert torch.equal(x.grad, 2 * first)
(slope,) = torch.autograd.grad(Cube.apply(x).sum(), x, create_graph=True)
slope.sum().backward()
seen = []
w = torch.tensor([3.0, -2.0], requires_grad=True)
w.register_post_accumulate_grad_hook(lambda p: seen.append(p.grad.clone()))
optimizer = Sign([w], lr=0.1)
for _ in range(800):  # long enough to be looked at on a busy machine
    optimizer.zero_grad()
    Cube.apply(w).abs().sum().backward()
    optimizer.step()
assert len(seen) == 800
assert w.abs().max() < 0.11
print("done")
