"""The spellbook: every name of the API that was met, and its example, run there and then."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import work

from oz.campaign import Reference
from oz.session import Conjured, Session
from oz.session import spellbook as books
from oz.tongue import _
from oz.tui.commands import Command, bindings, says
from oz.tui.pictures import picture_blocks
from oz.tui.screens.base import EVERYWHERE
from oz.tui.screens.volume import BACK, TURNING, Row, VolumeScreen
from oz.tui.typeset import Block, code_block, plain, typeset
from oz.tui.widgets.prose import Prose

OWN = (
    BACK,
    Command("run", says("run", "example"), _(
        "Run the example of the page; so does enter in the "
        "list."
    ),
            "f5,ctrl+j", _("Run")),
    *TURNING,
)  # fmt: skip
_WAITS = _("F5 or `run` runs it.")
_RUNS = _("It is being run …")


class SpellbookScreen(VolumeScreen):
    """`name`: of the API or the stage to open it at."""

    OWN = OWN
    BINDINGS: ClassVar = bindings((*OWN, *EVERYWHERE))
    TITLE_OF_HELP = _("The spellbook")
    HEAD = _("The spellbook")
    EMPTY = _(
        "Your spellbook is empty yet. A name comes into it when you open a spell that is about it."
    )

    def __init__(self, session: Session, name: str = "") -> None:
        self._chapters = {chapter.stage: chapter for chapter in session.shelf.spellbook()}
        self._entries: dict[str, Reference] = {
            entry.name: entry for one in self._chapters.values() for entry in one.entries
        }
        self._ran: dict[str, Conjured] = {}
        """What the examples printed, those that were run since the book was opened."""
        self._example = ""
        """The name whose example is being run."""
        self._places: dict[str, str] = {}
        """Where names were used, of those that were looked at."""
        stage = name.lower() or session.status.stage
        met = [] if stage in self._chapters else books.find(self._entries, name)
        self._asked = met[0] if len(met) == 1 else ""
        super().__init__(session, next(iter(met), stage))

    def on_mount(self) -> None:
        super().on_mount()
        if self._asked:
            self.action_run()

    def rows(self) -> Sequence[Row]:
        found: list[Row] = []
        for chapter in self._chapters.values():
            if chapter.entries:
                found.append(Row(chapter.stage, chapter.title, heading=True))
                found += [
                    Row(entry.name, _short(entry.name), words=f"{entry.name} {entry.signature}")
                    for entry in chapter.entries
                ]
        return found

    def caption(self) -> str:
        count = len(self._entries)
        return _("1 name met") if count == 1 else _("{count} names met").format(count=count)

    # --- pages --------------------------------------------------------------------------------

    def page(self, row: str) -> list[Block]:
        if row in self._chapters:
            return typeset(books.contents(self._chapters[row]))
        entry = self._entries[row]
        if row not in self._places:
            self._find_places(row)
        blocks = [*self._said(entry), *(self._printed(row) if entry.example else ())]
        return [*blocks, *typeset(self._places.get(row, "…"))]

    @staticmethod
    def _said(entry: Reference) -> list[Block]:
        """What a page begins with."""
        blocks = [Block(plain(entry.name, "heading")), *typeset(books.page(entry))]
        return blocks + (code_block(entry.example, language="python") if entry.example else [])

    def _printed(self, name: str) -> list[Block]:
        if name == self._example:
            return [Block(plain(_RUNS, "cue"))]
        shown = self._ran.get(name)
        if shown is None:
            return typeset(_WAITS, "cue")
        title = _("It did not work") if shown.failed else _("It prints")
        text = shown.text.rstrip("\n")
        printed = (
            []
            if shown.pictures and not text
            else code_block(text or _("(nothing was printed)"), title=title)
        )
        return [*printed, *picture_blocks(shown.pictures)]

    @work(exclusive=True, group="places", exit_on_error=False)
    async def _find_places(self, name: str) -> None:
        """Find where a name was used; programs are read for it, so aside."""
        with self.oz.guarded(f"finding where {name} was used"):
            found = self.session.shelf.used_in(name)
            self._places[name] = await asyncio.to_thread(books.places, found)
            if self._front == name:
                self.show_page(anew=False)

    # --- running ------------------------------------------------------------------------------

    def choose(self, row: str) -> None:
        if row in self._entries:
            self.action_run()
        else:
            super().choose(row)

    def action_run(self) -> None:
        """Run the example in front."""
        entry = self._entries.get(self._front)
        if entry is None or not entry.example:
            self.notify(_("There is no example on this page."))
        elif self._example:
            self.notify(_("One example is being run already."))
        else:
            self._run_example(entry.name)

    @work(group="example", exit_on_error=False)
    async def _run_example(self, name: str) -> None:
        self._example = name
        self.show_page(anew=False)
        try:
            with self.oz.guarded(f"running the example of {name}"):
                self._ran[name] = await self.session.shelf.example(name)
        finally:
            self._example = ""
        if self.is_attached:
            self.show_page(anew=False)
            if self._front == name:
                self._reveal_printed(name)

    def _reveal_printed(self, name: str) -> None:
        """Scroll as far as is needed for what was printed to be read."""
        prose = self.query_one("#page", Prose)
        entry, height = self._entries[name], prose.scrollable_content_region.height
        prose.set_blocks(self._said(entry))
        begins = prose.length
        prose.add(self._printed(name))
        ends = prose.length
        prose.add(typeset(self._places.get(name, "…")))
        if ends > prose.scroll_offset.y + height:
            prose.reveal(min(begins, max(0, ends - height)))


def _short(name: str) -> str:
    """A name as it is said: its last two parts say whose it is."""
    return ".".join(name.split(".")[-2:]).removeprefix("torch.")
