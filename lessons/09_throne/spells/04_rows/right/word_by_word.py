import torch
import torch.nn.functional as F
from torch import nn


class Gallery(nn.Module):
    """Every row reads its own words: (rows, words) integers in, (rows, words, names) logits out."""

    def __init__(self, words, size, names):
        super().__init__()
        self.emb = nn.Embedding(words, size)
        self.gru = nn.GRUCell(size, size)
        self.out = nn.Linear(size, names)

    def forward(self, x, slates=None):
        slate = (
            self.out.weight.new_zeros(len(x), self.out.in_features) if slates is None else slates
        )
        each = []
        for words in x.T:
            slate = self.gru(self.emb(words), slate)
            each.append(slate)
        said, slates = torch.stack(each, dim=1), slate
        return self.out(said), slates


def answer(gallery, x):
    """What each row makes of it after its last word: (rows, names)."""
    logits, _ = gallery(x)
    return logits.select(1, -1)


def loss(logits, targets):
    """The mean cross-entropy of (rows, words, names) against the right names, (rows, words)."""
    return -torch.log_softmax(logits, dim=-1).gather(-1, targets.unsqueeze(-1)).mean()
