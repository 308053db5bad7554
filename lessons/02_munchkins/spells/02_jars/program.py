import torch

jar = torch.tensor([250, 3], dtype=torch.uint8)
print((jar + 10).tolist())

sacks = torch.tensor([7, -7])
print((sacks / 2).tolist())
print((sacks // 2).tolist())

poured = torch.tensor([2.9, -2.9])
print(poured.to(torch.int64).tolist())

print((jar + sacks).dtype)
print((sacks + 0.5).dtype)
