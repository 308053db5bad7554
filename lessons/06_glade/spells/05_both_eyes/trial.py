"""Whether what is measured is the model itself, whole, and whether it is left as it was found."""

import copy

import torch
from torch import nn

from oz.trial import mistake, require


class Watched(nn.Module):
    """A model that notes how it was looked at."""

    def __init__(self, rng, inputs, classes, *, tied=True):
        super().__init__()
        hidden = int(rng.integers(12, 20))
        self.look = nn.Linear(inputs, hidden)
        self.norm = nn.BatchNorm1d(hidden)
        self.fern = nn.Dropout(0.5 if tied else 0.0)
        self.say = nn.Linear(hidden, classes)
        self.modes, self.parts, self.recorded = [], [], []
        with torch.no_grad():  # as after some training: averages of its own, logits that differ
            self.norm.running_mean += torch.tensor(rng.normal(size=hidden), dtype=torch.float32)
            self.norm.running_var *= 2.0
            self.say.weight *= 4.0

    def forward(self, x):
        self.modes.append(self.training)
        self.parts.append(self.fern.training or self.norm.training)
        self.recorded.append(torch.is_grad_enabled())
        return self.say(self.fern(self.norm(self.look(x)).relu()))


def _case(rng, rows, mode, **how):
    inputs, classes = int(rng.integers(3, 7)), int(rng.integers(3, 6))
    model = Watched(rng, inputs, classes, **how)
    model.train(mode)
    x = torch.tensor(rng.normal(size=(rows, inputs)), dtype=torch.float32)
    whole = copy.deepcopy(model).eval()
    with torch.no_grad():
        logits = whole(x)
    # about half of the answers as the model would give them, so that the share is neither 0 nor 1
    y = torch.tensor(rng.integers(0, classes, size=rows))
    y = torch.where(torch.tensor(rng.random(rows) < 0.5), logits.argmax(1), y)
    share = (logits.argmax(1) == y).double().mean().item()
    return model, x, y, share, nn.functional.cross_entropy(logits, y).item(), logits


def _number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _measured(spell, model, x, y, *batch):
    got = spell.evaluate(model, x, y, *batch)
    require(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "two numbers, a share and a loss",
        f"`{type(got).__name__}`",
        mistakes={"nothing-back": got is None, "one-number": _number(got)},
    )
    return got


def test_same_twice(spell, rng):
    """the same lion and the same pebbles give the same numbers, and they are those of eval mode"""
    for training in (True, False):
        model, x, y, share, loss, _ = _case(rng, 40, training)
        once = _measured(spell, model, x, y)
        twice = _measured(spell, model, x, y)
        if any(model.modes):
            mistake("half-tied", "asked eval mode while he is measured, yours train mode")
        if any(model.parts):
            mistake("one-flag", "eval mode in him and all his parts, yours in him alone")
        one, other = ([float(v) for v in pair] for pair in (once, twice))
        require(one == other, "the same twice", f"{one} and {other}")


def test_plain(spell, rng):
    """they are plain numbers"""
    model, x, y, *_ = _case(rng, 12, True)
    got = _measured(spell, model, x, y)
    require(
        all(_number(v) for v in got),
        "two plain numbers",
        " and ".join(f"`{type(v).__name__}`" for v in got),
        mistakes={"tensors-back": any(isinstance(v, torch.Tensor) for v in got)},
    )


def test_numbers(spell, rng):
    """the share and the loss are those of all rows together, however they are cut into batches"""
    for rows, batch in ((40, 40), (40, 12), (9, 8), (5, 100), (7, 1)):
        model, x, y, share, loss, logits = _case(rng, rows, False, tied=False)
        got = [float(v) for v in _measured(spell, model, x, y, batch)]
        pieces = list(zip(logits.split(batch), y.split(batch), strict=True))
        shares = [(a.argmax(1) == b).double().mean().item() for a, b in pieces]
        losses = [nn.functional.cross_entropy(a, b).item() for a, b in pieces]
        words = f"of {rows} rows by {batch}"
        n = len(pieces)
        require(
            abs(got[0] - share) < 1e-5,
            f"a share {words} of {share:.4f}",
            f"{got[0]:.4f}",
            mistakes={
                "mean-of-means": n > 1 and abs(got[0] - sum(shares) / n) < 1e-5,
                "count-for-share": abs(got[0] - share * rows) < 1e-3,
                "percent": abs(got[0] - 100 * share) < 1e-2,
                "last-batch-only": n > 1 and abs(got[0] - shares[-1]) < 1e-5,
                "wrong-share": abs(got[0] - (1 - share)) < 1e-5,
            },
        )
        require(
            abs(got[1] - loss) < 1e-4 * (1 + loss),
            f"a mean loss {words} of {loss:.4f}",
            f"{got[1]:.4f}",
            mistakes={
                "mean-of-means": n > 1 and abs(got[1] - sum(losses) / n) < 1e-4,
                "summed-loss": abs(got[1] - loss * rows) < 1e-3 * rows
                or abs(got[1] - sum(losses)) < 1e-3,
                "last-batch-only": n > 1 and abs(got[1] - losses[-1]) < 1e-4,
                "softmax-early": True,
            },
        )


def test_left_alone(spell, rng):
    """he is left in the mode in which he was found, and with the averages that he had"""
    for training in (True, False):
        model, x, y, *_ = _case(rng, 30, training)
        before = {k: v.clone() for k, v in model.state_dict().items()}
        _measured(spell, model, x, y, 7)
        after = model.state_dict()
        require(
            all(torch.equal(after[k], v) for k, v in before.items()),
            "parameters and averages as they were",
            "some have changed",
            mistakes={"half-tied": any(model.modes)},
        )
        words = {True: "train", False: "eval"}
        inner = [m.training for m in model.modules()]
        require(
            all(mode == training for mode in inner),
            f"{words[training]} mode again, as he was handed over",
            f"{words[not training]} mode" + (", in part" if len(set(inner)) > 1 else ""),
            mistakes={"left-in-eval": training, "always-train": not training},
        )


def test_unrecorded(spell, rng):
    """nothing is recorded while he is measured, and recording goes on afterwards"""
    model, x, y, *_ = _case(rng, 10, True)
    _measured(spell, model, x, y)
    require(
        not any(model.recorded),
        "no recording",
        "a graph for every batch",
        mistakes={"recorded": True},
    )
    require(
        torch.is_grad_enabled(),
        "recording switched on again",
        "it is off now, for everybody",
        mistakes={"off-for-good": True},
    )
