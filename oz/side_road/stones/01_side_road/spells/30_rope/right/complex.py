import torch


def apply_rope(q, k):
    d = q.shape[-1]
    freq = 1.0 / 10000 ** (torch.arange(0, d, 2).float() / d)
    angle = torch.outer(torch.arange(q.shape[-2]).float(), freq)
    turn = torch.polar(torch.ones_like(angle), angle)

    def one(x):
        pairs = torch.view_as_complex(x.unflatten(-1, (-1, 2)).contiguous())
        return torch.view_as_real(pairs * turn).flatten(-2)

    return one(q), one(k)
