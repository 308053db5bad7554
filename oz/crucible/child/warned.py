"""Python's warnings as events: each once, in the player's terms, and none of torch's own noise.

Knows the outlet and the player's file; nothing of jobs, trials or verdicts.
"""

from __future__ import annotations

import contextlib
import re
import warnings
from pathlib import Path
from typing import Any

from oz.crucible.child import stdio
from oz.crucible.model import Warned

_NOISE = (
    "torch.jit.script",
    "CUDA initialization",
    "CUDA_HOME",
    "NNPACK",
    "lazy modules are a new feature",
    "use_fork",
    "multi-threaded, use of fork",
)

_FORWARD = "Traceback of forward call that caused the error:"
_FRAME = re.compile(r'  File "(?P<file>[^"\n]*)", line (?P<line>\d+), in [^\n]*\n(?:    [^\n]*\n)*')


def own_frames(text: str, program: str) -> tuple[str, int | None]:
    """What anomaly mode warns of, with the frames of `program` alone, and the line of the last.

    Between the program and torch stand dozens of the game's own frames. Empty where the program has
    none among them: then it was not its own forward call.
    """
    head, _, trace = text.partition(_FORWARD)
    frames = [frame for frame in _FRAME.finditer(trace) if frame["file"] == program]
    if not frames:
        return "", None
    kept = "".join(frame[0].replace(program, Path(program).name, 1) for frame in frames)
    return f"{head}{_FORWARD}\n{kept}".rstrip(), int(frames[-1]["line"])


def hear_warnings(outlet: stdio.Outlet, program: Path) -> None:
    """Send each warning once as an event, instead of text on standard error."""
    told: set[tuple[str, str, int]] = set()
    name = str(program)

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: Any = None,
        line: str | None = None,
    ) -> None:
        text = str(message)
        if file is not None:
            with contextlib.suppress(Exception):
                file.write(warnings.formatwarning(message, category, filename, lineno, line))
            return
        if any(noise in text for noise in _NOISE):
            return
        at = lineno if filename == name else None
        if _FORWARD in text:
            text, at = own_frames(text, name)
            if not text:
                return
        key = (category.__name__, text, lineno)
        if key in told or len(told) > 200:
            return
        told.add(key)
        outlet.emit(Warned(category.__name__, text[:4000], at))

    warnings.resetwarnings()
    warnings.simplefilter("default", UserWarning)
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    warnings.filterwarnings("ignore", category=PendingDeprecationWarning)
    warnings.filterwarnings("ignore", category=ImportWarning)
    warnings.filterwarnings("ignore", category=ResourceWarning)
    warnings.showwarning = show
