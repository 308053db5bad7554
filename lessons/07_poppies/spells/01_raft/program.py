import torch
from torch.utils.data import DataLoader, TensorDataset

# Ten travellers, each with three bundles and a number.
travellers = TensorDataset(torch.zeros(10, 3), torch.arange(10))

ferry = DataLoader(travellers, batch_size=4)
print(len(ferry))  # trips
for bundles, numbers in ferry:
    pass
print(tuple(bundles.shape))  # last

full_only = DataLoader(travellers, batch_size=4, drop_last=True)
print(sum(len(numbers) for _, numbers in full_only))  # across

single = DataLoader(travellers, batch_size=1)
bundles, numbers = next(iter(single))
print(tuple(bundles.shape))  # alone

mixed = DataLoader(travellers, batch_size=4, shuffle=True)
order = torch.cat([numbers for _, numbers in mixed]).tolist()
print(sorted(order) == list(range(10)))  # mixed

weights = next(iter(DataLoader([2.5, 1.0, 3.0], batch_size=3)))
print(weights.dtype)  # kind

names = next(iter(DataLoader(["dog", "tin", "straw"], batch_size=3)))
print(type(names).__name__)  # named
