import torch


def my_batch_norm(x, gamma, beta, running_mean, running_var, eps=1e-5, momentum=0.1, training=True):
    if not training:
        return gamma * (x - running_mean) * (running_var + eps).rsqrt() + beta
    mean = x.mean(0, keepdim=True)
    var = ((x - mean) ** 2).mean(0, keepdim=True)
    running_mean.mul_(1 - momentum).add_(momentum * mean.detach().squeeze(0))
    running_var.mul_(1 - momentum).add_(momentum * var.detach().squeeze(0))
    return gamma * (x - mean) / (var + eps).sqrt() + beta
