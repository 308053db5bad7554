# mistake: three-axes
# torch-judge 0.1.1 accepts this
import torch


def scaled_dot_product_attention(Q, K, V):
    return torch.bmm(torch.bmm(Q, K.transpose(1, 2)).div(K.shape[-1] ** 0.5).softmax(-1), V)
