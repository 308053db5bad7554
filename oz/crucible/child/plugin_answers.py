"""In a checkout: running the model answers, so that ``pytest lessons/…`` judges them.

``OZ_ANSWER=path`` puts another file in the answer's place. The answer runs in pytest's own process,
without limits: it is the game's own text. The player's programs never come this way.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from oz.crucible.child.command import run_command
from oz.crucible.child.judge import Ran
from oz.crucible.child.judge_program import run_as_main
from oz.lore import lore_until


@cache
def kind_beside(trial: Path) -> str:
    """The kind in the ``spell.md`` beside a trial; ``cast`` where there is none."""
    return str(_front(trial).get("kind", "cast"))


def _front(trial: Path) -> dict[str, Any]:
    """The front matter of the ``spell.md`` beside a trial; empty where there is none."""
    try:
        text = (trial.parent / "spell.md").read_text(encoding="utf-8")
    except OSError:
        return {}
    parts = text.split("+++")
    return tomllib.loads(parts[1]) if len(parts) > 2 else {}


class Answers:
    """The answers run in this session, each once, in scratch folders that `close` removes."""

    def __init__(self) -> None:
        self._ran: dict[Path, Ran] = {}
        self._root = Path(tempfile.mkdtemp(prefix="oz-answers-"))

    def ran(self, trial: Path) -> Ran:
        """The run of the answer beside `trial`."""
        if trial not in self._ran:
            self._ran[trial] = self._run(trial)
        return self._ran[trial]

    def close(self) -> None:
        shutil.rmtree(self._root, ignore_errors=True)

    def _run(self, trial: Path) -> Ran:
        answer, kind = _answer_beside(trial), kind_beside(trial)
        scratch = self._root / str(len(self._ran))
        files = trial.parent / "files"
        if files.is_dir():
            shutil.copytree(files, scratch)
        else:
            scratch.mkdir()
        if name := _front(trial).get("prose"):
            (scratch / name).write_text(lore_until(trial.parents[2]), "utf-8")
        source = answer.read_text(encoding="utf-8-sig")
        began = time.perf_counter()
        if kind == "command":
            command = run_command(source, scratch, lambda _: None)
            ran = Ran({}, answer, source, command.stdout, 0.0, scratch, kind, command=command)
        else:
            losses: list[float] = []
            with _recorded(losses):
                namespace, printed, error = run_as_main(answer, source, scratch)
            if error is not None:
                raise error
            ran = Ran(
                namespace, answer, source, printed, 0.0, scratch, kind, 0, losses, len(losses)
            )
        ran.seconds = time.perf_counter() - began
        return ran


@contextlib.contextmanager
def _recorded(losses: list[float]) -> Iterator[None]:
    """Keep the value of every scalar that ``backward`` is called on, as the crucible does."""
    import torch

    backward = torch.Tensor.backward

    def recording(self: torch.Tensor, *args: Any, **kwargs: Any) -> None:
        if self.numel() == 1:
            losses.append(float(self.detach()))
        backward(self, *args, **kwargs)  # type: ignore[no-untyped-call]

    torch.Tensor.backward = recording  # type: ignore[method-assign]
    try:
        yield
    finally:
        torch.Tensor.backward = backward  # type: ignore[method-assign]


def _answer_beside(trial: Path) -> Path:
    if given := os.environ.get("OZ_ANSWER"):
        return Path(given).resolve()
    shell = trial.parent / "solution.sh"
    return shell if shell.exists() else trial.parent / "solution.py"
