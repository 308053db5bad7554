"""The journal: what each stage taught, in the player's own passed code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from oz.report import SpellReport, StageReport
from oz.session import Session
from oz.session import journal as books
from oz.tongue import _, ngettext
from oz.tui.commands import bindings
from oz.tui.screens.base import EVERYWHERE
from oz.tui.screens.volume import BACK, TURNING, Row, VolumeScreen
from oz.tui.typeset import Block, typeset

OWN = (BACK, *TURNING)


class JournalScreen(VolumeScreen):
    """`name`: the stage or the spell to open it at; empty: where the journey is."""

    OWN = OWN
    BINDINGS: ClassVar = bindings((*OWN, *EVERYWHERE))
    TITLE_OF_HELP = _("The journal")
    HEAD = _("The journal")
    EMPTY = _("The journal is empty yet. It fills as stages are walked and spells pass.")

    def __init__(self, session: Session, name: str = "") -> None:
        self._pages = session.shelf.journal()
        self._known: dict[str, StageReport | SpellReport] = {}
        for stage in self._pages:
            self._known[stage.id] = stage
            self._known.update((spell.id, spell) for spell in books.passed(stage))
        found = books.find(self._pages, name) if name else ()
        super().__init__(session, found[0].id if found else session.status.stage)

    def rows(self) -> Sequence[Row]:
        return [
            Row(one.id, one.title, isinstance(one, StageReport)) for one in self._known.values()
        ]

    def page(self, row: str) -> list[Block]:
        return typeset(self.session.shelf.journal_page(self._known[row]))

    def caption(self) -> str:
        spells = sum(len(books.passed(stage)) for stage in self._pages)
        return ngettext(
            "{spells} spell in your own code", "{spells} spells in your own code", spells
        ).format(spells=spells)
