import torch


class Knee(torch.autograd.Function):
    """The tinsmith's knee: bend * sigmoid(firm * bend). Both inputs have one shape."""

    @staticmethod
    def forward(bend, firm):
        return bend * torch.sigmoid(firm * bend)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, weight):
        bend, firm = ctx.saved_tensors
        s = torch.sigmoid(firm * bend)
        to_bend = weight * (s + bend * firm * s * (1 - s))
        to_firm = bend**2 * s * (1 - s)
        return to_bend, to_firm


def gauge(f, *inputs):
    """Whether `f` passes back what it should: `True` or `False`, by gradcheck."""
    return True


def brake(x, hard):
    """x / (1 + hard * |x|), by a Function of your own called `Brake`. `hard` is a plain number."""


# As the tinsmith tries it: against autograd, at three places. It always looks right.
bend = torch.tensor([-1.0, 0.5, 2.0], requires_grad=True)
firm = torch.tensor([1.0, 2.0, 0.5], requires_grad=True)
print(torch.autograd.grad(Knee.apply(bend, firm).sum(), [bend, firm]))
print(torch.autograd.grad((bend * torch.sigmoid(firm * bend)).sum(), [bend, firm]))
