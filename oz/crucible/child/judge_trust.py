"""Putting back what the player's program replaced, before anything is judged.

A learner's ``torch.allclose = lambda *a: True``, ``sum = 0`` on `builtins` or ``sys.modules["torch"] = …``
would bend the trial that runs in the same process. A snapshot taken before the program runs is put
back after it. This undoes accidents and plain tricks; code that sets out to forge a verdict from
inside its own process still can, and the README says so.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
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
    "oz.trial.checks",
    "oz.trial.compare",
    "oz.trial.failure",
    "oz.trial.predict",
    "oz.trial.subjects",
    "oz.trial.words",
    "oz.crucible.model",
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

_KEPT = frozenset({"_", "__warningregistry__", "__builtins__"})
"""Names that change in honest programs."""


@dataclass(frozen=True)
class Snapshot:
    """The dictionaries of what a trial relies on, as they were."""

    modules: dict[str, ModuleType]
    spaces: list[tuple[Any, dict[str, Any]]]

    @classmethod
    def take(cls) -> Snapshot:
        """Remember everything now. Call it before the player's program runs."""
        modules = dict(sys.modules)
        spaces: list[tuple[Any, dict[str, Any]]] = []
        for name in _MODULES:
            if (module := modules.get(name)) is not None:
                spaces.append((module, dict(vars(module))))
        for module_name, class_name in _CLASSES:
            owner = getattr(modules.get(module_name), class_name, None)
            if owner is not None:
                spaces.append((owner, dict(vars(owner))))
        return cls(modules, spaces)

    def restore(self) -> tuple[str, ...]:
        """Put back what was replaced or deleted; returns the names of it. Additions are left alone."""
        # builtins first: what follows uses them
        undone: list[str] = []
        for owner, then in self.spaces:
            now = vars(owner)
            for name, value in then.items():
                if now.get(name, _GONE) is not value and name not in _KEPT:
                    undone.append(f"{getattr(owner, '__name__', '?')}.{name}")
                    try:
                        type.__setattr__(owner, name, value) if _is_class(
                            owner
                        ) else now.__setitem__(name, value)
                    except (AttributeError, TypeError):
                        continue
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                sys.modules[name] = module
                undone.append(f"sys.modules[{name!r}]")
        return tuple(undone)


_GONE = object()


def _is_class(owner: object) -> bool:
    return type in type(owner).__mro__
