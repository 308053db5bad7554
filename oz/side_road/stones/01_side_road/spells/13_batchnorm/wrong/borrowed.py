# mistake: borrowed
from torch.nn import functional as F


def my_batch_norm(x, gamma, beta, running_mean, running_var, eps=1e-5, momentum=0.1, training=True):
    if not training:
        return F.batch_norm(x, running_mean, running_var, gamma, beta, False, momentum, eps)
    n = len(x)
    var = running_var.clone()
    out = F.batch_norm(x, running_mean, running_var, gamma, beta, True, momentum, eps)
    running_var.copy_((1 - momentum) * var + (running_var - (1 - momentum) * var) * (n - 1) / n)
    return out
