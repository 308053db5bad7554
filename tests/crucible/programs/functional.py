"""torch.func: per-sample gradients, Jacobians, Hessians, ensembles, a step without an optimizer."""

import torch
from torch import nn
from torch.func import (
    functional_call,
    grad,
    grad_and_value,
    hessian,
    jacrev,
    stack_module_state,
    vmap,
)

torch.manual_seed(0)
model = nn.Linear(3, 2)
parameters = {name: p.detach() for name, p in model.named_parameters()}
x, y = torch.randn(8, 3), torch.randint(0, 2, (8,))


def loss_of(parameters, row, label):
    out = functional_call(model, parameters, (row.unsqueeze(0),))
    return nn.functional.cross_entropy(out, label.unsqueeze(0))


each = vmap(grad(loss_of), in_dims=(None, 0, 0))(parameters, x, y)
assert each["weight"].shape == (8, 2, 3)
nn.functional.cross_entropy(model(x), y).backward()
torch.testing.assert_close(each["weight"].mean(0), model.weight.grad)
assert jacrev(torch.sin)(x[0]).shape == (3, 3)
assert hessian(lambda v: (v**3).sum())(x[0]).shape == (3, 3)
ensemble = [nn.Linear(3, 2) for _ in range(4)]
stacked, buffers = stack_module_state(ensemble)
out = vmap(lambda p, b: functional_call(ensemble[0], (p, b), (x,)))(stacked, buffers)
assert out.shape == (4, 8, 2)
before = None
for _ in range(50):
    grads, value = grad_and_value(lambda p: vmap(loss_of, (None, 0, 0))(p, x, y).mean())(parameters)
    parameters = {name: p - 0.5 * grads[name] for name, p in parameters.items()}
    before = value if before is None else before
assert value < before
print("done")
