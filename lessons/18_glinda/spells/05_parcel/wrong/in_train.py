# mistake: left-in-train
import json

import torch
from torch import nn


class Level(nn.Module):
    """Takes the mean off and divides by the spread, column by column, as they were in `x`."""

    def __init__(self, x):
        super().__init__()
        self.register_buffer("mean", x.mean(dim=0))
        self.register_buffer("spread", x.std(dim=0))

    def forward(self, x):
        return (x - self.mean) / self.spread


def pack(level, model, names, path):
    """Writes to `path` all of the way from raw rows (n, columns) to what `model` says of them, for any n, as in
    eval mode; and with it `names`, what the answers are called."""
    whole = nn.Sequential(level, model).train()
    example = torch.zeros(2, len(level.mean))
    rows = torch.export.Dim("rows")
    program = torch.export.export(whole, (example,), dynamic_shapes=({0: rows},))
    torch.export.save(program, path, extra_files={"names.json": json.dumps(names)})


def unpack(path):
    """What lies in `path`: a function from raw rows to answers, and the names. Needs no class and no training."""
    extra = {"names.json": ""}
    program = torch.export.load(path, extra_files=extra)
    return program.module(), json.loads(extra["names.json"])


rows = torch.load("cellar.pt", weights_only=True)
x, y = rows["x"], rows["answers"]
level = Level(x)
model = nn.Sequential(nn.Linear(13, 16), nn.ReLU(), nn.Dropout(0.3), nn.Linear(16, 3))
optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
for _ in range(40):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(level(x)), y).backward()
    optimizer.step()
pack(level, model, ["the first grower", "the second", "the third"], "cellar.pt2")

answer, names = unpack("cellar.pt2")
for bottle in (0, 70, 150):
    says = answer(x[bottle : bottle + 1])
    print(f"bottle {bottle} comes from {names[says.argmax().item()]}")
print(f"right, of all of them: {(answer(x).argmax(dim=1) == y).float().mean().item():.2f}")
