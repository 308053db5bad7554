# mistake: held-back-learned
import torch
import torch.nn.functional as F
from torch import nn

slips = torch.load("slips.pt", weights_only=True)
pictures, numbers = slips["pictures"], slips["numbers"]  # (1297, 8, 8) uint8 from 0 to 255; (1297,)
x = pictures[:, None] / 255  # one sheet each, from 0 to 1
slip_images = x[:12]

model = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1),
    nn.BatchNorm2d(16),
    nn.ReLU(),
    nn.AvgPool2d(2),
    nn.Conv2d(16, 32, 3, padding=1),
    nn.BatchNorm2d(32),
    nn.ReLU(),
    nn.AvgPool2d(2),
    nn.Flatten(),
    nn.Linear(128, 10),
)
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)

for epoch in range(12):
    model.train()
    for rows in torch.randperm(1297).split(64):
        loss = F.cross_entropy(model(x[rows]), numbers[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

# Measured on slips that nothing was learned from, with the levels that are remembered.
model.eval()
with torch.no_grad():
    held_back = (model(x[1100:]).argmax(dim=1) == numbers[1100:]).float().mean().item()
print(f"{held_back:.3f} of the slips held back")
torch.save(model.state_dict(), "gates.pt")
