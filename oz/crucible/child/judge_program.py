"""Running ``program.py``, which a predict spell asks about, and a model answer in a checkout.

Both are text of the game's own, run in this process as ``__main__`` would be, with what they print
kept.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from oz.trial.subjects import Program


def run_program(path: Path, scratch: Path, seed: int = 0) -> Program:
    """Run the file really, in `scratch`. What it raises is part of the answer, not an error."""
    namespace, text, error = run_as_main(path, path.read_text(encoding="utf-8"), scratch, seed)
    raised = "" if error is None else f"{type(error).__name__}: {error}".strip().removesuffix(":")
    return Program(text, namespace, raised)


def run_as_main(
    path: Path, source: str, scratch: Path, seed: int = 0
) -> tuple[dict[str, Any], str, BaseException | None]:
    """Run `source` as ``__main__`` in `scratch`: its namespace, what it printed, what it raised."""
    import torch

    random.seed(seed)
    torch.manual_seed(seed)
    module = ModuleType("__main__")
    module.__file__ = str(path)
    error: BaseException | None = None
    said = io.StringIO()
    with _as_main(module), contextlib.chdir(scratch), contextlib.redirect_stdout(said):
        try:
            exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102 - the game's own text
        except SystemExit as stop:
            error = stop if stop.code not in (None, 0) else None
        except Exception as raised:  # noqa: BLE001 - whatever it is, it is the answer
            error = raised
    return module.__dict__, said.getvalue(), error


@contextlib.contextmanager
def _as_main(module: ModuleType) -> Iterator[None]:
    before, argv = sys.modules.get("__main__"), sys.argv
    sys.modules["__main__"] = module
    sys.argv = [os.fspath(module.__file__ or "")]
    try:
        yield
    finally:
        sys.argv = argv
        if before is not None:
            sys.modules["__main__"] = before
