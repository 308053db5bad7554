# mistake: running-moved
# torch-judge 0.1.1 accepts this
import torch


def my_batch_norm(x, gamma, beta, running_mean, running_var, eps=1e-5, momentum=0.1, training=True):
    mean, var = x.mean(0), x.var(0, unbiased=False)
    was = running_mean.clone(), running_var.clone()
    with torch.no_grad():
        running_mean.lerp_(mean, momentum)
        running_var.lerp_(var, momentum)
    if not training:
        mean, var = was
    return gamma * (x - mean) / (var + eps).sqrt() + beta
