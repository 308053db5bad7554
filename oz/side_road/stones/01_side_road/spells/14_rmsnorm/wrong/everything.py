# mistake: whole
def rms_norm(x, weight, eps=1e-6):
    return weight * x / (x.pow(2).mean() + eps).sqrt()
