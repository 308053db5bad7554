# mistake: wrong-axis
def scaled_dot_product_attention(Q, K, V):
    return (Q @ K.mT / K.shape[-1] ** 0.5).softmax(-2) @ V
