"""Where the player's code runs. See `oz.crucible.api`."""

from oz.crucible.api import Crucible, Run, open_crucible

__all__ = ["Crucible", "Run", "open_crucible"]
