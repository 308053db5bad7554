# mistake: no-slope
# torch-judge 0.1.1 accepts this
from torch.nn import functional as F


def linear_attention(Q, K, V):
    q, k = F.elu(Q) + 1, F.elu(K) + 1
    return q @ (k.mT @ V) / (q @ k.sum(1)[..., None]).detach()
