"""The player's own editor, as ``VISUAL`` and ``EDITOR`` name it, and how it is called.

They hold a command, not only a name: ``code --wait``, ``emacsclient -t``, ``"/opt/My Ed/ed" -n``.
Starts nothing.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path


def chosen() -> str:
    """What the environment says; empty where it says nothing."""
    named = (os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    return next(filter(None, named), "")


def call(editor: str, path: Path) -> list[str]:
    """The command that opens `path` in `editor`. Raises `ValueError` for a quote without its end.

    A path with spaces in it need not be quoted where it is all that `editor` says.
    """
    if Path(editor).is_file():
        return [editor, str(path)]
    parts = shlex.split(editor, posix=os.name == "posix")  # elsewhere a backslash is no escape
    if os.name != "posix":
        parts = [part.strip('"') for part in parts]
    return [*parts, str(path)]
