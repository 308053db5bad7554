import torch


def sliding_window_attention(Q, K, V, window_size):
    s = Q.shape[1]
    band = torch.ones(s, s).tril(window_size).triu(-window_size)
    scores = torch.bmm(Q, K.transpose(1, 2)) / K.size(-1) ** 0.5
    return torch.bmm(torch.softmax(scores.masked_fill(band == 0, float("-inf")), -1), V)
