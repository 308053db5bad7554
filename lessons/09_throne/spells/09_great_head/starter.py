from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

story = Path("story.txt").read_text(encoding="utf-8")
chars = "".join(sorted(set(story)))
numbers = {c: i for i, c in enumerate(chars)}
codes = torch.tensor([numbers[c] for c in story])
cut = len(codes) * 9 // 10
read, held = codes[:cut], codes[cut:]  # what he is read, and what he is tried on


class Head(nn.Module):
    def __init__(self, letters, size=64, hidden=128):
        super().__init__()
        self.emb = nn.Embedding(letters, size)
        self.gru = nn.GRU(size, hidden, batch_first=True)
        self.out = nn.Linear(hidden, letters)

    # Here he should be told how a letter and a state become logits and a state.


head = Head(len(chars))
samples = []  # what he said, before the first step and along the way
bpc = None  # bits per character on `held`, at the end

# Here he should be read to, a piece at a time, and speak now and then.

torch.save({"chars": chars, "state": head.state_dict()}, "head.pt")
