import copy

import torch
from torch import nn

PROBLEM = "slides"


def train(x, answers):
    """One straight line through levelled columns, with the rare kind counted for more."""
    order = torch.randperm(len(x))
    check, learn = order[: len(x) // 5], order[len(x) // 5 :]
    mean, spread = x[learn].mean(0), x[learn].std(0)
    line = nn.Linear(x.shape[1], 2)
    counts = torch.bincount(answers[learn], minlength=2)
    loss = nn.CrossEntropyLoss(weight=len(learn) / (2.0 * counts))
    optimizer = torch.optim.Adam(line.parameters(), lr=0.02, weight_decay=1e-3)
    level = BeforeThat(mean, spread)
    best, least = None, float("inf")
    for _ in range(80):
        optimizer.zero_grad()
        loss(line(level(x[learn])), answers[learn]).backward()
        optimizer.step()
        with torch.no_grad():
            now = loss(line(level(x[check])), answers[check]).item()
        if now < least:
            best, least = copy.deepcopy(line), now
    return nn.Sequential(level, best).eval()


class BeforeThat(nn.Module):
    def __init__(self, mean, spread):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)

    def forward(self, x):
        return (x - self.mean) / self.spread


def score(says, answers):
    right = says.argmax(dim=1) == answers
    return torch.stack([right[answers == kind].float().mean() for kind in (0, 1)]).mean().item()


rows = torch.load("rows.pt", weights_only=True)[PROBLEM]
x, answers = rows["x"], rows["answers"]
promises = []
for fold in torch.arange(len(x)).split(134):  # three folds: every row is held back once
    rest = torch.ones(len(x), dtype=torch.bool)
    rest[fold] = False
    promises.append(score(train(x[rest], answers[rest])(x[fold]), answers[fold]))
promise = sum(promises) / len(promises)
model = train(x, answers)
exported = torch.export.export(model, (x[:8],), dynamic_shapes=({0: torch.export.Dim.DYNAMIC},))
torch.export.save(exported, "home.pt2")
