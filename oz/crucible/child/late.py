"""Something to be done to a module when the player's program imports it, and not before.

Nothing is imported on anybody's account: a program that draws no figure pays for no matplotlib.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

Change = Callable[[ModuleType], None]


class Late:
    """A finder at the head of ``sys.meta_path`` that lets the others find, and then looks on.

    `changes` maps the full name of a module to what is done with it once it has been imported;
    `absent` to what makes a module of that name where there is none.
    """

    def __init__(
        self, changes: dict[str, Change], absent: dict[str, Callable[[], ModuleType | None]]
    ) -> None:
        self._changes = changes
        self._absent = absent
        self._busy: set[str] = set()

    def install(self) -> None:
        """Look on from now; modules that are there already are changed at once."""
        sys.meta_path.insert(0, self)
        for name in self._changes:
            if name in sys.modules:
                self.change(sys.modules[name])

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,  # noqa: ARG002  the others find by the name alone
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if name in self._busy or (name not in self._changes and name not in self._absent):
            return None
        self._busy.add(name)
        try:
            if name in self._absent:
                module = self._absent[name]()
                if module is not None:
                    return importlib.machinery.ModuleSpec(name, _Ready(module), is_package=True)
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError, AttributeError):
            return None
        finally:
            self._busy.discard(name)
        if spec is not None and spec.loader is not None and name in self._changes:
            spec.loader = _Changing(spec.loader, self)  # type: ignore[assignment]
        return spec

    def change(self, module: ModuleType) -> None:
        """Do what is to be done with `module`; it works as before if that fails."""
        with contextlib.suppress(Exception):
            self._changes[module.__name__](module)


class _Changing:
    """A module's own loader, and then the change."""

    def __init__(self, loader: Any, late: Late) -> None:
        self._loader = loader
        self._late = late

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        made: ModuleType | None = self._loader.create_module(spec)
        return made

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._late.change(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


class _Ready(importlib.abc.Loader):
    """Loads a module that is made already."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:  # noqa: ARG002
        return self._module

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""
