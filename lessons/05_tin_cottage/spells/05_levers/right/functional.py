import torch


def pull(y, x, weights):
    """How the weighted sum of `y` answers `x`. Leaves no rust, and the graph can be asked again."""
    (answer,) = torch.autograd.grad(y, x, grad_outputs=weights, retain_graph=True)
    return answer


def table(f, x):
    """The Jacobian of `f` at `x`: a row for each gate, a column for each lever."""
    return torch.autograd.functional.jacobian(f, x)


def curve(f, x):
    """For an `f` that works number for number: its second derivative at every number of `x`."""
    return (
        torch.func.jacrev(torch.func.jacrev(lambda t: f(t.view_as(x)).sum()))(x.flatten())
        .diagonal()
        .view_as(x)
    )


def each(loss, w, rows):
    """The gradient of `loss(w, row)` at `w` for every row, without a loop: (rows, *shape of w)."""
    return torch.func.jacrev(lambda w: torch.func.vmap(lambda row: loss(w, row))(rows))(w)


def gates(a):
    return torch.stack([a[0] * a[1], a[1] ** 2, a[0] + a[2], a[2] * 3])


levers = torch.tensor([1.0, 2.0, 0.5], requires_grad=True)
print(pull(gates(levers), levers, torch.tensor([0.0, 1.0, 0.0, 0.0])))
print(table(gates, levers.detach()))
print(curve(torch.sin, levers.detach()))
print(each(lambda w, row: (w @ row) ** 2, torch.ones(2), torch.eye(2)))
