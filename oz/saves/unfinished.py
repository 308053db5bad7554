"""What a game that was killed while it wrote has left in a journey's folder, to be swept away.

Everything is written under another name first and renamed when it is whole, so what still has such
a name is nothing that anybody waits for. Only who holds the journey's lock may sweep.
"""

from __future__ import annotations

import shutil
from itertools import chain
from pathlib import Path

WRITING = ".writing-"
"""What a draft or a report is called until it is whole, before its name."""
PART = ".part"
"""What a model is called until it is whole, after its name."""


def sweep(folder: Path) -> None:
    """Remove what was not finished in the journey `folder`. Raises `OSError`."""
    found = chain(
        folder.glob(f"{WRITING}*"),
        (folder / "spells").rglob(f"{WRITING}*"),
        (folder / "models").glob(f"*{PART}"),
        (folder / "backups").glob("*.partial*"),
    )
    for left in list(found):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
