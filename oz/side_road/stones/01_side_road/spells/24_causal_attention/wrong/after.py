# mistake: masked-after
import torch


def causal_attention(Q, K, V):
    shares = (Q @ K.mT / K.shape[-1] ** 0.5).softmax(-1)
    return shares.tril() @ V
