"""Where progress lives: one folder per journey, with an SQLite file and the player's drafts.

    journey.sqlite3     where the player stands, turns, attempts with code and verdict, hints
    spells/             the drafts, real files; ``kept/`` beside them what would have been lost
    models/             what the player trained
    backups/            online backups, one per finished stage and one of the last close
    damaged/            damaged files, as they were found
    lock                held by the game that is playing

This room knows no story, no spell and no screen: a state is JSON text to it. Nothing is pickled.
"""

from oz.saves.archive import BadArchive, Imported, export, import_
from oz.saves.errors import (
    BadName,
    JourneyDamaged,
    JourneyGone,
    JourneyInUse,
    JourneyTooNew,
    JourneyUnwritable,
    SavesError,
)
from oz.saves.journey import Attempt, Journey, Pin, Turn
from oz.saves.listing import JourneyInfo, journeys, summary
from oz.saves.places import DEFAULT_NAME, check_name, default_root
from oz.saves.recover import set_aside

__all__ = [
    "DEFAULT_NAME",
    "Attempt",
    "BadArchive",
    "BadName",
    "Imported",
    "Journey",
    "JourneyDamaged",
    "JourneyGone",
    "JourneyInUse",
    "JourneyInfo",
    "JourneyTooNew",
    "JourneyUnwritable",
    "Pin",
    "SavesError",
    "Turn",
    "check_name",
    "default_root",
    "export",
    "import_",
    "journeys",
    "set_aside",
    "summary",
]
