# mistake: only-one
import torch


def apply_rope(q, k):
    d = q.shape[-1]
    angle = torch.arange(q.shape[-2])[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    a, b = q[..., 0::2], q[..., 1::2]
    return torch.stack([a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()], -1).flatten(-2), k
