"""Whether a file opens here, whatever it says, and whether what fits goes in, and what does not is told."""

import os

import torch
from torch import nn
from works import pack_with_card

from oz.trial import mistake, require, same


class Does:
    """Unpickled, it makes a folder."""

    def __init__(self, at):
        self.at = at

    def __reduce__(self):
        return os.mkdir, (self.at,)


class Beast(nn.Module):
    """Something with parameters, buffers, and a part that is called like a wrapper."""

    def __init__(self, legs=4, head=3):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(5, legs), nn.BatchNorm1d(legs))
        self.head = nn.Linear(legs, head)


def state_of(model):
    return {name: part.detach().clone() for name, part in model.state_dict().items()}


def foreign(seed, **sizes):
    """The state of another beast, with no number as it comes out of the mould."""
    torch.manual_seed(seed)
    beast = Beast(**sizes)
    return {
        name: part + 3 if part.dtype == torch.int64 else torch.randn(part.shape)
        for name, part in state_of(beast).items()
    }


def fetched(spell, path):
    try:
        return spell.fetch(str(path))
    except RuntimeError as error:
        if "map_location" not in str(error):
            raise
    mistake("where-it-was-saved")


def test_here(spell, tmp_path):
    """`fetch` opens on the processor what was saved beside a card"""
    state = {"body.weight": torch.randn(2, 3), "steps": torch.tensor(7)}
    pack_with_card(state, tmp_path / "card.pt")
    got = fetched(spell, tmp_path / "card.pt")
    for name, part in got.items():
        require(
            part.device.type == "cpu",
            f"`{name}` on `cpu`",
            f"on `{part.device}`",
            mistakes={"where-it-was-saved": True},
        )
    same(dict(got), state, "what was fetched")


def test_names(spell, tmp_path):
    """`fetch` takes `module.` away in front of names, once, and nowhere else"""
    names = {
        "module.body.weight": "body.weight",
        "module.module.bias": "module.bias",
        "head.module.weight": "head.module.weight",
        "tail": "tail",
        "modules.gain": "modules.gain",
    }
    state = {name: torch.full((2,), float(number)) for number, name in enumerate(names)}
    torch.save(state, tmp_path / "names.pt")
    got = fetched(spell, tmp_path / "names.pt")
    require(
        sorted(got) == sorted(names.values()),
        f"the names `{sorted(names.values())}`",
        f"`{sorted(got)}`",
        mistakes={
            "eaten": "s.gain" in got or "tail" not in got or ".gain" in got,
            "prefix-left": "module.body.weight" in got,
            "prefix-everywhere": "module.bias" not in got or "head.module.weight" not in got,
        },
    )
    same({new: got[new] for new in names.values()}, {new: state[old] for old, new in names.items()}, "what was fetched")


def fitted(spell, model, state, **more):
    """What `fit` tells, in order."""
    try:
        told = spell.fit(model, state, **more)
    except RuntimeError as error:
        if "size mismatch" not in str(error):
            raise
        mistake("size-mismatch")
    require(
        isinstance(told, (tuple, list)) and len(told) == 2,
        "two lists of names",
        f"`{type(told).__name__}`",
        mistakes={"nothing-told": told is None},
    )
    return [list(part) for part in told]


def test_fits(spell):
    """with `exact=False`, `fit` puts in what fits by name and shape, and leaves the rest as it was"""
    model, state = Beast(), foreign(3)
    state["head.weight"] = torch.randn(6, 4)
    state["body.0.bias"] = torch.randn(1)
    state["body.0.weight"] = torch.randn(5, 4)  # as many numbers, and another shape
    state["horn"] = torch.ones(2)
    del state["body.1.running_var"]
    before, given = state_of(model), {n: v.clone() for n, v in state.items()}
    told = fitted(spell, model, state, exact=False)
    stay = ["body.0.bias", "body.0.weight", "body.1.running_var", "head.weight"]
    after = state_of(model)
    untouched = all(torch.equal(after[name], before[name]) for name in before)
    require(not untouched, "a model with parts put in", "one as it was", mistakes={"nothing-put-in": True})
    for name, part in after.items():
        asked = before[name] if name in stay else state[name]
        same(part, asked, f"`{name}`", rtol=0, atol=0, mistakes={"size-forced": name in stay})
    same(state, given, "the state that was handed in")
    over = ["body.0.bias", "body.0.weight", "head.weight", "horn"]
    same(
        told,
        [stay, over],
        "what was told",
        mistakes={
            "nothing-told": lambda t: not any(t),
            "the-other-way": lambda t: [sorted(t[1]), sorted(t[0])] == [stay, over],
            "size-not-told": lambda t: "head.weight" not in t[0] or "head.weight" not in t[1],
            "unsorted": lambda t: [sorted(t[0]), sorted(t[1])] == [stay, over],
        },
    )


def test_whole(spell):
    """where all fits it goes in, exactly or not, and nothing is told"""
    for more in ({}, {"exact": True}, {"exact": False}):
        model, state = Beast(), foreign(5)
        told = fitted(spell, model, state, **more)
        same(told, [[], []], "what was told")
        same(state_of(model), state, "what is in the model", rtol=0, atol=0)


def refused(spell, state, **more):
    """`fit` must raise, and leave the model as it was."""
    model = Beast()
    before = state_of(model)
    try:
        spell.fit(model, state, **more)
    except (KeyError, ValueError, RuntimeError):
        pass
    else:
        require(False, "an error", "none", mistakes={"not-strict": bool(more), "lenient-by-itself": True})
    for name, part in state_of(model).items():
        same(part, before[name], f"`{name}` after the error", rtol=0, atol=0, mistakes={"half-a-cow": True})


def test_exact(spell):
    """exactly: where anything is missing, left over or of another size it raises, and has changed nothing"""
    missing, over, size = foreign(7), foreign(8), foreign(9)
    del missing["head.bias"]
    over["horn"] = torch.ones(2)
    size["head.weight"] = torch.randn(6, 4)
    for state in (missing, over, size):
        refused(spell, state, exact=True)
        refused(spell, state)


def test_careful(spell, tmp_path):
    """`fetch` runs nothing that somebody may have put into the file"""
    trap, path = tmp_path / "sprung", tmp_path / "box.pt"
    torch.save({"body.weight": torch.ones(2), "with love": Does(str(trap))}, path)
    try:
        spell.fetch(str(path))
    except Exception:
        pass
    require(not trap.exists(), "a file that does nothing", "it ran, and has made a folder", mistakes={"trusting": True})
