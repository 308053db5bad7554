# mistake: not-tiled
# torch-judge 0.1.1 accepts this
def flash_attention(Q, K, V, block_size):
    return (Q @ K.mT / K.shape[-1] ** 0.5).softmax(-1) @ V
