# mistake: no-knot
import torch

straw = torch.tensor([1.0, 2.0, 3.0])
thought = 2 * straw + 1
straw.requires_grad_()
knot = thought.grad_fn.name()


def begin(numbers):
    """A new recorded leaf of the numbers in a list."""
    # Said outright, since a list of whole numbers would make whole numbers, which take no thread.
    return torch.tensor(numbers, dtype=torch.float32, requires_grad=True)


print(straw, "leaf:", straw.is_leaf)
print(thought)
print(knot)
