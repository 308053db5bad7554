# mistake: eps-outside
# torch-judge 0.1.1 accepts this
def rms_norm(x, weight, eps=1e-6):
    return weight * x / (x.pow(2).mean(-1, keepdim=True).sqrt() + eps)
