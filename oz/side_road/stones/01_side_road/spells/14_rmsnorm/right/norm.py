def rms_norm(x, weight, eps=1e-6):
    return weight * x / ((x * x).sum(-1, keepdim=True) / x.shape[-1] + eps) ** 0.5
