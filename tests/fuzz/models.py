"""Models in an archive: weights that are damaged, and files that are no weights at all.

They are opened by the game's own look into them, here in the fuzzing process, where the guard sees
what that does; in the game it happens in the crucible, under its limits besides.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pickle
import random
from collections.abc import Callable
from pathlib import Path

from oz.session import reporting
from tests.fuzz import damage
from tests.fuzz.corpus import Corpus
from tests.fuzz.kind import Kind


class Evil:
    """What a pickle runs when it is loaded."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("touch /tmp/evil",)


class Models(Kind):
    """``.pt``, ``.safetensors`` and ``.onnx``: bytes flipped, cut, swapped; pickles that call."""

    name = "models"
    share = 2
    memory = 24 << 30
    """Bytes of address space: torch maps much that it does not use."""

    def __init__(self, corpus: Corpus, place: Path) -> None:
        super().__init__(corpus, place)
        import onnx
        import torch
        from safetensors.torch import save_file

        held = {"a.weight": torch.arange(12.0).reshape(3, 4), "b": torch.zeros(2, dtype=torch.int8)}
        self.whole: dict[str, bytes] = {}
        for name, value in (("dict", held), ("list", [held, {"step": 3}]), ("one", held["b"])):
            made = io.BytesIO()
            torch.save(value, made)
            self.whole[f"{name}.pt"] = made.getvalue()
        old = io.BytesIO()
        torch.save(held, old, _use_new_zipfile_serialization=False)
        self.whole["old.pt"] = old.getvalue()
        save_file(held, place / "w.safetensors")
        self.whole["w.safetensors"] = (place / "w.safetensors").read_bytes()
        weights = onnx.helper.make_tensor("w", onnx.TensorProto.FLOAT, [2, 2], [1.0] * 4)
        graph = onnx.helper.make_graph([], "g", [], [], [weights])
        self.whole["g.onnx"] = onnx.helper.make_model(graph).SerializeToString()
        self.evil = pickle.dumps({"w": Evil()})
        self.look = compile(reporting._LOOKS, reporting.__file__, "exec")
        for name, data in self.whole.items():
            (place / name).write_bytes(data)
        assert set(self._looked(place)) == set(self.whole)  # and all that is imported late is here

    def lay(self, chance: random.Random) -> Callable[[], str]:
        name = chance.choice(list(self.whole))
        data = self.whole[name]
        match chance.randrange(6):
            case 0 if name.endswith(".pt"):
                data = damage.packed([("archive/data.pkl", self.evil), ("archive/version", b"3\n")])
            case 1 if name.endswith(".pt"):
                data = data.replace(b"collections", b"posix\nfork\x00"[:11])
            case 2 if name.endswith(".pt"):
                data = damage.of_headers(data, chance)
            case _:
                data = damage.of_bytes(data, chance)
        (self.place / name).write_bytes(data)
        return self._look

    def _look(self) -> str:
        return "opened" if self._looked(self.place) else "left out"

    def _looked(self, place: Path) -> dict[str, object]:
        before = Path.cwd()
        said = io.StringIO()
        with contextlib.chdir(place), contextlib.redirect_stdout(said):
            exec(self.look, {"__name__": "look"})
        assert Path.cwd() == before
        found: dict[str, object] = json.loads(said.getvalue())
        return found
