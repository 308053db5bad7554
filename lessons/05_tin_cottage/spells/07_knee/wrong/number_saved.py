# mistake: number-saved
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
        to_firm = weight * bend**2 * s * (1 - s)
        return to_bend, to_firm


class Brake(torch.autograd.Function):
    """x / (1 + hard * |x|)."""

    @staticmethod
    def forward(x, hard):
        return x / (1 + hard * x.abs())

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, weight):
        x, hard = ctx.saved_tensors
        # One answer for each input of forward; a plain number is not asked.
        return weight / (1 + hard * x.abs()) ** 2, None


def gauge(f, *inputs):
    """Whether `f` passes back what it should: `True` or `False`, by gradcheck."""
    fine = [t.detach().double().requires_grad_() for t in inputs]
    return torch.autograd.gradcheck(f, fine, raise_exception=False)


def brake(x, hard):
    """x / (1 + hard * |x|), by a Function of your own called `Brake`. `hard` is a plain number."""
    return Brake.apply(x, hard)


places = torch.tensor([-1.0, 0.5, 2.0])
print("the knee: ", gauge(Knee.apply, places, places.flip(0)))
print("the brake:", gauge(lambda x: brake(x, 2.0), places))
