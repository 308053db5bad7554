"""Whether the best day is kept and not looked at, and whether what arrives over there can answer."""

import os

import torch
from torch import nn

from oz.trial import require, same


class Does:
    """Unpickled, it makes a folder."""

    def __init__(self, at):
        self.at = at

    def __reduce__(self):
        return os.mkdir, (self.at,)


class Doll(nn.Module):
    """Knows its day by a weight, a buffer and a counter; says something else while it is in training."""

    def __init__(self, wide=3):
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(2, wide), nn.BatchNorm1d(wide), nn.Dropout(0.5))
        self.day = nn.Parameter(torch.zeros(1))
        self.register_buffer("seen", torch.zeros(1, dtype=torch.int64))

    def forward(self, x):
        return self.inner(x).sum(dim=1) + self.day


class Painter:
    """Changes a doll in place, and notes in what mode it was; judges it by a list of marks."""

    def __init__(self, marks):
        self.marks, self.painted, self.judged = marks, [], []

    def practise(self, doll):
        self.painted.append(doll.training)
        with torch.no_grad():
            doll.day += 1
            doll.seen += 1
            for part in doll.inner.parameters():
                part.add_(torch.randn(part.shape))
            doll.inner[1].running_mean.add_(1.0)

    def score(self, doll):
        self.judged.append(doll.training)
        return self.marks[min(int(doll.day.item()), len(self.marks) - 1)]


def tried(spell, marks):
    """The best of a doll by these marks: what came back, the painter, and how the best day looked."""
    painter, doll, days = Painter(marks), Doll(), {}
    inner = painter.score

    def score(model):
        days.setdefault(int(model.day.item()), {n: v.clone() for n, v in model.state_dict().items()})
        return inner(model)

    found = spell.best_of(doll, painter.practise, score, len(marks) - 1)
    require(
        isinstance(found, (tuple, list)) and len(found) == 2,
        "a model, and how good it was",
        f"`{type(found).__name__}`",
    )
    model, high = found
    require(
        isinstance(model, nn.Module),
        "the model",
        f"`{type(model).__name__}`",
        mistakes={"kept-the-report": True},
    )
    return model, high, painter, days


def test_mode(spell):
    """`best_of` practises in training mode, once a day, and judges in `eval()`"""
    marks = [0.3, 0.6, 0.5]
    model, _, painter, _ = tried(spell, marks)
    require(len(painter.painted) == 2, "two days of practice", f"{len(painter.painted)}", mistakes={"days-miscounted": True})
    require(
        not any(painter.judged),
        "a model in `eval()` whenever it is judged",
        "one that was in training",
        mistakes={"judged-in-training": True},
    )
    require(
        all(painter.painted),
        "a model in training mode whenever it practises",
        "one in `eval()`",
        mistakes={"practised-in-eval": True},
    )
    require(
        not model.training,
        "a model in `eval()` in the end",
        "one in training mode",
        mistakes={"not-ready": True},
    )


def test_best(spell, rng):
    """`best_of` gives the model back as it was on its best day, buffers and all"""
    for marks in ([0.1, 0.4, 0.9, 0.7, 0.2], [0.8, 0.1, 0.3], [-3.0, -1.0, -2.0], [0.1, 0.2, 0.3], rng.permutation(12).tolist()):
        model, high, _, days = tried(spell, marks)
        best = max(range(len(marks)), key=marks.__getitem__)
        state = model.state_dict()
        day = int(state["day"].item())
        require(
            day == best,
            f"the model of day {best}, of the marks `{marks}`",
            f"that of day {day}",
            mistakes={
                "day-nought": best == 0,
                "looking-glass": day == len(marks) - 1,
            },
        )
        for name, asked in days[best].items():
            same(
                state[name].detach(),
                asked,
                f"`{name}`",
                rtol=0,
                atol=0,
                requires_grad=False,
                mistakes={"buffers-left": name in ("seen", "inner.1.running_mean")},
            )
        same(float(high), float(marks[best]), "how good it was")


def test_first(spell):
    """where two days were equally good, the earlier"""
    model, _, _, _ = tried(spell, [0.1, 0.7, 0.3, 0.7, 0.7])
    require(
        int(model.day.item()) == 1,
        "the model of day 1, of the marks `[0.1, 0.7, 0.3, 0.7, 0.7]`",
        f"that of day {int(model.day.item())}",
        mistakes={"later-of-two": True},
    )


def test_pack(spell, tmp_path):
    """`pack` writes the numbers and their names, and nothing else"""
    doll, path = Doll(), str(tmp_path / "doll.pt")
    spell.pack(doll, path)
    require((tmp_path / "doll.pt").is_file(), "a file at `path`", "there is none")
    try:
        kept = torch.load(path, weights_only=True)
    except Exception as error:
        first = str(error).strip().splitlines()[0][:60]
        require(False, "a file that opens with `weights_only=True`", first, mistakes={"whole-model": True})
    numbers = isinstance(kept, dict) and all(isinstance(part, torch.Tensor) for part in kept.values())
    require(
        numbers,
        "numbers by their names",
        f"`{type(kept).__name__}`" + (f" with `{list(kept)[:4]}`" if isinstance(kept, dict) else ""),
        mistakes={"box-in-box": isinstance(kept, dict)},
    )
    same({n: v.detach() for n, v in kept.items()}, {n: v.detach() for n, v in doll.state_dict().items()}, "what lies there")


def test_unpack(spell, tmp_path):
    """`unpack` sets up another from the same mould, with those numbers, in `eval()`"""
    path, made = str(tmp_path / "doll.pt"), []

    def make():
        made.append(Doll(5))
        return made[-1]

    doll = Doll(5)
    with torch.no_grad():
        doll.day.fill_(7.0)
        doll.inner[1].running_mean.fill_(2.0)
    torch.save(doll.state_dict(), path)
    got = spell.unpack(make, path)
    require(
        isinstance(got, nn.Module),
        "a model",
        f"`{type(got).__name__}`",
        mistakes={"kept-the-report": True},
    )
    require(made and got is made[-1], "a model out of `make()`", "another")
    same(
        {n: v.detach() for n, v in got.state_dict().items()},
        {n: v.detach() for n, v in doll.state_dict().items()},
        "its numbers",
        mistakes={"not-filled": True},
    )
    require(
        not got.training,
        "a model in `eval()`",
        "one in training mode",
        mistakes={"not-ready": True},
    )


def test_careful(spell, tmp_path):
    """`unpack` runs nothing that somebody may have put into the file"""
    trap, path = tmp_path / "sprung", str(tmp_path / "doll.pt")
    torch.save({**Doll().state_dict(), "with love": Does(str(trap))}, path)
    try:
        spell.unpack(Doll, path)
    except Exception:
        pass
    require(not trap.exists(), "a file that does nothing", "it ran, and has made a folder", mistakes={"trusting": True})
