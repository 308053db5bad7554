"""Whether errors are counted, named and ranked as they are, on slips and readings nobody has seen."""

import torch
from torch import nn

from oz.trial import require, same


def _table(read, numbers, kinds):
    table = torch.zeros(kinds, kinds, dtype=torch.int64)
    for was, seen in zip(numbers.tolist(), read.tolist(), strict=True):
        table[was, seen] += 1
    return table


def _readings(rng, n, kinds):
    """Numbers, and how they were read: mostly right."""
    numbers = rng.integers(0, kinds, size=n)
    off = rng.integers(0, kinds, size=n)
    read = [int(o) if rng.random() < 0.4 else int(a) for a, o in zip(numbers, off, strict=True)]
    return torch.tensor(read, dtype=torch.int64), torch.tensor(numbers, dtype=torch.int64)


def test_confusion(spell, rng):
    """`confusion` counts, for every number, what it was read as"""
    for n, kinds in ((60, 4), (200, 10), (5, 10), (1, 3), (0, 4)):
        read, numbers = _readings(rng, n, kinds)
        asked = _table(read, numbers, kinds)
        words = f"confusion(read, numbers, {kinds}), {n} slips"
        try:
            got = spell.confusion(read, numbers, kinds)
        except RuntimeError as error:
            require(
                "is invalid for input of size" not in str(error),
                f"a table from {words}",
                "`RuntimeError`",
                mistakes={"too-short": True},
            )
            raise
        same(
            got,
            asked,
            words,
            mistakes={
                "nothing-yet": lambda t: n > 0 and not t.any(),
                "always-ten": lambda t, k=kinds: k != 10 and tuple(t.shape) == (10, 10),
                "on-its-side": lambda t, a=asked: torch.equal(t, a.T),
                "counted-once": lambda t, a=asked: torch.equal(t, a.clamp(max=1)),
                "shares": lambda t, n=n: n > 1 and t.is_floating_point() and t.max() <= 1,
                "not-counts": lambda t, a=asked: (
                    t.is_floating_point() and torch.equal(t, a.float())
                ),
                "errors-only": lambda t, a=asked: torch.equal(t, a.clone().fill_diagonal_(0)),
            },
        )


def test_most_confused(spell, rng):
    """`most_confused` names what was most often read as something else, and leaves the table alone"""
    for kinds in (3, 10, 5, 2):
        table = torch.tensor(rng.integers(0, 9, size=(kinds, kinds)))
        table.fill_diagonal_(40)
        was = int(rng.integers(kinds))
        seen = (was + int(rng.integers(1, kinds))) % kinds
        table[was, seen] = 15
        table[seen, was] = min(int(table[seen, was]), 8)
        before = table.clone()
        got = spell.most_confused(table)
        require(
            torch.equal(table, before),
            "the table as it was handed over",
            "written into",
            mistakes={"wiped-table": True},
        )
        require(
            isinstance(got, (tuple, list)) and len(got) == 2,
            "two numbers: what it was, and what was read",
            f"`{got!r}`",
            mistakes={"flat-place": True},
        )
        got = tuple(int(n) for n in got)
        require(
            got == (was, seen),
            f"`{(was, seen)}`",
            f"`{got}`",
            mistakes={
                "read-first": got == (seen, was),
                "diagonal": got[0] == got[1] and table[got] == 40,
                "nothing-yet": got == (0, 0),
            },
        )


def _logits(rng, n, kinds):
    """Logits whose rows each have a zero and a scale of their own, and numbers, half of them misread."""
    logits = rng.normal(size=(n, kinds)) * rng.uniform(0.5, 4, size=(n, 1))
    logits = torch.tensor(logits + rng.normal(size=(n, 1)) * 10, dtype=torch.float32)
    numbers = logits.argmax(1)
    wrong = torch.tensor(rng.random(size=n) < 0.5)
    other = (numbers + torch.tensor(rng.integers(1, kinds, size=n))) % kinds
    return logits, torch.where(wrong, other, numbers)


def _ranked(logits, numbers):
    sure, read = logits.double().softmax(1).max(1)
    wrong = torch.where(read != numbers)[0]
    return wrong[sure[wrong].argsort(descending=True)]


def _rules(logits, numbers, k):
    """What other rules would have given, by name."""
    probs = logits.softmax(1)
    sure, read = probs.max(1)
    wrong = torch.where(read != numbers)[0]
    along, seen_along = logits.softmax(0).max(1)
    off = torch.where(seen_along != numbers)[0]
    return {
        "by-logits": wrong[logits.max(1).values[wrong].argsort(descending=True)][:k],
        "over-the-pile": off[along[off].argsort(descending=True)][:k],
        "right-ones-too": sure.argsort(descending=True)[:k],
        "least-sure": wrong[sure[wrong].argsort()][:k],
        "own-count": sure[wrong].argsort(descending=True)[:k],
        "by-truth": wrong[probs[wrong, numbers[wrong]].argsort()][:k],
        "unsorted": wrong[:k],
    }


def test_surest(spell, rng):
    """`surest_errors` gives the misread rows, the surest first, and never more than there are"""
    for n, kinds, k in ((40, 10, 5), (30, 4, 100), (12, 3, 1), (25, 6, 0), (20, 5, 8)):
        logits, numbers = _logits(rng, n, kinds)
        asked = _ranked(logits, numbers)[:k]
        words = f"surest_errors(logits, numbers, {k}), {n} slips"
        try:
            got = spell.surest_errors(logits, numbers, k)
        except RuntimeError as error:
            require(
                "out of range" not in str(error),
                f"all there are, from {words}",
                "`RuntimeError`",
                mistakes={"too-many-asked": True},
            )
            raise
        known = {
            name: (lambda t, r=rows: torch.equal(t, r))
            for name, rows in _rules(logits, numbers, k).items()
        }
        every = _ranked(logits, numbers)
        same(
            got,
            asked,
            words,
            mistakes={
                "column": lambda t: t.ndim > 1,
                "nothing-yet": lambda t, k=k: k > 0 and t.numel() == 0,
                "all-of-them": lambda t, e=every: torch.equal(t, e),
                **known,
            },
        )
    logits, _ = _logits(rng, 6, 4)
    same(
        spell.surest_errors(logits, logits.argmax(1), 3),
        torch.zeros(0, dtype=torch.int64),
        "with no error at all",
    )


def _gate():
    frame = nn.Sequential(
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
    frame.load_state_dict(torch.load("gates.pt", weights_only=True))
    return frame.eval()


def test_looked_at(spell):
    """`table` and `misread_pictures` are of the frame on the gate: the twelve surest errors, or all there are"""
    visitors = torch.load("visitors.pt", weights_only=True)
    x, numbers = visitors["pictures"][:, None] / 255, visitors["numbers"]
    frame = _gate()
    with torch.no_grad():
        logits = frame(x)
        in_training = _gate().train()(x)
    rows = _ranked(logits, numbers)[:12]
    others = _ranked(in_training, numbers)[:12]
    got = spell.misread_pictures
    require(
        isinstance(got, torch.Tensor) and tuple(got.shape) == (len(rows), 1, 8, 8),
        f"`{(len(rows), 1, 8, 8)}`: the {len(rows)} slips that were misread",
        f"`{tuple(got.shape) if isinstance(got, torch.Tensor) else type(got).__name__}`",
        mistakes={
            "nothing-yet": isinstance(got, torch.Tensor) and got.numel() == 0,
            "not-as-at-the-gate": _is(got, x[others]),
            "shown-others": True,
        },
    )
    # two errors may be as sure as each other, to the last bit or nearly
    found = {tuple(slip.flatten().tolist()) for slip in got}
    wanted = {tuple(slip.flatten().tolist()) for slip in x[rows]}
    require(
        found == wanted,
        "the slips that the frame misreads and is surest of",
        "others",
        mistakes={"not-as-at-the-gate": _is(got, x[others]), "shown-others": True},
    )
    same(
        spell.table,
        _table(logits.argmax(1), numbers, 10),
        "table",
        mistakes={"not-as-at-the-gate": True},
    )


def _is(got, pictures):
    return (
        isinstance(got, torch.Tensor) and got.shape == pictures.shape and torch.equal(got, pictures)
    )
