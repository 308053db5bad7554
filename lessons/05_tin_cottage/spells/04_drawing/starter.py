import torch


def movers(y):
    """The leaves that `y` would pass a gradient to: the tensors themselves, each of them once."""
    found = []
    node = y.grad_fn
    while node is not None:
        print(node.name())
        if hasattr(node, "variable"):
            found.append(node.variable)
        node = node.next_functions[0][0] if node.next_functions else None
    return found


def ways(y, leaf):
    """By how many ways a gradient comes from `y` to `leaf`: a plain int."""


def draw(y):
    """The drawing, a line for each node: two blanks for every step away from `y`, then its name."""


shoulder = torch.tensor(0.3, requires_grad=True)
wrist = torch.tensor(2.0, requires_grad=True)
arm = (shoulder.sin() + wrist) * shoulder
print(movers(arm))
