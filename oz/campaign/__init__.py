"""The lessons read into the model, or refused by file and line.

`load` is the way in for whoever checks them, `load_cached` for whoever plays. Both run nothing that
they read and import neither torch nor a screen.
"""

from __future__ import annotations

import os
from pathlib import Path

from oz import tongue
from oz.campaign.cache import cached_lessons
from oz.campaign.faults import Fault, LessonsError
from oz.campaign.model import FORMAT, Campaign, Reference, StageInfo

__all__ = [
    "FORMAT",
    "Campaign",
    "Fault",
    "LessonsError",
    "Reference",
    "StageInfo",
    "default_root",
    "load",
    "load_cached",
]


def default_root() -> Path:
    """Where the lessons are: ``OZ_LESSONS``, else the checkout's, else the installed ones."""
    chosen = os.environ.get("OZ_LESSONS")
    if chosen:
        return Path(chosen).expanduser().absolute()
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent / "lessons"
    if (checkout / "campaign.toml").is_file() and (package.parent / "pyproject.toml").is_file():
        return checkout
    return package / "_lessons"


def load(root: Path | None = None, language: str | None = None) -> Campaign:
    """Read the lessons in `root` (default: `default_root`), told in `language` (default: the one
    that the game speaks) as far as they have siblings in it.

    Raises `LessonsError`, which lists everything that is wrong by file and line.
    """
    from oz.campaign.reading import read_lessons  # the game reads them only when they changed

    return read_lessons((root or default_root()).absolute(), language or tongue.language())


def load_cached(root: Path | None = None, language: str | None = None) -> Campaign:
    """The same, from what was kept when they were last read, if nothing has changed since: stage by
    stage, when something in it is asked for. Without `passages`, `sources` and `gaps`, which only
    checks ask for."""
    return cached_lessons((root or default_root()).absolute(), language or tongue.language(), load)
