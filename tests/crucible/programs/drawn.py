"""Figures of matplotlib: one saved, two shown."""

from pathlib import Path

import matplotlib.pyplot as plt
import torch

x = torch.linspace(0, 6, 100)
figure, axes = plt.subplots(1, 2, figsize=(6, 3))
axes[0].plot(x, x.sin())
axes[1].imshow(torch.rand(8, 8))
plt.savefig("waves.png")
assert Path("waves.png").stat().st_size > 1000
plt.show()
assert plt.get_fignums() == []
plt.figure()
plt.plot([1, 2, 3])
plt.show()
print("done")
