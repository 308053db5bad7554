# mistake: no-slope
# torch-judge 0.1.1 accepts this
import torch


def my_batch_norm(x, gamma, beta, running_mean, running_var, eps=1e-5, momentum=0.1, training=True):
    mean, var = running_mean, running_var
    if training:
        mean, var = x.mean(0).detach(), x.var(0, unbiased=False).detach()
        running_mean.lerp_(mean, momentum)
        running_var.lerp_(var, momentum)
    return gamma * (x - mean) / (var + eps).sqrt() + beta
