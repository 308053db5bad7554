"""The books that can be opened from the story and from a desk: their words, and opening them.

Screens are imported late: they are wanted when a book is opened, not before the first paint.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from oz.session import journal, spellbook
from oz.tongue import _
from oz.tui.commands import Command, says

if TYPE_CHECKING:
    from oz.tui.app import OzApp

COMMANDS = (
    Command("app.journal",
            says("journal", "diary", "notes", "log", "j", "read journal", "show journal"),
            _("What each stage taught, in your own code."), "f4", _("Journal"), takes=_("NAME")),
    Command("app.spellbook", says("spellbook", "grimoire"),
            _("Every name of the API you have met, with its example."), "f5", _("Spellbook"),
            takes=_("NAME")),
    Command("app.statistics", says("statistics", "stats", "figures"),
            _("Time, casts, hints, and what was hard."), "f6"),
)  # fmt: skip
WORDS = tuple(replace(command, keys="", footer="") for command in COMMANDS)
"""The same where the keys mean something else."""


async def open_journal(app: OzApp, name: str) -> None:
    """Open the journal over the screen in front, at the stage or the spell called `name`."""
    from oz.tui.screens.journal import JournalScreen

    if app.session is None or isinstance(app.screen, JournalScreen):
        return
    if name and not journal.find(app.session.shelf.journal(), name):
        app.notify(_("The journal has nothing on '{name}'.").format(name=name), markup=False)
        return
    await app.push_screen(JournalScreen(app.session, name))


async def open_spellbook(app: OzApp, name: str) -> None:
    """Open the spellbook over the screen in front, at `name`; without one that is meant, say so."""
    from oz.tui.screens.spellbook import SpellbookScreen

    if app.session is None or isinstance(app.screen, SpellbookScreen):
        return
    chapters = app.session.shelf.spellbook()
    met = {entry.name: entry for chapter in chapters for entry in chapter.entries}
    stages = {chapter.stage for chapter in chapters}
    if name and name.lower() not in stages and not spellbook.find(met, name):
        told = _("Your spellbook has nothing on '{name}'. `reference {name}` may know it.").format(
            name=name
        )
        app.notify(told, markup=False)
        return
    await app.push_screen(SpellbookScreen(app.session, name))


async def open_statistics(app: OzApp) -> None:
    """Open the page of figures over the screen in front."""
    from oz.tui.screens.statistics import StatisticsScreen

    if app.session is not None and not isinstance(app.screen, StatisticsScreen):
        shelf = app.session.shelf
        await app.push_screen(StatisticsScreen(shelf.statistics(), shelf.reviewed()))
