# mistake: not-divided
# torch-judge 0.1.1 accepts this
from torch.nn import functional as F


def linear_attention(Q, K, V):
    return (F.elu(Q) + 1) @ ((F.elu(K) + 1).mT @ V)
