import torch
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import default_collate


def tie(batch):
    threads = pad_sequence([t for t, _ in batch]).T
    rest = default_collate([(len(t), m) for t, m in batch])
    return threads, *rest


def pull(threads, lengths):
    if threads.shape[1] == 0:
        return threads.new_zeros(len(threads))
    up_to = threads.cumsum(dim=1).gather(1, (lengths - 1).clamp(min=0)[:, None]).squeeze(1)
    return torch.where(lengths > 0, up_to / lengths.clamp(min=1), 0.0)
