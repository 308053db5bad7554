import torch


def apply_rope(q, k):
    """Turn pairs of neighbouring columns by angles that grow with the place. Both `(…, length, d)`."""
    length, d = q.shape[-2:]
    speeds = 10000.0 ** (-torch.arange(0, d, 2) / d)
    angles = torch.arange(length)[:, None] * speeds
    return _turn(q, angles), _turn(k, angles)


def _turn(x, angles):
    even, odd = x[..., 0::2], x[..., 1::2]
    cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    return torch.stack([even * cos - odd * sin, even * sin + odd * cos], dim=-1).flatten(-2)
