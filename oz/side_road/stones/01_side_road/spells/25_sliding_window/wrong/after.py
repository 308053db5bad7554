# mistake: masked-after
import torch


def sliding_window_attention(Q, K, V, window_size):
    i = torch.arange(Q.shape[-2])
    return (Q @ K.mT / K.shape[-1] ** 0.5).softmax(-1) * ((i[:, None] - i).abs() <= window_size) @ V
