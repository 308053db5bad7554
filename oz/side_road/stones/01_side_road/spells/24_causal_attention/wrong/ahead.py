# mistake: sees-ahead
def causal_attention(Q, K, V):
    return (Q @ K.mT / K.shape[-1] ** 0.5).softmax(-1) @ V
