"""Whether `balloon.onnx` flies: alone in an empty folder, without torch, for any number of slates, reading as at the gates.

The file is opened by a process of its own that turns torch away. `differences` is asked about a reader that was
bent by a known amount, and about a file that is not there: what it says has to have been measured, up there.
The mark of 1e-4 is measured in tests/benchmarks/test_marks_balloon.py.
"""

import ast
import copy
import json
import shutil
import subprocess
import sys

import numpy as np
import onnxruntime
import pytest
import torch
from torch import nn

from oz.trial import mistake, require

MARK = 1e-4
"""By how much a logit may differ, here and in the air."""
SIZES = (1, 3, 64)
FLOWN = []
"""What was asked already: an answer takes a process."""
READS_WELL = []
"""Whether the file was found good: before that nothing is flown to see whether flying is measured well."""
BENT = 0.375
"""By how much one bias of the reader is bent for `differences`; a power of two's multiple, so that it stays itself."""

BASKET = '''
import json, sys


class Door:
    """Turns torch away."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("torch", "onnx", "onnxscript"):
            raise ModuleNotFoundError(f"{name} is not aboard", name=name)


sys.meta_path.insert(0, Door())
import numpy as np
import onnxruntime

said = {"error": ""}
try:
    session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])
    for side, nodes in (("in", session.get_inputs()), ("out", session.get_outputs())):
        said[side] = [[node.name, node.type, [str(size) for size in node.shape]] for node in nodes]
    feed = session.get_inputs()[0].name
    for n in json.loads(sys.argv[1]):
        said["slates"] = n
        np.save(f"out{n}.npy", session.run(None, {feed: np.load(f"in{n}.npy")})[0])
except Exception as error:
    said["error"] = f"{type(error).__name__}: {error}"
said["torch"] = "torch" in sys.modules
print(json.dumps(said))
'''


def frame(path):
    """The reader from the gates, in eval mode."""
    reader = nn.Sequential(
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
    reader.load_state_dict(torch.load(path, weights_only=True))
    return reader.eval()


def aloft(file, folder, piles):
    """What `file` alone says to the piles, (N, 1, 8, 8) each, in a process without torch; what went wrong is in it."""
    folder.mkdir()
    shutil.copy(file, folder / "balloon.onnx")
    for x in piles:
        np.save(folder / f"in{len(x)}.npy", x.numpy())
    ran = subprocess.run(
        [sys.executable, "-c", BASKET, json.dumps([len(x) for x in piles])],
        capture_output=True,
        text=True,
        cwd=folder,
    )
    require(ran.returncode == 0, "a process without torch", f"`{ran.stderr[-200:]}`")
    said = json.loads(ran.stdout.strip().splitlines()[-1])
    assert not said["torch"]
    return said


@pytest.fixture
def flown(scratch, rng):
    """What `balloon.onnx` says without torch, asked once for the whole trial, and the piles it was asked about."""
    if not FLOWN:
        piles = [torch.tensor(rng.random((n, 1, 8, 8)), dtype=torch.float32) for n in SIZES]
        FLOWN.append((aloft(scratch / "balloon.onnx", scratch / "basket", piles), piles))
    return FLOWN[0]


def explained(spell, out, x, reader):
    """Which known mistake gives `out`."""
    learning = copy.deepcopy(reader).train()
    with torch.no_grad():
        return {
            "not-logits": bool(torch.allclose(out.sum(dim=1), torch.ones(len(x)), atol=1e-3)),
            "divided-again": bool(torch.allclose(out, reader(x / 255), atol=1e-3)),
            "still-learning": bool(torch.allclose(out, learning(x), atol=1e-3)),
            "other-reader": True,
        }


def _old_exporter(tree):
    """Whether the source asks for the exporter of old: `dynamo=False`."""
    words = [word for node in ast.walk(tree) if isinstance(node, ast.Call) for word in node.keywords]
    return any(w.arg == "dynamo" and isinstance(w.value, ast.Constant) and w.value.value is False for w in words)


def test_file(spell, scratch, request):
    """`balloon.onnx` is one file, made by today's exporter, and nothing has to lie beside it"""
    path = scratch / "balloon.onnx"
    require(path.is_file(), "a file `balloon.onnx`", "there is none", mistakes={"nothing-yet": True})
    require(not _old_exporter(spell.tree), "today's exporter", "`dynamo=False`", mistakes={"old-way": True})
    said, _ = request.getfixturevalue("flown")
    beside = "external" in said["error"].casefold()
    require(
        "out" in said,
        "a file that onnxruntime opens, alone in an empty folder",
        "one that looks for its weights in another file" if beside else f"`{said['error'][:100]}`",
        mistakes={"ballast-beside": beside, "not-onnx": True},
    )
    names = [node[0] for node in said["in"]] + [node[0] for node in said["out"]]
    require(
        names == ["x", "logits"],
        "one thing in, `x`, and one out, `logits`",
        ", ".join(f"`{name}`" for name in names),
        mistakes={"other-names": len(names) == 2},
    )
    kinds = {node[1] for node in said["in"] + said["out"]}
    require(kinds == {"tensor(float)"}, "`float32` in and out", f"`{kinds}`")
    shape = said["in"][0][2]
    require(
        shape[1:] == ["1", "8", "8"] and not shape[0].isdigit(),
        "`x` of shape `(batch, 1, 8, 8)`",
        f"`({', '.join(shape)})`",
        mistakes={"number-stays": shape[0].isdigit()},
    )


def test_reads(spell, scratch, flown):
    """without torch it gives the logits of the reader at the gates, to 0.0001, for 1 slate, for 3 and for 64"""
    reader = frame(scratch / "gates.pt")
    said, piles = flown
    require("out" in said, "a file that onnxruntime opens", "one that it does not")
    require(
        not said["error"],
        f"{said.get('slates', 0)} slates to be read",
        f"`{said['error'][:100]}`",
        mistakes={"number-stays": "nvalid dimensions" in said["error"]},
    )
    for x in reversed(piles):
        out = torch.from_numpy(np.load(scratch / "basket" / f"out{len(x)}.npy"))
        with torch.no_grad():
            asked = reader(x)
        require(out.shape == asked.shape, f"logits `({len(x)}, 10)`", f"`{tuple(out.shape)}`")
        apart = (out - asked).abs().max().item()
        require(
            apart <= MARK,
            f"what the reader says of {len(x)} slates, to {MARK}",
            f"differs by {apart:.3g}",
            mistakes=explained(spell, out, x, reader) if len(x) > 1 else {},
        )
    READS_WELL.append(True)


def not_here(*_, **__):
    """Stands for onnxruntime in the process where torch is."""
    raise InThisRoom


class InThisRoom(Exception):
    """The model was opened where torch is."""


@pytest.fixture
def elsewhere(monkeypatch):
    """Opening a model in this process is refused; and there is a good one to be opened."""
    require(READS_WELL, "a `balloon.onnx` that reads; then what is measured by it", "none yet")
    monkeypatch.setattr(onnxruntime, "InferenceSession", not_here)


def test_measured(spell, scratch, elsewhere):
    """`differences` finds by how much a bent reader differs, in a process of its own"""
    reader = frame(scratch / "gates.pt")
    with torch.no_grad():
        reader[9].bias[3] -= BENT
    try:
        found = spell.differences(reader, "balloon.onnx", (5, 2))
    except InThisRoom:
        mistake("in-this-room")
    except Exception as error:
        if isinstance(error.__cause__ or error.__context__, InThisRoom):
            mistake("in-this-room")
        raise
    require(
        isinstance(found, dict) and set(found) == {2, 5},
        "a difference for 2 and one for 5",
        f"`{found}`",
        mistakes={"nothing-yet": found in ({}, None), "not-all-sizes": True},
    )
    for n, value in found.items():
        require(
            abs(float(value) - BENT) <= 2 * MARK,
            f"a difference of {BENT} with {n} slates",
            f"{float(value):.6g}",
            mistakes={
                "one-side": abs(float(value)) <= MARK or float(value) < 0,
                "not-the-largest": 0 < float(value) < BENT,
            },
        )


def test_fallen(spell, scratch, elsewhere):
    """where a flight fails, `differences` fails, and says nothing about a difference"""
    try:
        found = spell.differences(frame(scratch / "gates.pt"), "nowhere.onnx", (2,))
    except Exception:
        return
    require(False, "an error where there is no such file", f"`{found}`", mistakes={"old-answers": True})


def test_worst(spell):
    """`worst`: what `differences` says, for three sizes at least, one slate among them"""
    worst = spell.worst
    require(
        isinstance(worst, dict) and len(worst) >= 3 and 1 in worst,
        "`worst` for three sizes or more, 1 among them",
        f"`{worst}`",
        mistakes={"nothing-yet": worst == {}, "few-sizes": True},
    )
    require(
        all(isinstance(value, float) and abs(value) <= MARK for value in worst.values()),
        f"nothing above {MARK}",
        f"`{worst}`",
        mistakes={"still-learning": True},
    )
