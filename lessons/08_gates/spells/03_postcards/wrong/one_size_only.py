# mistake: flat-size
import torch
from torch import nn


def hung(postcards):
    """Postcards as they are printed, (N, H, W, 3) or one (H, W, 3), uint8 from 0 to 255,
    as the lenses want them: (N, 3, H, W), float32 from 0 to 1."""
    if postcards.ndim == 3:
        postcards = postcards[None]
    # `view` would cut the same row of numbers up anew; `permute` turns the axes.
    return postcards.permute(0, 3, 1, 2) / 255


class Views(nn.Module):
    """Says of postcards, (N, 3, height, width), which of ten views they show: (N, 10)."""

    def __init__(self, height, width):
        super().__init__()
        self.near = nn.Conv2d(3, 8, 3)
        self.far = nn.Conv2d(8, 16, 3)
        self.pool = nn.MaxPool2d(2)
        self.say = nn.Linear(16 * 4 * 6, 10)

    def forward(self, x):
        x = self.pool(torch.relu(self.near(x)))
        x = self.pool(torch.relu(self.far(x)))
        # Everything but the first axis: whose postcard it is must not be touched.
        return self.say(x.flatten(1))


# Three postcards, all alike: a green wall under a pale sky, with a white gate in it.
postcard = torch.zeros(24, 32, 3, dtype=torch.uint8)
postcard[:10] = torch.tensor([200, 220, 255], dtype=torch.uint8)
postcard[10:] = torch.tensor([20, 140, 60], dtype=torch.uint8)
postcard[14:, 13:19] = 250
hung_image = hung(torch.stack([postcard] * 3))
print(hung_image.shape)
print(Views(24, 32)(hung_image).shape)
