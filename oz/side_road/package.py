"""What the installed ``torch_judge`` says of its problems, read as data.

Its task files are found and parsed, never imported: an import would run another distribution's code
in the game's process. A task is a literal, ``TASK = {...}``; a file that holds none is passed over.
Knows nothing of lessons.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NAME = "torch_judge"


class NotInstalled(Exception):
    """There is no ``torch-judge`` here; the message is for the player."""


@dataclass(frozen=True, slots=True)
class Check:
    """One of torch_judge's own tests: statements that raise where the answer is wrong."""

    name: str
    code: str
    """``{fn}`` stands where the player's function is called."""


@dataclass(frozen=True, slots=True)
class Task:
    """One problem."""

    id: str
    title: str
    difficulty: str
    function: str
    """What the player's program has to define."""
    hint: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Installed:
    """The problems that are installed, by id, and a digest of the files they were read from."""

    tasks: Mapping[str, Task]
    digest: str


def installed() -> Installed:
    """The problems of the installed ``torch_judge``. Raises `NotInstalled`."""
    folder = _folder()
    tasks: dict[str, Task] = {}
    digest = sha256()
    for path in sorted(folder.glob("[!_]*.py")):
        text = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + text + b"\0")
        if (task := _task(path.stem, text)) is not None:
            tasks[task.id] = task
    if not tasks:
        raise NotInstalled(f"`torch-judge` is installed, but there are no problems in {folder}.")
    return Installed(tasks, digest.hexdigest())


def _folder() -> Path:
    try:
        spec = find_spec(NAME)
    except (ImportError, ValueError):  # a package that is broken is as good as none
        spec = None
    for place in (spec and spec.submodule_search_locations) or ():
        if (folder := Path(place) / "tasks").is_dir():
            return folder
    raise NotInstalled(
        "The side road stands on TorchCode's problems, and they are not installed here. In a "
        "terminal, `pip install torch-judge` brings them; the rest of the road does not need them."
    )


def _task(id: str, text: bytes) -> Task | None:
    """The task in the text of a file, or `None` where there is none that can be read."""
    try:
        return _of(id, _literal(ast.parse(text)))
    except (SyntaxError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _literal(tree: ast.Module) -> dict[str, Any]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "TASK" for target in node.targets
        ):
            found: dict[str, Any] = ast.literal_eval(node.value)
            return found
    raise KeyError("TASK")


def _of(id: str, task: dict[str, Any]) -> Task:
    title, difficulty, function = (task[key] for key in ("title", "difficulty", "function_name"))
    hint = task.get("hint", "")
    checks = tuple(Check(test["name"], test["code"]) for test in task["tests"])
    texts = [title, difficulty, function, hint]
    texts += [part for check in checks for part in (check.name, check.code)]
    if not all(isinstance(text, str) for text in texts) or not function.isidentifier():
        raise TypeError(id)
    return Task(id, title, difficulty, function, hint, checks)
