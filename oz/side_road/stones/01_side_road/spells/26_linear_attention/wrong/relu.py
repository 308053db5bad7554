# mistake: no-feature
# torch-judge 0.1.1 accepts this
import torch


def linear_attention(Q, K, V):
    q, k = Q.relu() + 1e-6, K.relu() + 1e-6
    return q @ (k.mT @ V) / (q @ k.sum(1)[..., None])
