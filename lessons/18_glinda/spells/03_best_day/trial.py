"""Whether the best day is the one that is left, in the model and in the file.

`files/year.pt` is the part of scikit-learn's diabetes data that the last spell's trial hands out: see there.
The trial itself works with a walker of one number, whose days can be reckoned.
"""

import math
from pathlib import Path

import torch
from torch import nn

from oz.trial import mistake, require, same


class Walker(nn.Module):
    """Stands at one number, and counts the ways forward that it went in train mode."""

    def __init__(self, at):
        super().__init__()
        self.at = nn.Parameter(torch.tensor(float(at)))
        self.register_buffer("went", torch.tensor(0))

    def forward(self):
        if self.training:
            self.went += 1
        return self.at


class Judge:
    """An error that notes who asks: the square of the way to the rows, and 100 more in train mode on `check`."""

    def __init__(self, check, nan_on):
        self.check, self.nan_on = check, nan_on
        self.asked, self.learnt_in_eval, self.days = 0, 0, []

    def __call__(self, model, rows):
        value = (model() - rows).square().mean()
        if rows is not self.check:
            self.learnt_in_eval += not model.training
            return value
        self.asked += 1
        self.days.append((model.at.item(), model.went.item()))
        if self.asked - 1 in self.nan_on:
            return value * math.nan
        return value + 100.0 * model.training


CASES = {
    "the best last": (0.0, 10.0, 12.0, ()),
    "the best in the middle": (0.0, 10.0, 4.0, ()),
    "the best first": (0.0, 10.0, -3.0, ()),
    "a `nan` on the first day": (0.0, 10.0, 5.0, (0,)),
    "a `nan` on what would have been the best": (0.0, 10.0, 4.0, (2, 3)),
}
DAYS = 9


def _reckoned(start, to, check_at, nan_on):
    """What the days come to: the errors on check, and where the walker stood."""
    at, errors, places = start, [], []
    for day in range(DAYS):
        for pull in (to, to + 1.0):
            at -= 0.04 * 2 * (at - pull)
        places.append(at)
        errors.append(math.nan if day in nan_on else (at - check_at) ** 2)
    return errors, places


def _practised(spell, case):
    start, to, check_at, nan_on = CASES[case]
    path = Path("trial-best.pt").absolute()
    path.unlink(missing_ok=True)
    model, check = Walker(start), torch.full((4,), check_at)
    judge = Judge(check, nan_on)
    learn = [torch.full((3,), to), torch.full((3,), to + 1.0)]
    optimizer = torch.optim.SGD(model.parameters(), lr=0.04)
    errors = spell.practise(model, optimizer, judge, learn, check, DAYS, str(path))
    require(
        isinstance(errors, (list, tuple)),
        "a list of errors from `practise`",
        f"`{type(errors).__name__}`",
        mistakes={"nothing-yet": errors is None},
    )
    return model, judge, list(errors), path


def test_errors(spell):
    """what comes back is the error on the check rows, day by day, in eval mode"""
    for case in list(CASES)[:3]:
        model, judge, errors, _ = _practised(spell, case)
        asked, places = _reckoned(*CASES[case])
        require(
            model.went > 0 or judge.asked,
            "rows to be learnt from",
            "none were",
            mistakes={"nothing-yet": True},
        )
        if any(isinstance(error, torch.Tensor) for error in errors):
            mistake("not-numbers")
        off = [sum(errors) - sum(asked), len(errors)]
        moved = judge.days[-1][0] != CASES[case][0] if judge.days else True
        same(
            [float(error) for error in errors],
            asked,
            f"the errors ({case})",
            rtol=1e-3,
            atol=1e-3,
            dtype=False,
            mistakes={
                "wrong-heap": judge.asked == 0,
                "not-eval": len(errors) == DAYS and abs(off[0] - 100 * DAYS) < 1.0,
                "no-step": not moved,
                "rusted": lambda _: (
                    "zero_grad" not in spell.source and ".grad = None" not in spell.source
                ),
                "learnt-from-check": judge.asked > DAYS,
            },
        )
        require(
            judge.learnt_in_eval == 0,
            "train mode, whenever it is learnt",
            f"{judge.learnt_in_eval} steps in eval mode",
            mistakes={"never-back": True},
        )


def test_left(spell):
    """the model is left as it was on its best day, buffers and all, and in eval mode"""
    for case in CASES:
        model, judge, errors, path = _practised(spell, case)
        asked, places = _reckoned(*CASES[case])
        best = min((error, day) for day, error in enumerate(asked) if not math.isnan(error))[1]
        stands, nan_on = model.at.item(), CASES[case][3]

        def near(day, stands=stands, places=places):
            return abs(stands - places[day]) < 1e-4

        last = near(DAYS - 1)
        worst = max((error, day) for day, error in enumerate(asked) if not math.isnan(error))[1]
        require(
            near(best),
            f"the model of day {best} ({case})",
            "another" if not last else f"that of the last day, {DAYS - 1}",
            mistakes={
                "nan-stays": 0 in nan_on and near(0),
                "nan-is-best": bool(nan_on) and (near(max(nan_on)) or near(max(nan_on) + 1)),
                "same-drawer": last
                and path.exists()
                and _day(path) == best
                and _at(path) == stands,
                "kept-last": last and _day(path) == DAYS - 1,
                "worst-day": near(worst) and _day(path) == worst,
                "last-day": last,
                "one-late": best + 1 < DAYS and near(best + 1),
            },
        )
        require(
            model.went.item() == 2 * (best + 1),
            f"the buffers of day {best} ({case})",
            "those of another",
            mistakes={"parameters-only": True},
        )
        require(not model.training, "eval mode", "train mode", mistakes={"left-in-train": True})


def _kept(path):
    require(path.exists(), "a file at `path`", "none", mistakes={"no-file": True})
    try:
        kept = torch.load(path, weights_only=True)
    except Exception:
        mistake("whole-model")
    keys = sorted(kept) if isinstance(kept, dict) else []
    require(
        {"day", "error", "model"} <= set(keys),
        "`model`, `day` and `error` in the file",
        f"{keys}" if keys else f"`{type(kept).__name__}`",
        mistakes={"state-only": "at" in keys, "keys": True},
    )
    return kept


def _day(path):
    try:
        return torch.load(path, weights_only=True)["day"]
    except Exception:
        return None


def _at(path):
    return float(torch.load(path, weights_only=True)["model"]["at"])


def test_kept(spell):
    """the best day lies in `path`: `model`, `day`, `error`"""
    for case in CASES:
        *_, path = _practised(spell, case)
        asked, places = _reckoned(*CASES[case])
        best = min((error, day) for day, error in enumerate(asked) if not math.isnan(error))[1]
        kept = _kept(path)
        same(
            kept["day"],
            best,
            f"`day` in the file ({case})",
            dtype=False,
            mistakes={
                "nan-stays": lambda day: day == 0 and 0 in CASES[case][3],
                "nan-is-best": lambda day: bool(CASES[case][3]),
                "kept-last": lambda day: day == DAYS - 1,
                "from-one": lambda day: day == best + 1,
            },
        )
        same(
            float(kept["error"]), asked[best], f"`error` in the file ({case})", rtol=1e-3, atol=1e-3
        )
        fresh = Walker(7.0)
        try:
            fresh.load_state_dict(kept["model"])
        except RuntimeError:
            mistake("parameters-only")
        same(
            fresh.at.item(),
            places[best],
            f"where the walker in the file stands ({case})",
            rtol=1e-4,
            mistakes={"same-drawer": lambda at: abs(at - places[-1]) < 1e-4},
        )
