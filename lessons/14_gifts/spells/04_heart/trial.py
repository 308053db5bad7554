"""Whether teaching the head leaves everything else as it was: numbers, levels, wishes and mode."""

import copy

import torch
import torch.nn.functional as F
from torch import nn

from oz.trial import require


def models(rng):
    """Models whose last layer is a head, with examples; levels and dropout in some of them."""
    n = int(rng.integers(12, 20))
    images = torch.tensor(rng.random(size=(n, 1, 8, 8)), dtype=torch.float32) * 3
    rows = torch.tensor(rng.normal(size=(n, 6)), dtype=torch.float32) + 2
    torch.manual_seed(int(rng.integers(1000)))
    made = [
        (
            nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(144, 3)),
            images,
            3,
        ),
        (nn.Sequential(nn.Linear(6, 32), nn.Tanh(), nn.Dropout(0.5), nn.Linear(32, 4)), rows, 4),
        (
            nn.Sequential(
                nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU()),
                nn.Sequential(nn.AvgPool2d(4), nn.Flatten(), nn.Linear(16, 24), nn.ReLU(), nn.Dropout(0.3)),
                nn.Linear(24, 2),
            ),
            images,
            2,
        ),
    ]
    for model, x, kinds in made:
        yield model, x, torch.arange(len(x)) % kinds


def body_of(model):
    """Names and copies of everything below the head."""
    last = f"{len(model) - 1}."
    return {n: e.clone() for n, e in model.state_dict().items() if not n.startswith(last)}


def moved_by(spell, model, x, y, steps=15, lr=0.05):
    """What came back, and which entries below the head are other."""
    before = body_of(model)
    got = spell.set_heart(model, x, y, steps, lr)
    after = body_of(model)
    return got, [name for name in before if not torch.equal(before[name], after[name])]


def _words(names):
    return f"`{'`, `'.join(names[:4])}` {'is' if len(names) == 1 else 'are'} other"


def test_still(spell, rng):
    """everything below the head is what it was, bit for bit: the levels too"""
    for mode in (True, False):
        for model, x, y in models(rng):
            model.train(mode)
            _, moved = moved_by(spell, model, x, y)
            levels = [n for n in moved if "running" in n or "batches" in n]
            require(
                not moved,
                "everything below the head as it was, bit for bit",
                _words(moved),
                mistakes={
                    "note-only": levels != moved and bool(levels),
                    "heart-beats": levels == moved and bool(levels),
                    "body-moves": True,
                },
            )


def test_old_gradients(spell, rng):
    """it keeps still even where gradients are lying about from before"""
    for model, x, y in models(rng):
        F.cross_entropy(model(x), y).backward()
        _, moved = moved_by(spell, model, x, y)
        require(
            not moved,
            "everything below the head as it was, bit for bit",
            _words(moved),
            mistakes={"frozen-late": True},
        )


def test_learns(spell, rng):
    """the head learns, the one that is there, and every loss comes back as a plain number"""
    for model, x, y in models(rng):
        model.train()
        head, start = model[-1], copy.deepcopy(model).eval()
        with torch.no_grad():
            first = F.cross_entropy(start(x), y).item()
        F.cross_entropy(model(x), y).backward()
        model.load_state_dict(start.state_dict())
        got, _ = moved_by(spell, model, x, y, steps=60, lr=0.01)
        require(
            isinstance(got, (list, tuple)) and len(got) == 60,
            "60 losses for 60 steps",
            f"{len(got)}" if isinstance(got, (list, tuple)) else f"`{type(got).__name__}`",
            mistakes={"not-all-losses": True},
        )
        require(
            all(isinstance(loss, float) for loss in got),
            "losses that are plain numbers",
            f"`{type(got[-1]).__name__}`",
            mistakes={"losses-with-graph": any(isinstance(loss, torch.Tensor) for loss in got)},
        )
        require(
            model[-1] is head and abs(got[0] - first) < 1e-3,
            f"a first loss of {first:.3f}, by the head that is there",
            f"{got[0]:.3f}",
            mistakes={"new-head": spell.calls("torch.nn.Linear", inside="set_heart")},
        )
        unmoved = all(torch.equal(a, b) for a, b in zip(start[-1].parameters(), head.parameters(), strict=True))
        require(not unmoved, "a head that has learned", "one that is as it was", mistakes={"head-still": True})
        with torch.no_grad():
            last = F.cross_entropy(copy.deepcopy(model).eval()(x), y).item()
        steady = sum(b > a + 1e-6 for a, b in zip(got, got[1:], strict=False))
        require(
            last < first and got[-1] < got[0] and steady <= 10,
            f"a loss that falls from {first:.3f}",
            f"one that ends at {last:.3f}, and rose {steady} times",
            mistakes={"rusted": True},
        )


def test_rate(spell, rng):
    """`lr` is by how much it learns: by twice as much, twice as far"""
    for model, x, y in models(rng):
        far = []
        for lr in (0.004, 0.008):
            taught = copy.deepcopy(model)
            spell.set_heart(taught, x, y, 1, lr)
            far.append((taught[-1].weight.detach() - model[-1].weight.detach()).norm().item())
        require(
            far[0] > 0 and 1.9 < far[1] / far[0] < 2.1,
            "a step twice as long for twice the `lr`",
            f"{far[1] / far[0]:.2f} times" if far[0] else "no step",
            mistakes={"own-rate": far[0] > 0, "head-still": True},
        )


def test_as_it_was(spell, rng):
    """afterwards the model is in the mode it was in, and every parameter wants what it wanted"""
    for mode in (True, False):
        for model, x, y in models(rng):
            model.train(mode)
            first = next(model.parameters()).requires_grad_(False)
            wanted = [p.requires_grad for p in model.parameters()]
            spell.set_heart(model, x, y, 3, 0.01)
            now = [p.requires_grad for p in model.parameters()]
            require(
                now == wanted and first is next(model.parameters()),
                "parameters that want what they wanted",
                f"{sum(a != b for a, b in zip(now, wanted, strict=True))} that want something else",
                mistakes={"left-frozen": True},
            )
            modes = {part.training for part in model.modules()}
            require(
                modes == {mode},
                f"the model in {'training' if mode else 'eval'} mode, as it was",
                "in the other, or in part",
                mistakes={"mode-left": True},
            )
