import torch
from torch.utils.data import DataLoader


def muster(people, kinds, seed):
    """Kind after kind is dealt until there are as many as people; then the order is shuffled."""
    generator = torch.Generator().manual_seed(seed)
    present = torch.unique(kinds)
    share = -(-len(kinds) // len(present))
    rows = []
    for k in present:
        own = torch.where(kinds == k)[0]
        laps = -(-share // len(own))
        lap = torch.cat([own[torch.randperm(len(own), generator=generator)] for _ in range(laps)])
        rows.append(lap[:share])
    rows = torch.cat(rows)
    order = torch.randperm(len(rows), generator=generator)[: len(kinds)]
    return DataLoader(people, batch_size=50, sampler=rows[order].tolist())
