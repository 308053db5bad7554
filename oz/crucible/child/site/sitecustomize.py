"""Run by Python at the start of every process that a watched program starts: `torchrun`'s ranks.

Stands alone on their path, and must cost nothing where no torch is imported. A ``sitecustomize`` of
the system's own, which this one hides, is run after it.
"""

import contextlib
import importlib.machinery
import importlib.util
import os
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent

with contextlib.suppress(Exception):
    sys.path[:] = [place for place in sys.path if Path(place or ".").resolve() != _HERE]
    if "OZ_WATCH" in os.environ:
        sys.path.append(str(_HERE.parents[3]))
        from oz.crucible.child.late import Late

        def _watch(_: object) -> None:
            from oz.crucible.child.telemetry_started import join

            join(os.environ["OZ_WATCH"])

        Late({"torch": _watch}, {}).install()

with contextlib.suppress(ImportError):
    _hidden = importlib.machinery.PathFinder.find_spec("sitecustomize")
    if _hidden is not None and _hidden.loader is not None:
        _module = importlib.util.module_from_spec(_hidden)
        _hidden.loader.exec_module(_module)
