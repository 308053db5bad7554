"""What a player has chosen for every journey, kept in the user's configuration folder.

Each setting is declared once, in `CHOICES`: its name, its values, its words. The settings screen,
the file and the checks of what is read from it are all made from that.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from platformdirs import user_config_path

from oz import tongue
from oz.tongue import _
from oz.tui.themes import DARK, NAMES


@dataclass(frozen=True, slots=True)
class Settings:
    """The player's choices."""

    theme: str = DARK
    measure: str = "72"
    """Columns of a line of the story, at most."""
    pace: str = "flowing"
    """How prose arrives: one of `PACES`."""
    drawings: str = "pixels"
    """``pixels`` (where the terminal has them, else blocks), ``blocks`` or ``letters``."""
    completion: str = "on"
    """``on`` or ``off``."""
    language: str = tongue.ENGLISH
    """Of the game; another one is spoken from the next start."""
    lines: str = "wrapped"
    """Code that is wider than the editor: ``wrapped``, or left to be read ``sideways``."""

    reminders: str = "on"
    """Whether the story says that ideas are about to be forgotten: ``on`` or ``off``."""

    def but(self, **changed: str) -> Settings:
        """The same with other values."""
        return replace(self, **changed)


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting, as it is declared."""

    name: str
    """The field of `Settings`."""
    title: str
    values: tuple[str, ...]
    help: str


PACES = {"at once": 0.0, "flowing": 0.04, "reading": 0.9}
"""Seconds that a line takes to arrive. Somebody who reads at leisure takes about a second."""
CHOICES = (
    Choice("theme", _("Colours"), NAMES,
           _("Light letters on dark, dark ones on light, or the greatest contrast there is.")),
    Choice("measure", _("Line length"), ("56", "64", "72", "84"),
           _("Columns of a line of the story, at most.")),
    Choice("pace", _("Prose arrives"), tuple(PACES), _("At once, line by line, or at the pace "
           "at which one reads. Any key shows the rest.")),
    Choice("drawings", _("Pictures"), ("pixels", "blocks", "letters"),
           _("Real pixels where the terminal has them, else half blocks in colour; or letters, "
             "which any font can show.")),
    Choice("language", _("Language"), tuple(tongue.LANGUAGES),
           _("What the game speaks, from its next start. What you have done stays as it is.")),
    Choice("completion", _("Completion"), ("on", "off"),
           _("Names that the code at the cursor could become, from a process beside the game.")),
    Choice("lines", _("Long lines"), ("wrapped", "sideways"),
           _("Code that is wider than the editor goes on below, or is read by moving sideways.")),
    Choice("reminders", _("Reminders"), ("on", "off"),
           _("One line when ideas are about to be forgotten and a review would help.")),
)  # fmt: skip
VALUES = {
    "dark": _("dark"), "light": _("light"), "contrast": _("contrast"),
    "at once": _("at once"), "flowing": _("flowing"), "reading": _("reading"),
    "pixels": _("pixels"), "blocks": _("blocks"), "letters": _("letters"), "on": _("on"),
    "off": _("off"), "wrapped": _("wrapped"), "sideways": _("sideways"), **tongue.LANGUAGES,
}  # fmt: skip
"""How values are shown that are not numbers or names."""


def next_value(settings: Settings, choice: Choice, by: int = 1) -> str:
    """The value after (or, with -1, before) the one that is chosen."""
    at = choice.values.index(getattr(settings, choice.name))
    return choice.values[(at + by) % len(choice.values)]


def settings_path() -> Path:
    """Where the choices are kept."""
    return user_config_path("oz") / "settings.json"


def load_settings() -> Settings:
    """The player's choices; those of a first start where none can be read."""
    try:
        raw = json.loads(settings_path().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(raw, dict):
        return Settings()
    allowed = {choice.name: choice.values for choice in CHOICES}
    kept = {
        field.name: raw[field.name]
        for field in fields(Settings)
        if raw.get(field.name) in allowed[field.name]
    }
    return Settings(**kept)


def save_settings(settings: Settings) -> None:
    """Keep the choices. A folder that cannot be written is no reason to stop a game."""
    try:
        settings_path().parent.mkdir(parents=True, exist_ok=True)
        settings_path().write_text(json.dumps(asdict(settings), indent=2) + "\n", "utf-8")
    except OSError:
        return
