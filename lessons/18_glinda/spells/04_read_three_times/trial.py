"""Whether the three faults that read well are gone: what is learnt, how, and how it is measured.

`files/year.pt` is the part of scikit-learn's diabetes data that the last spell's trial hands out: see there.
"""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from oz.trial import mistake, require, same


class Noting(nn.Module):
    """One straight line, which notes the mode in which it is asked, and by which rows."""

    def __init__(self, columns):
        super().__init__()
        self.line = nn.Linear(columns, 1)
        self.notes = []

    def forward(self, x):
        self.notes.append((self.training, len(x), torch.is_grad_enabled()))
        return self.line(x)


def _rows(rng, n, columns=3):
    x = torch.tensor(rng.normal(size=(n, columns)), dtype=torch.float32)
    slope = torch.tensor(rng.normal(size=columns), dtype=torch.float32)
    noise = torch.tensor(rng.normal(size=n), dtype=torch.float32)
    return x, x @ slope + 0.3 * noise + 2.0


def test_error(spell, rng):
    """`error` is the mean square of how far each answer is off its own row, and so is its gradient"""
    for n in (7, 46, 2, 1):
        x, y = _rows(rng, n)
        model = nn.Linear(3, 1)
        got = spell.error(model, x, y)
        says = model(x)
        crossed = ((says - y) ** 2).mean()
        asked = ((says.squeeze(1) - y) ** 2).mean()
        require(got is not None, "an error", "nothing", mistakes={"nothing-yet": True})
        same(
            got,
            asked,
            f"the error of {n} rows",
            rtol=1e-4,
            atol=1e-5,
            requires_grad=True,
            mistakes={
                "every-with-every": lambda e: (
                    n > 1 and e.ndim == 0 and torch.allclose(e, crossed, rtol=1e-4)
                ),
                "not-averaged": lambda e: e.ndim > 0 or torch.allclose(e, asked * n, rtol=1e-4),
                "root-of-it": lambda e: torch.allclose(e, asked.sqrt(), rtol=1e-4),
            },
        )
        mine = torch.autograd.grad(got, model.weight)[0]
        same(
            mine, torch.autograd.grad(asked, model.weight)[0], "its gradient", rtol=1e-3, atol=1e-5
        )


def test_modes(spell, rng):
    """every day is learnt in train mode, and checked in eval mode"""
    x, y = _rows(rng, 24)
    check = _rows(rng, 5)
    model = Noting(3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    learn = DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True)
    errors = spell.practise(model, optimizer, learn, check, 3)
    require(
        isinstance(errors, (list, tuple)) and len(errors) == 3,
        "an error for each of three days",
        f"`{errors}`",
        mistakes={"nothing-yet": errors is None},
    )
    learnt = [note[0] for note in model.notes if note[1] == 8]
    checked = [note[0] for note in model.notes if note[1] == 5]
    require(
        learnt == [True] * 9,
        "train mode, for nine batches in three days",
        f"{sum(learnt)} of {len(learnt)} in train mode",
        mistakes={
            "never-back": len(learnt) == 9 and learnt[0] and not learnt[-1],
            "never-train": len(learnt) == 9 and not any(learnt),
        },
    )
    require(
        checked and not any(checked),
        "eval mode, on the check rows",
        "train mode",
        mistakes={"checked-in-train": True},
    )
    if not all(isinstance(e, float) for e in errors):
        mistake("not-numbers")


def test_learns(spell, rng):
    """it learns as it should: after some days the line is the one that fits best"""
    x, y = _rows(rng, 60)
    model = nn.Linear(3, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(TensorDataset(x, y), batch_size=30, shuffle=True)
    errors = spell.practise(model, optimizer, loader, (x, y), 40)
    best = ((y - y.mean()) ** 2).mean().item()
    with_one = torch.cat([x, torch.ones(60, 1)], dim=1)
    fit = torch.linalg.lstsq(with_one, y.unsqueeze(1)).solution
    least = ((with_one @ fit).squeeze(1) - y).square().mean().item()
    stands = (model(x).squeeze(1) - y).square().mean().item()
    require(
        stands < least + 0.15 * (best - least),
        f"an error near the least there is, {least:.2f}",
        f"{stands:.2f}; the mean of the answers alone gives {best:.2f}",
        mistakes={
            "every-with-every": stands > 0.7 * best,
        },
    )
    require(
        abs(errors[-1] - stands) < 0.05 * best,
        "the error on the check rows, last of all",
        f"{errors[-1]:.2f}, and it is {stands:.2f}",
    )


def test_explained(spell, rng):
    """`explained` sets each answer against its own row, in whatever order the loader brings them"""
    for n, size, shuffle in ((50, 8, False), (50, 8, True), (31, 31, True), (40, 7, True)):
        x, y = _rows(rng, n)
        model = nn.Sequential(nn.Dropout(0.5), nn.Linear(3, 1))
        with torch.no_grad():
            model[1].weight.copy_(torch.linalg.lstsq(x, (y - y.mean()).unsqueeze(1)).solution.T)
            model[1].bias.fill_(float(y.mean()))
            says = model[1](x).squeeze(1)
        asked = 1 - (says - y).square().mean().item() / (y - y.mean()).square().mean().item()
        model.train()
        torch.manual_seed(4)
        loader = DataLoader(TensorDataset(x, y), batch_size=size, shuffle=shuffle)
        got = spell.explained(model, loader)
        require(
            got is not None, "a share from `explained`", "nothing", mistakes={"nothing-yet": True}
        )
        crossed = (
            1 - ((says.unsqueeze(1) - y) ** 2).mean().item() / (y - y.mean()).square().mean().item()
        )
        same(
            float(got),
            asked,
            f"what is explained of {n} rows, {'shuffled' if shuffle else 'in order'}",
            rtol=1e-3,
            atol=1e-3,
            mistakes={
                "every-with-every": lambda s: abs(s - crossed) < 1e-3,
                "asked-twice": shuffle,
                "explained-in-train": not shuffle and not spell.calls("eval", inside="explained"),
            },
        )
