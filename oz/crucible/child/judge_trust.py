"""Putting back what the player's program replaced, before anything is judged.

A learner's ``torch.allclose = lambda *a: True``, an ``all`` put into `builtins` or another module
in `sys.modules` would bend the trial that runs in the same process. A snapshot taken before the
program runs is put back after it. This undoes accidents and plain tricks; code that sets out to
forge a verdict from inside its own process still can, and the README says so.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

_MODULES = (
    "builtins",
    "math",
    "operator",
    "random",
    "re",
    "ast",
    "json",
    "inspect",
    "itertools",
    "functools",
    "contextlib",
    "traceback",
    "linecache",
    "pathlib",
    "numpy",
    "numpy.testing",
    "torch",
    "torch.functional",
    "torch.nn",
    "torch.nn.functional",
    "torch.autograd",
    "torch.linalg",
    "torch.testing",
    "torch.func",
    "pytest",
    "_pytest.python",
    "_pytest.runner",
    "_pytest.fixtures",
    "_pytest.reports",
    "_pytest._code.code",
    "oz.trial",
    "oz.trial.against",
    "oz.trial.checks",
    "oz.trial.compare",
    "oz.trial.failure",
    "oz.trial.predict",
    "oz.trial.subjects",
    "oz.trial.words",
    "oz.crucible.model",
    "oz.crucible.pages",
    "oz.crucible.child.judge",
    "oz.crucible.child.plugin",
    "oz.crucible.child.errors",
    "oz.crucible.child.explain",
    "oz.crucible.child.command",
)

_CLASSES = (
    ("torch", "Tensor"),
    ("torch.nn", "Parameter"),
    ("torch.nn", "Module"),
    ("oz.trial.subjects", "Spell"),
    ("oz.trial.failure", "CheckFailed"),
)

_LARGE = frozenset(
    {"torch", "numpy", "torch.nn", "torch.nn.functional", "torch.linalg", "torch.func"}
)
_WORD = re.compile(r"[A-Za-z_]\w*")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")

# kept here, since `builtins` itself may be what was bent
_vars, _getattr, _type, _tuple = vars, getattr, type, tuple

_KEPT = frozenset({"_", "__warningregistry__", "__builtins__", "__dict__", "__weakref__"})
"""Names that change in honest programs, or cannot be set."""


@dataclass(frozen=True)
class Snapshot:
    """The dictionaries of what a trial relies on, as they were."""

    modules: dict[str, ModuleType]
    spaces: list[tuple[Any, dict[str, Any]]]
    path: tuple[str, ...]
    """``sys.path``."""
    words: frozenset[str]
    """Every name in the text of `oz.trial`, which no trial need mention to depend on it."""

    @classmethod
    def take(cls) -> Snapshot:
        """Remember everything now. Call it before the player's program runs."""
        # the program is to be __main__ itself, and stays it
        modules = {name: module for name, module in sys.modules.items() if name != "__main__"}
        owners: list[Any] = [modules[name] for name in _MODULES if name in modules]
        owners += [getattr(modules[m], name) for m, name in _CLASSES if m in modules]
        spaces = [(owner, dict(vars(owner))) for owner in owners]
        files = [
            getattr(m, "__file__", None) for n, m in modules.items() if n.startswith("oz.trial")
        ]
        texts = [Path(file).read_text(encoding="utf-8") for file in files if file]
        return cls(modules, spaces, tuple(sys.path), _words("\n".join(texts)))

    def restore(self, trial: str = "") -> tuple[str, ...]:
        """Put back what was replaced or deleted; returns the names of it. Additions are left alone.

        Of torch and numpy only what `trial`, a source text, or `oz.trial` mentions is looked at: to
        touch each of their thousands of functions would copy as many shared pages, 10 ms of them.
        """
        undone: list[str] = []
        said = _words(trial)
        words = self.words | said
        for owner, then in self.spaces:  # builtins first: the rest of this uses them
            now = _vars(owner)
            names: Iterable[str] = then
            if _getattr(owner, "__name__", "") in _LARGE:
                names = [n for n in words if n in then]
            for name in [n for n in names if now.get(n, _GONE) is not then[n] and n not in _KEPT]:
                _put(owner, name, then[name])
                undone.append(f"{_getattr(owner, '__name__', '?')}.{name}")
        for name in [*_MODULES, *said]:
            module = self.modules.get(name)
            if module is not None and sys.modules.get(name) is not module:
                sys.modules[name] = module
                undone.append(f"sys.modules[{name!r}]")
        sys.path[:] = [*sys.path, *(place for place in self.path if place not in sys.path)]
        return _tuple(undone)


def _words(text: str) -> frozenset[str]:
    """Identifiers in a text, and dotted names of them."""
    return frozenset(_WORD.findall(text)) | frozenset(_DOTTED.findall(text))


_GONE = object()


def _put(owner: Any, name: str, value: object) -> None:
    if _type in _type(owner).__mro__:
        _type.__setattr__(owner, name, value)
    else:
        _vars(owner)[name] = value
