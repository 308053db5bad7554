"""Whether slates are read by a process in which torch was never imported, and read right.

The player's program is run again in a fresh interpreter that turns torch away at the door and says at its end
whether it got in. `practice.onnx` is a single `nn.Linear` trained on scikit-learn's digits and exported by
`torch.onnx.export`; `slates.npy` are the first twelve of them. Here a second model is made by hand, with other
names, and with logits so large that a careless softmax bursts.
"""

import json
import subprocess
import sys

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from oz.trial import require, same

DRIVER = '''
import json, sys, traceback


class Door:
    """Turns torch away."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("torch", "onnx", "onnxscript"):
            raise ModuleNotFoundError(f"{name} is not aboard", name=name)


sys.meta_path.insert(0, Door())
said = {"error": ""}
try:
    import runpy
    import numpy as np

    space = runpy.run_path("player.py", run_name="aloft")
    for which, path in enumerate(json.loads(sys.argv[1])):
        digits, sure = space["read"](path, np.load(f"pile{which}.npy"))
        said[f"digits{which}"] = np.asarray(digits).tolist()
        said[f"sure{which}"] = np.asarray(sure, dtype=float).tolist()
except BaseException as error:
    said["error"] = f"{type(error).__name__}: {error}"
said["torch"] = "torch" in sys.modules
print("\\n" + json.dumps(said))
'''
LOUD = 400.0
"""How much larger the logits of the second model are: e to this bursts."""


def second(rng, path):
    """Writes a model with names of its own and a loud voice; gives its weights, (64, 10)."""
    weights = (LOUD * rng.normal(size=(64, 10))).astype(np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Flatten", ["pixels"], ["row"]),
            helper.make_node("MatMul", ["row", "w"], ["scores"]),
        ],
        "second",
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["n", 1, 8, 8])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", 10])],
        [numpy_helper.from_array(weights, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 10
    onnx.save(model, path)
    return weights


def shares(logits):
    """Softmax along the rows, in double."""
    weights = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


@pytest.fixture
def aloft(spell, scratch):
    """Runs the player's `read` on models and piles, in a process without torch."""
    require("read" in spell, "a function `read`", "none")

    def fly(*flights):
        (scratch / "player.py").write_text(spell.source, encoding="utf-8")
        for which, (_, pile) in enumerate(flights):
            np.save(scratch / f"pile{which}.npy", pile)
        paths = json.dumps([str(path) for path, _ in flights])
        ran = subprocess.run([sys.executable, "-c", DRIVER, paths], capture_output=True, text=True, cwd=scratch)
        last = (ran.stdout.strip().splitlines() or [""])[-1]
        require(last.startswith("{"), "a program that comes to its end", f"`{ran.stderr[-200:]}`")
        said = json.loads(last)
        _landed(said)
        return said

    return fly


def _landed(said):
    error = said["error"]
    require(
        not said["torch"] and "torch" not in error,
        "a process without torch",
        f"`{error}`" if error else "torch was in `sys.modules`",
        mistakes={"torch-aboard": True},
    )
    require(
        not error,
        "slates to be read",
        f"`{error[:160]}`",
        mistakes={
            "not-float": "Unexpected input data type" in error,
            "no-sheet": "Invalid rank" in error or "invalid dimensions" in error,
            "name-by-heart": "Required inputs" in error or "Invalid input name" in error or "Feed Input" in error,
            "no-feed": "TypeError" in error or "has no attribute 'items'" in error or "AttributeError" in error,
        },
    )


def piles(rng, n):
    """So many slates, (n, 8, 8) `uint8`."""
    return (rng.random((n, 8, 8)) * 256).astype(np.uint8)


def weights_of(path):
    """The one weight and the one bias of `practice.onnx`."""
    held = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    matrix = next(value for value in held.values() if value.shape == (10, 64))
    bias = next(value for value in held.values() if value.shape == (10,))
    return matrix.T, bias


def test_without_torch(spell, aloft, rng, scratch):
    """`read` runs where there is no torch, and reads right"""
    pile = piles(rng, 13)
    matrix, bias = weights_of(scratch / "practice.onnx")
    logits = (pile.reshape(13, 64) / 255) @ matrix + bias
    said = aloft(("practice.onnx", pile))
    raw = pile.reshape(13, 64) @ matrix + bias
    floor = (pile // 255).reshape(13, 64) @ matrix + bias
    digits = said["digits0"]
    same(
        digits,
        logits.argmax(1).tolist(),
        "digits",
        mistakes={
            "list-unopened": np.ndim(digits) == 2,
            "other-axis": digits == logits.argmax(0).tolist(),
            "floored": digits == floor.argmax(1).tolist(),
            "not-scaled": digits == raw.argmax(1).tolist(),
        },
    )
    asked = shares(logits).max(1).tolist()
    sure = said["sure0"]
    weights = np.exp(logits)
    same(
        sure,
        asked,
        "sure",
        rtol=1e-3,
        atol=1e-4,
        mistakes={
            "not-shares": lambda s: max(s) > 1 or min(s) < 0,
            "shares-of-the-pile": any(
                np.allclose(sure, share, atol=1e-3)
                for w in (weights, weights / weights.max(1, keepdims=True))
                for share in (w.max(1) / w.sum(), (w / w.sum(0)).max(1))
            ),
            "floored": lambda s: np.allclose(s, shares(floor).max(1), atol=1e-3),
            "not-scaled": lambda s: np.allclose(s, shares(raw).max(1), atol=1e-3),
        },
    )


def test_any_model(spell, aloft, rng, scratch):
    """another model, with names of its own and a louder voice, and one slate alone"""
    weights = second(rng, scratch / "second.onnx")
    pile, alone = piles(rng, 6), piles(rng, 1)
    said = aloft(("second.onnx", pile), ("second.onnx", alone))
    for which, slates in enumerate((pile, alone)):
        logits = (slates.reshape(-1, 64) / 255) @ weights
        burst = not np.isfinite(said[f"sure{which}"]).all()  # then the largest share is nobody's, and the digit anyone's
        same(
            said[f"digits{which}"],
            logits.argmax(1).tolist(),
            f"digits of {len(slates)} slates",
            mistakes={"bursts": burst},
        )
        same(
            said[f"sure{which}"],
            shares(logits).max(1).tolist(),
            f"sure of {len(slates)} slates",
            rtol=1e-2,
            atol=1e-2,
            mistakes={"bursts": lambda s: not np.isfinite(s).all()},
        )
