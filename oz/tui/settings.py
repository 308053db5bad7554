"""What a player has chosen for every journey, kept in the user's configuration folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from platformdirs import user_config_path

from oz.tui.themes import DARK, NAMES


@dataclass(frozen=True, slots=True)
class Settings:
    """The player's choices."""

    theme: str = DARK

    def but(self, *, theme: str) -> Settings:
        """The same with another theme."""
        return replace(self, theme=theme)


def settings_path() -> Path:
    """Where the choices are kept."""
    return user_config_path("oz") / "settings.json"


def load_settings() -> Settings:
    """The player's choices; those of a first start where none can be read."""
    try:
        raw = json.loads(settings_path().read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(raw, dict):
        return Settings()
    known = {field.name for field in fields(Settings)}
    kept = {name: value for name, value in raw.items() if name in known and value in NAMES}
    return Settings(**kept)


def save_settings(settings: Settings) -> None:
    """Keep the choices. A folder that cannot be written is no reason to stop a game."""
    try:
        settings_path().parent.mkdir(parents=True, exist_ok=True)
        settings_path().write_text(json.dumps(asdict(settings), indent=2) + "\n", "utf-8")
    except OSError:
        return
