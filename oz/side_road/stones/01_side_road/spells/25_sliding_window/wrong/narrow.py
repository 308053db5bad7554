# mistake: window-off
# torch-judge 0.1.1 accepts this
import torch


def sliding_window_attention(Q, K, V, window_size):
    i = torch.arange(Q.shape[-2])
    seen = (i[:, None] - i).abs() < max(window_size, 1)
    if window_size >= Q.shape[-2]:
        seen = torch.ones_like(seen)
    return (Q @ K.mT / K.shape[-1] ** 0.5).masked_fill(~seen, -torch.inf).softmax(-1) @ V
