import torch


def part(mouse, share, seed):
    """Rows to learn from and rows to be tried on: (learn, tried). No mouse has rows in both."""
    order = torch.randperm(len(mouse))
    held = round(share * len(mouse))
    return order[held:], order[:held]


def level(learn, tried):
    """Both with the mean and the spread of `learn` taken out, column by column."""
    rows = torch.cat([learn, tried])
    return (learn - rows.mean()) / rows.std(), (tried - rows.mean()) / rows.std()


# Ten mice, each weighed four times: weight, length of tail, number of ears.
who = torch.arange(40) % 10
weighed = torch.randn(10, 3)[who] + 0.1 * torch.randn(40, 3)
weighed[:, 2] = 2.0
a, b = part(who, 0.3, seed=7)
print("mice in both:", sorted(set(who[a].tolist()) & set(who[b].tolist())))
known, strange = level(weighed[a], weighed[b])
print("mean of what is learnt from:", known.mean(dim=0))
print("mean of what is tried:      ", strange.mean(dim=0))
