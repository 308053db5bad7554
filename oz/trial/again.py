"""The player's program, run a second time: beside other files, out of its own sight.

For asking what a program learned from. The second run finds files that differ only where it was not
to learn, and what comes out says whether it did. The run is the trial's: what it prints is dropped,
whatever it raises ends it, and it takes only so many steps, since a program may go on until it is
content with what it measures. What it left is handed over all the same.

Knows no spell, and what files there are is the caller's business.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from torch.optim.optimizer import register_optimizer_step_post_hook

__all__ = ["Enough", "once_more"]


class Enough(BaseException):
    """Ends a second run from within a hook. No ``except Exception`` of the program's catches it."""


def once_more(source: str, folder: Path, *, steps: int) -> dict[str, Any]:
    """Run `source` as a main program in `folder`; the names that it left at its top level.

    `steps`: how many steps its optimizers may take together before it is ended.
    """
    names: dict[str, Any] = {"__name__": "__main__", "__file__": str(folder / "again.py")}
    ends = (Exception, SystemExit, Enough)
    quiet = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
    with _in(folder), _at_most(steps), quiet[0], quiet[1], contextlib.suppress(*ends):
        exec(compile(source, names["__file__"], "exec"), names)  # noqa: S102 - the crucible's work
    return names


@contextlib.contextmanager
def _in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def _at_most(steps: int) -> Iterator[None]:
    taken = 0

    def stepped(*_: object) -> None:
        nonlocal taken
        taken += 1
        if taken >= steps:
            raise Enough

    handle = register_optimizer_step_post_hook(stepped)
    try:
        yield
    finally:
        handle.remove()
