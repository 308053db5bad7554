"""Errors of our own: written to a file, so that the terminal is left sane and nothing is lost.

Knows no front end: both the screens and the command line write here.
"""

from __future__ import annotations

import logging
import platform
import traceback
from datetime import datetime
from pathlib import Path

from platformdirs import user_log_path

from oz import __version__


def log_path() -> Path:
    """The file errors are written to."""
    return user_log_path("oz") / "errors.log"


def log_error(error: BaseException, doing: str) -> Path | None:
    """Append `error` with its traceback; gives the file, or `None` where none can be written."""
    path = log_path()
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    head = f"{when}  oz {__version__}  python {platform.python_version()}  while {doing}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(head + "".join(traceback.format_exception(error)) + "\n")
    except OSError:
        logging.getLogger("oz").exception("cannot write %s", path)
        return None
    return path
