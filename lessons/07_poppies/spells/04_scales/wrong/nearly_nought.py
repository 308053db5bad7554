# mistake: nearly-nought
import torch
from torch.utils.data import random_split


def part(mouse, share, seed):
    """Rows to learn from and rows to be tried on: (learn, tried). No mouse has rows in both."""
    mice = torch.unique(mouse)
    held = round(share * len(mice))
    # The mice are divided, not the rows: who was weighed four times goes to one side four times.
    _, tried = random_split(
        range(len(mice)),
        [len(mice) - held, held],
        generator=torch.Generator().manual_seed(seed),
    )
    is_tried = torch.isin(mouse, mice[list(tried)])
    return torch.where(~is_tried)[0], torch.where(is_tried)[0]


def level(learn, tried):
    """Both with the mean and the spread of `learn` taken out, column by column."""
    mean = learn.mean(dim=0)
    spread = learn.std(dim=0) + 1e-8
    return (learn - mean) / spread, (tried - mean) / spread


# Ten mice, each weighed four times: weight, length of tail, number of ears.
who = torch.arange(40) % 10
weighed = torch.randn(10, 3)[who] + 0.1 * torch.randn(40, 3)
weighed[:, 2] = 2.0
a, b = part(who, 0.3, seed=7)
print("mice in both:", sorted(set(who[a].tolist()) & set(who[b].tolist())))
known, strange = level(weighed[a], weighed[b])
print("mean of what is learnt from:", known.mean(dim=0))
print("mean of what is tried:      ", strange.mean(dim=0))
