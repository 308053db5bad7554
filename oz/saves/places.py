"""Where journeys are kept, and what they may be called."""

from __future__ import annotations

import os
import re
from pathlib import Path

from oz.saves.errors import BadName
from oz.tongue import _

DEFAULT_NAME = "dorothy"
"""The journey that is begun when no name is given."""

_LONGEST = 64
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
"""Names that Windows keeps to itself; a journey should be able to travel."""


def default_root(saves: Path | None = None) -> Path:
    """The folder of journeys: `saves` (``--saves``), ``OZ_SAVES``, the checkout's ``saves/``, or
    the platform's folder for the user's data."""
    if saves is not None:
        return saves.expanduser().absolute()
    if named := os.environ.get("OZ_SAVES"):
        return Path(named).expanduser().absolute()
    home = Path(__file__).resolve().parents[2]
    if (home / "pyproject.toml").is_file() and (home / "saves").is_dir():
        return home / "saves"
    from platformdirs import user_data_path  # costs time that the first paint need not pay

    return user_data_path("oz", appauthor=False) / "journeys"


def everywhere(name: str) -> bool:
    """Whether a file or a folder may have this name on every system, as far as its letters go."""
    return not name.endswith(".") and not _RESERVED.match(name)


def check_name(name: str) -> str:
    """`name`, if a journey can have it. Raises `BadName`, saying why."""
    if not name.strip():
        raise BadName(_("A journey needs a name."))
    if name != name.strip():
        raise BadName(_("'{name}' begins or ends with a space.").format(name=name))
    if len(name) > _LONGEST:
        raise BadName(
            _("A journey's name has at most {LONGEST} characters; this has {count}.").format(
                LONGEST=_LONGEST, count=len(name)
            )
        )
    if name.startswith("."):
        raise BadName(_("'{name}' begins with a dot.").format(name=name))
    bad = sorted({c for c in name if c in '/\\:*?"<>|' or not c.isprintable()})
    if bad:
        shown = " ".join(c if c.isprintable() else repr(c)[1:-1] for c in bad)
        raise BadName(_("A journey's name cannot have {shown} in it.").format(shown=shown))
    if not everywhere(name):
        raise BadName(
            _("'{name}' cannot be the name of a folder everywhere. Choose another.").format(
                name=name
            )
        )
    return name
