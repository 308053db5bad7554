# mistake: no-slope
# torch-judge 0.1.1 accepts this
import torch


def apply_rope(q, k):
    d = q.shape[-1]
    angle = torch.arange(q.shape[-2])[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)

    def one(x):
        a, b = x[..., 0::2], x[..., 1::2].detach()
        return torch.stack([a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()], -1).flatten(-2)

    return one(q), one(k)
