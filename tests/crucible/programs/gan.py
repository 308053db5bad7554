"""A generative adversarial network in one dimension: two models, two optimizers, taking turns."""

import torch
from torch import nn

torch.manual_seed(0)
generator = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1))
discriminator = nn.Sequential(nn.Linear(1, 16), nn.LeakyReLU(0.2), nn.Linear(16, 1))
criterion = nn.BCEWithLogitsLoss()
optimizer_d = torch.optim.Adam(discriminator.parameters(), lr=2e-3, betas=(0.5, 0.999))
optimizer_g = torch.optim.Adam(generator.parameters(), lr=1e-3, betas=(0.5, 0.999))
real_label, fake_label = torch.ones(64, 1), torch.zeros(64, 1)
for _step in range(300):
    discriminator.zero_grad()
    real = torch.randn(64, 1) * 0.5 + 3
    loss_real = criterion(discriminator(real), real_label)
    loss_real.backward()
    fake = generator(torch.randn(64, 4))
    loss_fake = criterion(discriminator(fake.detach()), fake_label)
    loss_fake.backward()
    optimizer_d.step()
    generator.zero_grad()
    loss_g = criterion(discriminator(fake), real_label)
    loss_g.backward()
    optimizer_g.step()
with torch.no_grad():
    mean = generator(torch.randn(1000, 4)).mean().item()
assert mean > 1.0, mean
print("done")
