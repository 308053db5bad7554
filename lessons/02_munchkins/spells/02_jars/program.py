import torch

jar = torch.tensor([250, 3], dtype=torch.uint8)
print((jar + 10).tolist())  # filled

sacks = torch.tensor([7, -7])
print((sacks / 2).tolist())  # halves
print((sacks // 2).tolist())  # whole

poured = torch.tensor([2.9, -2.9])
print(poured.to(torch.int64).tolist())  # cut

print((jar + sacks).dtype)  # mixed
print((sacks + 0.5).dtype)  # half_more
