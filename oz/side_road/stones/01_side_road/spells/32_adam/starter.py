import torch


class MyAdam:
    """Adam: a step by the running mean of the gradient over the root of that of its square."""

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08):
        """`params`: any iterable of leaves that require a gradient."""

    def step(self):
        """Move every parameter that has a gradient."""

    def zero_grad(self):
        """Clear the gradients: to 0."""
