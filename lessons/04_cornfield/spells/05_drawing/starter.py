import torch


def leaves(t):
    """The recorded leaves that t was made from, each once."""
    return []


def knots(t):
    """The name of every operation that t was made by."""
    return [t.grad_fn.name()]


def drawing(t):
    """The graph of t, a line for every knot."""
    return t.grad_fn.name()


a = torch.ones(3, requires_grad=True)
b = torch.ones(3, requires_grad=True)
t = (a * b + a).exp()
print(drawing(t))
print(t.grad_fn.next_functions)
