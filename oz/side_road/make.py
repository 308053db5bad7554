"""Making the lessons folder of the side road, once for every state of what it is made from.

The folder lies in the player's cache under a digest of all that went into it, so that a new
``torch-judge`` or a new Oz makes a new one, and two games that begin at once do not meet half a
folder: it is made beside its place and moved there whole.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from oz.caches import cache_folder
from oz.side_road.fill import fill, gate
from oz.side_road.package import Installed, installed

NAME = "side-road"
"""The folder is called so, and the journey after it."""
_FORM = b"1"
"""To be changed when `_make` makes something else of the same files."""
_SPELLS = Path("01_side_road") / "spells"


def lessons() -> Path:
    """The lessons folder, made if it is not there yet.

    Raises `oz.side_road.NotInstalled`, with words for the player, where ``torch-judge`` is missing.
    """
    given, source = installed(), _source()
    files = sorted(path for path in source.rglob("*") if path.is_file() and _ours(path))
    made = cache_folder() / "lessons" / _digest(given, source, files)
    if not (made / NAME / "campaign.toml").is_file():
        _move_in(given, source, files, made)
    return made / NAME


def _source() -> Path:
    """What is ours of the side road."""
    return Path(__file__).with_name("stones")


def _ours(path: Path) -> bool:
    return "__pycache__" not in path.parts and path.suffix in {".toml", ".md", ".py"}


def _digest(given: Installed, source: Path, files: list[Path]) -> str:
    found = sha256(_FORM + given.digest.encode())
    for path in files:
        found.update(path.relative_to(source).as_posix().encode() + b"\0")
        found.update(path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _move_in(given: Installed, source: Path, files: list[Path], made: Path) -> None:
    """Make the folder beside `made` and move it there, unless another game was quicker."""
    made.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=".making-", dir=made.parent))
    try:
        _make(given, source, files, beside / NAME)
        if made.is_dir() and not (made / NAME / "campaign.toml").is_file():
            shutil.rmtree(made, ignore_errors=True)  # somebody emptied the cache by halves
        try:
            beside.replace(made)
        except OSError:
            if not (made / NAME / "campaign.toml").is_file():
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _make(given: Installed, source: Path, files: list[Path], to: Path) -> None:
    for path in files:
        name = path.relative_to(source)
        text = path.read_text("utf-8")
        task = given.tasks.get(_problem(name))
        if path.name == "spell.md":
            text = fill(text, task)
        elif path.name == "trial.py":
            text = gate(text, task)
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_text(text, "utf-8")


def _problem(name: Path) -> str:
    """The id of the problem that a file belongs to: ``02_softmax`` holds ``softmax``."""
    if not name.is_relative_to(_SPELLS):
        return ""
    return name.relative_to(_SPELLS).parts[0].partition("_")[2]
