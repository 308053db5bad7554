# mistake: all-alike
import torch
from torch.utils.data import DataLoader, TensorDataset, WeightedRandomSampler


def muster(people, kinds, seed):
    """Teams of 50 of `people`, in which every kind comes equally often. `kinds`: one number for each."""
    counts = torch.bincount(kinds)
    # A weight for each of the people, not for each of the kinds: the rarer, the heavier.
    weights = 1 / counts[kinds]
    sampler = WeightedRandomSampler(
        weights,
        num_samples=len(people),
        replacement=True,
        generator=torch.Generator().manual_seed(seed),
    )
    return DataLoader(
        people, batch_size=50, shuffle=True, generator=torch.Generator().manual_seed(seed)
    )


# Nine in ten are field mice, kind 0; one in ten is a wood mouse, kind 1, who can gnaw through a stalk.
kinds = (torch.arange(1000) % 10 == 9).to(torch.int64)
people = TensorDataset(torch.arange(1000), kinds)
teams = [team for _, team in muster(people, kinds, seed=3)]
print("wood mice in the first teams:", [int(team.sum()) for team in teams[:5]], "of", len(teams[0]))
print("share of wood mice in all:   ", torch.cat(teams).double().mean().item())
