"""Which language the game speaks: chosen once for the process, before anything that speaks is read.

What the program says is written in English where it is said, as ``_("…")``, and translated by
gettext from ``oz/locale``. Sentences are looked up when their module is imported, so `choose` comes
first: the command line calls it before it brings anything else. The choice is also left in the
environment as ``OZ_LANGUAGE``, so that processes that are started speak the same.

Knows nothing of the rest of the game, and never asks the machine which language it speaks: what
programs print must not depend on that.
"""

from __future__ import annotations

import gettext
import json
import os
from datetime import datetime
from pathlib import Path

from platformdirs import user_config_path

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch"}
"""Codes of the languages there are, each with its own name for itself."""
VARIABLE = "OZ_LANGUAGE"
FOLDER = Path(__file__).with_name("locale")

_code = ENGLISH
_spoken: gettext.NullTranslations = gettext.NullTranslations()


def choose(code: str) -> None:
    """Speak the language `code` from now on; English where `code` is none of `LANGUAGES`."""
    global _code, _spoken  # noqa: PLW0603 - one language for the process is what this module is
    _code = code if code in LANGUAGES else ENGLISH
    if _code == ENGLISH:
        _spoken = gettext.NullTranslations()
    else:
        _spoken = gettext.translation("oz", FOLDER, [_code])
    if _code != ENGLISH or os.environ.get(VARIABLE):
        os.environ[VARIABLE] = _code


def kept() -> str:
    """The language that the player chose for every start; empty where none was chosen."""
    try:
        chosen = json.loads(_settings().read_text("utf-8"))["language"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return chosen if chosen in LANGUAGES else ""


def keep(code: str) -> bool:
    """Speak `code` from the next start on; whether that could be written down."""
    try:
        try:
            settings = json.loads(_settings().read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            settings = {}
        kept = {**(settings if isinstance(settings, dict) else {}), "language": code}
        _settings().parent.mkdir(parents=True, exist_ok=True)
        _settings().write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    except OSError:
        return False
    return True


def _settings() -> Path:
    """The file of what a player chose for every journey; the settings' screen writes it too."""
    return user_config_path("oz") / "settings.json"


def invitation() -> str:
    """A line in the language of the system, where the game has it and nobody chose another."""
    if os.environ.get(VARIABLE) or kept():
        return ""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if said := os.environ.get(name):
            return _INVITATIONS.get(said[:2], "")
    return ""


_INVITATIONS = {"de": "Oz spricht auch Deutsch: `oz --language de`."}


def language() -> str:
    """The code of the language that is spoken."""
    return _code


def _(message: str) -> str:
    """`message` in the language that is spoken."""
    return _spoken.gettext(message)


def pgettext(context: str, message: str) -> str:
    """`message` as it is meant in `context`, where one word means several things."""
    return _spoken.pgettext(context, message)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, as `count` wants it, in the language that is spoken."""
    return _spoken.ngettext(one, many, count)


def short(when: datetime) -> str:
    """Day and time as a list has them: ``23 Nov 13:20``."""
    return _("{when:%d %b %H:%M}").format(when=when)


def day(iso: str) -> str:
    """The day of an ISO time, as figures are written; what is none stays as it is."""
    try:
        return _("{day:%Y-%m-%d}").format(day=datetime.fromisoformat(iso[:10]))
    except ValueError:
        return iso[:10]


if os.environ.get(VARIABLE):
    choose(os.environ[VARIABLE])
