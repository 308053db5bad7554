# mistake: by-values
# torch-judge 0.1.1 accepts this
def scaled_dot_product_attention(Q, K, V):
    return (Q @ K.mT / V.shape[-1] ** 0.5).softmax(-1) @ V
