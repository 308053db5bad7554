"""Whether the round is gone as it should be: the same steps as a loop of the trial's own takes.

Models, data and optimizers are made anew for each case, so that nothing can be known beforehand.
What goes wrong is recognised by going round wrongly on purpose, and comparing where one arrives.
"""

import copy

import torch
from torch import nn

from oz.trial import mistake, require, same

NEAR = {"rtol": 2e-3, "atol": 2e-5}
OPTIMIZERS = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.2),
    "SGD with momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "Adam": lambda p: torch.optim.Adam(p, lr=0.02),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=0.02, weight_decay=0.1),
}


def _model(rng, inputs, classes, norm):
    hidden = int(rng.integers(5, 12))
    middle = [nn.BatchNorm1d(hidden)] if norm else []
    return nn.Sequential(nn.Linear(inputs, hidden), *middle, nn.Tanh(), nn.Linear(hidden, classes))


def _case(rng, rows, kind="SGD", norm=False):
    inputs, classes = int(rng.integers(2, 6)), int(rng.integers(2, 6))
    model = _model(rng, inputs, classes, norm)
    x = torch.tensor(rng.normal(size=(rows, inputs)), dtype=torch.float32)
    y = torch.tensor(rng.integers(0, classes, size=rows))
    return model, OPTIMIZERS[kind], x, y


def walk(model, optimizer, x, y, epochs, batch, wrong=""):
    """The round, gone rightly, or wrongly on purpose; the losses."""
    losses = []
    model.train(wrong != "eval")
    batches = list(zip(x.split(batch), y.split(batch), strict=True))
    if wrong == "ragged":
        batches = [pair for pair in batches if len(pair[0]) == batch]
    if wrong == "first":
        batches = batches[:1] * len(batches)
    if wrong == "whole":
        batches = [(x, y)]
    if wrong == "once":
        epochs = 1
    for _ in range(epochs):
        if wrong == "per-epoch":
            optimizer.zero_grad()
        for rows, told in batches:
            if wrong == "early":
                optimizer.step()
            if wrong not in ("rust", "per-epoch"):
                optimizer.zero_grad()
            logits = model(rows)
            if wrong == "softmax":
                logits = logits.softmax(1)
            how = "sum" if wrong == "sum" else "mean"
            loss = nn.functional.cross_entropy(logits, told, reduction=how)
            (-loss if wrong == "uphill" else loss).backward()
            if wrong not in ("still", "early", "at-the-end"):
                optimizer.step()
            losses.append(loss.item())
        if wrong == "at-the-end":
            optimizer.step()
    return losses


WRONG = {
    "still": "no-step",
    "early": "step-on-nothing",
    "rust": "rusted",
    "per-epoch": "rusted",
    "eval": "eyes-half-shut",
    "ragged": "rest-left-lying",
    "first": "same-batch",
    "whole": "all-at-once",
    "once": "once-round",
    "softmax": "softmax-early",
    "sum": "sum-for-mean",
    "uphill": "uphill",
    "at-the-end": "one-step-a-round",
}


def _came(model, make, x, y, epochs, batch, wrong):
    """Where one arrives by the loop `wrong` from where `model` stands, and its losses."""
    other = copy.deepcopy(model)
    try:
        losses = walk(other, make(other.parameters()), x, y, epochs, batch, wrong)
    except (ValueError, RuntimeError):
        return None
    return [p.detach() for p in other.parameters()], losses


def _alike(one, other):
    return all(torch.allclose(a, b, **NEAR) for a, b in zip(one, other, strict=True))


def _compare(spell, case, epochs, batch, words):
    model, make, x, y = case
    began = copy.deepcopy(model)
    wanted, losses = _came(model, make, x, y, epochs, batch, "")
    model.eval()  # whoever handed him over had just been measuring him
    before = x.clone(), y.clone()
    optimizer = make(model.parameters())
    by = []  # at each step, whether there was anything to step by
    optimizer.register_step_pre_hook(
        lambda *_: by.append(any(p.grad is not None for p in model.parameters()))
    )
    got = spell.fit(model, optimizer, x, y, epochs, batch)
    require(
        torch.equal(x, before[0]) and torch.equal(y, before[1]),
        "`x` and `y` as they were handed in",
        "they were changed",
    )
    mine = [p.detach() for p in model.parameters()]
    if not _alike(mine, wanted):
        for wrong, id in WRONG.items():
            other = _came(began, make, x, y, epochs, batch, wrong)
            if other is not None and _alike(mine, other[0]):
                if wrong == "still" and by and not all(by):
                    id = "step-on-nothing"
                if wrong == "still" and not by and not got:
                    id = "nothing-yet"
                mistake(id, f"asked the parameters where {words} arrives, yours are elsewhere")
    for place, (one, other) in enumerate(zip(mine, wanted, strict=True)):
        same(one, other, f"parameter {place} of the model after {words}", **NEAR)
    _losses(got, losses, x, y, batch, epochs)


def _losses(got, asked, x, y, batch, epochs):
    require(
        isinstance(got, (list, tuple)) and not any(isinstance(v, torch.Tensor) for v in got),
        "a list of plain numbers",
        "tensors in it" if isinstance(got, (list, tuple)) else f"`{type(got).__name__}`",
        mistakes={
            "nothing-back": got is None,
            "losses-with-graph": isinstance(got, (list, tuple)),
        },
    )
    require(
        len(got) == len(asked),
        f"{len(asked)} losses, one for every step",
        f"{len(got)}",
        mistakes={"losses-by-epoch": len(got) == epochs, "no-losses": not got},
    )
    same([float(v) for v in got], asked, "the losses", rtol=5e-3, atol=1e-4)


def test_one_step(spell, rng):
    """one batch, one round: one step"""
    _compare(spell, _case(rng, 8), 1, 8, "1 epoch of 1 batch")


def test_rounds(spell, rng):
    """several rounds of several batches, the last of them smaller"""
    for rows, epochs, batch in ((20, 3, 8), (5, 2, 12), (3, 2, 1)):
        _compare(
            spell, _case(rng, rows), epochs, batch, f"{epochs} epochs of {rows} rows by {batch}"
        )


def test_optimizers(spell, rng):
    """whatever the optimizer that is handed in"""
    for kind in OPTIMIZERS:
        _compare(spell, _case(rng, 14, kind), 2, 6, f"2 epochs with {kind}")


def test_mode(spell, rng):
    """in train mode, however the model was handed in"""
    _compare(spell, _case(rng, 24, norm=True), 2, 8, "2 epochs with a BatchNorm in the model")


def test_called(spell, rng):
    """the model is called: who has hung a hook on it is told of every batch"""
    model, make, x, y = _case(rng, 10)
    told = []
    model.register_forward_hook(lambda _m, given, _out: told.append(len(given[0])))
    spell.fit(model, make(model.parameters()), x, y, 2, 4)
    require(
        sum(told) >= 20,
        "a call for every batch",
        f"{len(told)} calls",
        mistakes={"by-the-back-door": not told},
    )


def test_nothing(spell, rng):
    """no rounds, no steps"""
    model, make, x, y = _case(rng, 6)
    before = [p.detach().clone() for p in model.parameters()]
    got = spell.fit(model, make(model.parameters()), x, y, 0, 4)
    require(
        len(got) == 0 and _alike([p.detach() for p in model.parameters()], before),
        "nothing at all for `epochs=0`",
        "something",
    )
