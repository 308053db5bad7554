# mistake: eps-outside
# torch-judge 0.1.1 accepts this
def my_layer_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True, unbiased=False) + eps) + beta
