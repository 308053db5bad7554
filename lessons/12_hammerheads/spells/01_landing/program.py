import torch

long_neck = torch.bfloat16  # eight wrinkles of neck, seven lines on the forehead
short_neck = torch.float16  # five wrinkles of neck, ten lines on the forehead

print(torch.tensor(70000.0, dtype=short_neck).item())  # far
print(torch.tensor(70000.0, dtype=long_neck).isfinite().item())  # reached

print((torch.tensor(256.0, dtype=long_neck) + 1).item())  # days
print((torch.tensor(256.0, dtype=short_neck) + 1).item())  # marked

knock = torch.tensor(0.0001, dtype=short_neck)
print((knock * knock == 0).item())  # gone
print((knock * 1024 * knock == 0).item())  # raised

left = torch.tensor(40000.0, dtype=short_neck)
right = torch.tensor(40000.0, dtype=short_neck)
print(((left + right) / 2).item())  # middle

both = torch.tensor(1.0, dtype=long_neck) + torch.tensor(1.0, dtype=short_neck)
print(both.dtype)  # together
