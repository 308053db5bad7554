# mistake: straw-was-made
import torch

straw = torch.ones(3, requires_grad=True) + torch.arange(3)
thought = 2 * straw + 1
knot = thought.grad_fn.name()


def begin(numbers):
    """A new recorded leaf of the numbers in a list."""
    # Said outright, since a list of whole numbers would make whole numbers, which take no thread.
    return torch.tensor(numbers, dtype=torch.float32, requires_grad=True)


print(straw, "leaf:", straw.is_leaf)
print(thought)
print(knot)
