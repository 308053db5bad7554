import torch

straw = torch.tensor([1.0, 2.0, 3.0])
thought = straw
knot = ""


def begin(numbers):
    """A new recorded leaf of the numbers in a list."""
    return torch.tensor(numbers)


print(straw, "leaf:", straw.is_leaf)
print(thought)
