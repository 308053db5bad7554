"""Whether what was packed can be used by somebody who has nothing else.

`files/cellar.pt` is that of the three heaps: scikit-learn's wines.
"""

import json
import zipfile
from pathlib import Path

import torch
from torch import nn

from oz.trial import mistake, require, same

NAMES = ["red", "white", "neither"]
_packed = {}


class Levelled(nn.Module):
    """A level of the trial's own, with a name that no program knows."""

    def __init__(self, mean, spread):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)

    def forward(self, x):
        return (x - self.mean) / self.spread


def _given():
    """A level, a model with what differs between the modes, and rows."""
    luck = torch.Generator().manual_seed(55)
    mean = torch.rand(6, generator=luck) * 50
    spread = torch.rand(6, generator=luck) * 9 + 1
    torch.manual_seed(5)
    model = nn.Sequential(
        nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 3)
    )
    model[1].running_mean.uniform_(-1, 1)
    model.train()
    rows = mean + spread * torch.randn(60, 6, generator=luck)
    return Levelled(mean, spread), model, rows


def _answers(level, model, rows):
    model.eval()
    with torch.no_grad():
        return model(level(rows)), model(rows), model(level(level(rows)))


def _pack(spell):
    """The file that the player's `pack` makes of the trial's model, once."""
    if spell.source not in _packed:
        path = Path("for-a-stranger.pt2").absolute()
        path.unlink(missing_ok=True)
        spell.pack(*_given()[:2], NAMES, str(path))
        _packed[spell.source] = path
    path = _packed[spell.source]
    require(path.exists(), "a file at `path`", "none", mistakes={"no-file": True})
    return path


def _opened(path):
    """What lies in the file, as a stranger opens it, with torch and nothing else."""
    extra = {"names.json": ""}
    try:
        with zipfile.ZipFile(path) as parcel:
            exported = any(name.endswith("archive_format") for name in parcel.namelist())
    except zipfile.BadZipFile:
        exported = False
    if not exported:
        try:
            kept = torch.load(path, weights_only=True)
        except Exception:
            mistake("pickled")
        mistake("state-only" if isinstance(kept, dict) else "pickled")
    return torch.export.load(path, extra_files=extra).module(), extra["names.json"]


def test_parcel(spell):
    """the file can be opened with `torch.export.load`, and by nobody's class"""
    _opened(_pack(spell))


def test_rows(spell):
    """it answers raw rows, however many, as the model does in eval mode"""
    level, model, rows = _given()
    answer, _ = _opened(_pack(spell))
    asked, unlevelled, twice = _answers(level, model, rows)
    for n in (2, 1, 60, 7):
        try:
            with torch.no_grad():
                got, again = answer(rows[:n]), answer(rows[:n])
        except Exception as error:
            require(
                False,
                f"answers for {n} rows",
                f"`{type(error).__name__}`: {str(error).strip().splitlines()[0][:120]}",
                mistakes={"one-size": True},
            )
        if not torch.equal(got, again):
            mistake("left-in-train")
        same(
            got,
            asked[:n],
            f"the answers to {n} rows",
            rtol=1e-3,
            atol=1e-4,
            requires_grad=None,
            mistakes={
                "level-left-out": lambda t, n=n: torch.allclose(
                    t, unlevelled[:n], rtol=1e-3, atol=1e-3
                ),
                "levelled-twice": lambda t, n=n: torch.allclose(t, twice[:n], rtol=1e-3, atol=1e-3),
                "softened": lambda t, n=n: torch.allclose(t, asked[:n].softmax(dim=1), atol=1e-3),
                "left-in-train": lambda t: True,
            },
        )


def test_names(spell):
    """the names lie in it too, as `names.json`"""
    path = _pack(spell)
    _, kept = _opened(path)
    require(kept, "`names.json` among the extra files", "none", mistakes={"names-left-out": True})
    try:
        kept = json.loads(kept)
    except ValueError:
        mistake("names-not-json")
    same(kept, NAMES, "the names in it")


def test_unpack(spell):
    """`unpack` gives back the function and the names"""
    level, model, rows = _given()
    path = _pack(spell)
    _opened(path)
    got = spell.unpack(str(path))
    require(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "two things, a function and names",
        f"`{type(got).__name__}`",
        mistakes={"nothing-yet": got is None},
    )
    answer, names = got
    require(
        callable(answer),
        "a function, first",
        f"`{type(answer).__name__}`",
        mistakes={"not-a-module": type(answer).__name__ == "ExportedProgram"},
    )
    try:
        says = answer(rows[:9])
    except RuntimeError as error:
        require(
            False,
            "something that can be asked",
            str(error).splitlines()[0],
            mistakes={"not-a-module": type(answer).__name__ == "ExportedProgram"},
        )
    same(
        says,
        _answers(level, model, rows)[0][:9],
        "what it says of nine rows",
        rtol=1e-3,
        atol=1e-4,
        requires_grad=None,
    )
    same(list(names), NAMES, "the names", mistakes={"names-made-up": True})
