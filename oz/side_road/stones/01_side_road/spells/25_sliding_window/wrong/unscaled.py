# mistake: unscaled
import torch


def sliding_window_attention(Q, K, V, window_size):
    i = torch.arange(Q.shape[-2])
    return (Q @ K.mT).masked_fill((i[:, None] - i).abs() > window_size, -torch.inf).softmax(-1) @ V
