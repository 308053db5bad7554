"""Whether what was fired can be read by anybody, and its label without the clay."""

import json
import struct
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock

import safetensors
import safetensors.torch
import torch
from torch import nn

from oz.trial import mistake, require, same

KINDS = {
    torch.float32: "F32",
    torch.float64: "F64",
    torch.bfloat16: "BF16",
    torch.float16: "F16",
    torch.int64: "I64",
    torch.uint8: "U8",
    torch.bool: "BOOL",
}


def lot(rng):
    """Tensors of all kinds and shapes."""
    rows, columns = (int(n) for n in rng.integers(2, 6, size=2))
    return {
        "body.weight": torch.randn(rows, columns),
        "body.bias": torch.randn(rows).bfloat16(),
        "steps": torch.tensor(int(rng.integers(1, 99))),
        "half": torch.randn(2, 2, 3).half(),
        "mask": torch.tensor([True, False]),
        "empty": torch.zeros(0, 3),
        "double": torch.randn(columns).double(),
        "picture": torch.randint(0, 255, (3, 2), dtype=torch.uint8),
    }


def fired(spell, state, path, notes):
    """Fire, and read with somebody else's eyes: the header as plain JSON, and the tensors."""
    try:
        spell.fire(state, str(path), notes)
    except (RuntimeError, ValueError, TypeError) as error:
        said = str(error)
        require(
            False,
            "a tile",
            f"`{type(error).__name__}`: {' '.join(said.split())[:90]}",
            mistakes={
                "shared": "share memory" in said,
                "slantwise": "non contiguous" in said,
                "not-in-words": "metadata" in said or "'str'" in said or "PyString" in said,
            },
        )
    require(path.is_file(), "a file at `path`", "there is none", mistakes={"nothing-fired": True})
    raw = path.read_bytes()
    try:
        (length,) = struct.unpack("<Q", raw[:8])
        header = json.loads(raw[8 : 8 + length])
    except (ValueError, struct.error, MemoryError, OverflowError):
        mistake("no-tile")
    return header, safetensors.torch.load_file(path)


def test_fire(spell, rng, tmp_path):
    """`fire` writes a safetensors file, with every tensor as it was: name, kind, shape, values"""
    state = lot(rng)
    given = {name: part.clone() for name, part in state.items()}
    _, read = fired(spell, state, tmp_path / "lot.safetensors", {})
    same(sorted(read), sorted(given), "the names on the tile", mistakes={"left-out": lambda g: len(g) < len(given)})
    for name, asked in given.items():
        same(read[name], asked, f"`{name}`", rtol=0, atol=0, mistakes={"other-kind": lambda t: t.dtype != asked.dtype})
    same(dict(state), given, "the state that was handed in")


def test_notes(spell, tmp_path):
    """what is noted stands on the label, in words"""
    notes = {"by": "Slip", "day": 4, "lr": 0.25, "done": True}
    header, _ = fired(spell, {"w": torch.ones(2)}, tmp_path / "noted.safetensors", notes)
    found = header.get("__metadata__") or {}
    asked = {key: str(note) for key, note in notes.items()}
    require(
        all(found.get(key) == note for key, note in asked.items()),
        f"the notes `{asked}`",
        f"`{found}`",
        mistakes={"no-notes": not found, "not-in-words": set(found) != set(asked)},
    )


def test_slantwise(spell, rng, tmp_path):
    """a piece that lies slantwise is fired straight"""
    whole = torch.randn(4, 6)
    state = {"turned": whole.T, "every.other": torch.randn(8)[::2], "spread": torch.randn(3, 1).expand(3, 4)}
    _, read = fired(spell, state, tmp_path / "slant.safetensors", {})
    for name, asked in state.items():
        same(read[name], asked.contiguous(), f"`{name}`", rtol=0, atol=0)


def test_shared(spell, tmp_path):
    """one piece under two names is on the tile under both; and a module's `state_dict` can be fired"""
    model = nn.ModuleDict({"read": nn.Embedding(5, 3), "say": nn.Linear(3, 5, bias=False), "norm": nn.BatchNorm1d(3)})
    model["say"].weight = model["read"].weight
    states = {
        "a tied model": model.state_dict(),
        "parameters": {"w": nn.Parameter(torch.ones(2, 2)), "b": torch.ones(3, requires_grad=True)},
        "a piece and a piece of it": (lambda w: {"all": w, "top": w[:2]})(torch.randn(4, 3)),
    }
    for number, (what, state) in enumerate(states.items()):
        _, read = fired(spell, state, tmp_path / f"{number}.safetensors", {"n": number})
        same(sorted(read), sorted(state), f"the names on the tile ({what})", mistakes={"one-name-lost": True})
        for name, asked in state.items():
            same(read[name], asked.detach(), f"`{name}`", rtol=0, atol=0, requires_grad=False)
    require(
        model["say"].weight is model["read"].weight and model.state_dict()["say.weight"].requires_grad is False,
        "the model as it was",
        "a changed one",
    )


@contextmanager
def label_only():
    """No whole file is read while this lasts."""
    def whole(*args, **kwargs):
        mistake("reads-all")

    real = [safetensors.torch.load_file, safetensors.torch.load, safetensors.deserialize, torch.load]
    names = vars(sys.modules["__main__"])
    with ExitStack() as stack:
        for name in ("load_file", "load"):
            stack.enter_context(mock.patch.object(safetensors.torch, name, whole))
        stack.enter_context(mock.patch.object(Path, "read_bytes", whole))
        ours = {key: whole for key, value in names.items() if any(value is r for r in real)}
        stack.enter_context(mock.patch.dict(names, ours))
        yield


def test_label(spell, rng, tmp_path):
    """`label` gives the notes, and kind and shape of every tensor, without reading one"""
    for number, notes in enumerate(({"by": "Slip", "day": "4"}, {}, None)):
        state = {**lot(rng), f"only.{number}": torch.randn(number + 1, 2)}
        path = tmp_path / f"label-{number}.safetensors"
        safetensors.torch.save_file(state, path, metadata=notes)
        with label_only():
            told = spell.label(str(path))
        require(
            isinstance(told, (tuple, list)) and len(told) == 2,
            "`(notes, parts)`",
            f"`{str(told)[:50]}`",
        )
        got, parts = told
        require(
            isinstance(got, dict) and got == (notes or {}),
            f"the notes `{notes or {}}`",
            f"`{got}`",
            mistakes={"none-for-nothing": got is None, "notes-unread": not got},
        )
        require(
            isinstance(parts, dict) and sorted(parts) == sorted(state),
            f"the names `{sorted(state)}`",
            f"`{sorted(parts) if isinstance(parts, dict) else parts}`",
            mistakes={"notes-unread": isinstance(parts, dict) and "__metadata__" in parts, "parts-unread": not parts},
        )
        for name, part in state.items():
            asked = (KINDS[part.dtype], tuple(part.shape))
            kind, shape = parts[name]
            require(
                kind == asked[0] and tuple(shape) == asked[1],
                f"`{asked}` for `{name}`",
                f"`{(kind, shape)}`",
                mistakes={"kind-of-torch": isinstance(kind, torch.dtype) or "torch" in str(kind)},
            )


def test_one(spell, rng, tmp_path):
    """`one` gives the tensor of that name, and reads no other"""
    state = lot(rng)
    path = tmp_path / "one.safetensors"
    safetensors.torch.save_file(state, path)
    for name, asked in state.items():
        with label_only():
            got = spell.one(str(path), name)
        same(got, asked, f'one(path, "{name}")', rtol=0, atol=0)


def test_kept(spell, scratch):
    """`china.safetensors` holds the reader from the gates, with a label"""
    path = scratch / "china.safetensors"
    require(path.is_file(), "`china.safetensors` beside the program", "there is none", mistakes={"not-kept": True})
    reader = torch.load(scratch / "gates.pt", weights_only=True)
    read = safetensors.torch.load_file(path)
    require(sorted(read) == sorted(reader), "the reader from the gates", "something else", mistakes={"not-kept": True})
    for name, asked in reader.items():
        same(read[name], asked, f"`{name}`", rtol=0, atol=0, mistakes={"not-kept": True})
    with safetensors.safe_open(path, framework="pt") as tile:
        require(bool(tile.metadata()), "notes on its label", "none", mistakes={"no-notes": True})
