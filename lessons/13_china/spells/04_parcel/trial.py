"""Whether parcels are read without being opened, and whether the bad ones, which are really bad, do nothing.

Each hostile file would make a folder if it were unpickled, by one of several ways. The folder is the proof.
"""

import os
import pickle
from dataclasses import dataclass
from datetime import timedelta

import pytest
import torch

from oz.trial import require, same


@dataclass
class Glaze:
    """A class of somebody we know."""

    name: str
    parts: torch.Tensor


@dataclass
class Stranger:
    """A class of somebody we do not know, who does no harm."""

    parts: torch.Tensor


class Does:
    """Unpickled, it calls something."""

    def __init__(self, call, *args):
        self.call, self.args = call, args

    def __reduce__(self):
        return self.call, self.args


WAYS = {
    "posix.mkdir": lambda at: Does(os.mkdir, at),
    "builtins.exec": lambda at: Does(exec, f"import os; os.mkdir({at!r})"),
    "builtins.eval": lambda at: Does(eval, f"__import__('os').mkdir({at!r})"),
    "os.makedirs": lambda at: Does(os.makedirs, at),
}


def hostile(path, trap, way, known=None):
    """A parcel of quite good weights, with something among them."""
    state = {"body.weight": torch.ones(2, 3), "epoch": 4, "lots": [1.0, {"deep": WAYS[way](str(trap))}]}
    if known is not None:
        state["glaze"] = known
    torch.save(state, path)


@pytest.fixture(autouse=True)
def gate():
    """Whoever was let in for good is sent out again after the check."""
    before = torch.serialization.get_safe_globals()
    yield before
    torch.serialization.clear_safe_globals()
    torch.serialization.add_safe_globals(before)


def sprung(trap):
    require(
        not trap.exists(),
        "a parcel that does nothing",
        "it ran: what was in it has made a folder",
        mistakes={"it-ran": True},
    )


@pytest.mark.parametrize("way", list(WAYS))
def test_shut(spell, tmp_path, way):
    """a parcel that would do something stays shut: `open_parcel` raises, and nothing happens"""
    trap, path = tmp_path / "sprung", tmp_path / "parcel.pt"
    hostile(path, trap, way)
    for known in ((), (Glaze,)):
        try:
            got = spell.open_parcel(str(path), known)
        except Exception:  # of whatever kind: who lets nothing in at all is found out by the honest parcel
            sprung(trap)
            continue
        sprung(trap)
        require(False, "an error", f"`{str(got)[:60]}`", mistakes={"said-nothing": True})


def test_shut_old(spell, tmp_path):
    """and so does one that is packed in the old way"""
    trap, path = tmp_path / "sprung", tmp_path / "parcel.pt"
    old = {"w": torch.ones(2), "x": Does(os.mkdir, str(trap))}
    torch.save(old, path, _use_new_zipfile_serialization=False)
    try:
        spell.open_parcel(str(path))
    except Exception:
        pass
    sprung(trap)


def test_asks(spell, tmp_path):
    """`asks_for` says what each parcel would call or make, sorted, and runs nothing"""
    trap, path = tmp_path / "sprung", tmp_path / "parcel.pt"
    torch.save({"w": torch.ones(2), "steps": 3}, path)
    same(spell.asks_for(str(path)), [], "what an honest one asks for")
    glaze = Glaze("blue", torch.ones(1))
    mine, strange = (f"{kind.__module__}.{kind.__qualname__}" for kind in (Glaze, Stranger))
    for way in WAYS:
        hostile(path, trap, way, glaze)
        got = spell.asks_for(str(path))
        sprung(trap)
        asked = sorted([mine, way])
        require(
            isinstance(got, (list, tuple)),
            "a list of names",
            f"`{type(got).__name__}`",
        )
        same(
            list(got),
            asked,
            "what was told",
            mistakes={
                "asks-nothing": lambda g: not g,
                "short-names": lambda g: len(g) == 2 and all("." not in name or name not in asked for name in g),
                "only-the-first": lambda g: len(g) == 1,
                "as-it-comes": lambda g: sorted(g) == asked,
            },
        )
    torch.save([Stranger(torch.ones(1)), glaze, timedelta(1)], path)
    same(
        list(spell.asks_for(str(path))),
        sorted([mine, strange, "datetime.timedelta"]),
        "what was told",
        mistakes={"as-it-comes": lambda g: sorted(g) == sorted([mine, strange, "datetime.timedelta"])},
    )


def opened(spell, path, known):
    """What `open_parcel` gives, or nothing where it refuses."""
    try:
        return spell.open_parcel(str(path), known)
    except (pickle.UnpicklingError, ValueError, RuntimeError):
        return None


def refused(spell, path, known):
    """Whether `open_parcel` lets nothing out, by whatever error it says so."""
    try:
        return spell.open_parcel(str(path), known) is None
    except Exception:
        return True


def test_honest(spell, tmp_path):
    """an honest parcel is opened"""
    state = {"w": torch.randn(3), "lr": 0.1, "words": ["a", "b"], "none": None}
    torch.save(state, tmp_path / "honest.pt")
    got = opened(spell, tmp_path / "honest.pt", ())
    require(
        isinstance(got, dict) and got.keys() == state.keys() and torch.equal(got["w"], state["w"]),
        "what was put in",
        f"`{str(got)[:60]}`",
        mistakes={"opens-none": True},
    )


def test_known(spell, tmp_path, gate):
    """what holds a class in `known` is opened, and only for this once"""
    path = tmp_path / "known.pt"
    torch.save({"glaze": Glaze("blue", torch.arange(3)), "w": torch.ones(2)}, path)
    for known in ([Glaze], (Stranger, Glaze)):
        got = opened(spell, path, known)
        require(
            got is not None and isinstance(got["glaze"], Glaze),
            "the parcel with a `Glaze` in it, where `Glaze` is known",
            "it was refused",
            mistakes={"knows-nobody": True},
        )
        same(got["glaze"].parts, torch.arange(3), "what is in it")
    for known in ((), (Stranger,)):
        require(
            refused(spell, path, known),
            "the same parcel refused, where `Glaze` is not known",
            "it was opened",
            mistakes={
                "door-left-open": Glaze in torch.serialization.get_safe_globals(),
                "lets-in-all": True,
            },
        )
    require(
        set(torch.serialization.get_safe_globals()) == set(gate),
        "nobody let in for good",
        f"{len(torch.serialization.get_safe_globals()) - len(gate)} more",
        mistakes={"door-left-open": True},
    )


def test_kept_known(spell, tmp_path, gate):
    """whom the gate knew before, it knows afterwards"""
    path = tmp_path / "both.pt"
    torch.save([Stranger(torch.ones(1)), Glaze("blue", torch.ones(1))], path)
    torch.serialization.add_safe_globals([Stranger])
    require(opened(spell, path, [Glaze]) is not None, "a parcel of two whom one knows", "it was refused")
    require(
        Stranger in torch.serialization.get_safe_globals(),
        "the gate to know whom it knew before",
        "it has forgotten",
        mistakes={"forgets-all": True},
    )
