"""What a player looks up in a journey: the journal, the spellbook, the statistics.

Gathers it from the journey and the lessons; `oz.session.journal`, `oz.session.spellbook` and
`oz.session.statistics` say it in words. Changes nothing and takes no turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from oz.campaign import Reference
from oz.report.gather import stages
from oz.report.model import SpellReport, StageReport
from oz.saves.figures import answers, figures
from oz.session import journal, review_figures, spellbook, statistics
from oz.session.casting import Furnace
from oz.session.model import Conjured
from oz.session.spellbook import Chapter, UsedIn
from oz.session.statistics import Statistics
from oz.session.table import Answer, Table, refusal, system
from oz.story.events import Conjure
from oz.tongue import _


class Shelf:
    """The books of one journey."""

    def __init__(self, table: Table, furnace: Furnace) -> None:
        self._table = table
        self._furnace = furnace

    # --- the journal --------------------------------------------------------------------------

    def journal(self) -> tuple[StageReport, ...]:
        """What was noted, learned and written, by the stages that were begun."""
        table, folder = self._table, self._table.journey.folder
        return stages(table.campaign, table.state, figures(folder), answers(folder))

    def journal_page(self, one: StageReport | SpellReport) -> str:
        """A page of it at length, as Markdown."""
        return journal.page(one, self._table.campaign)

    def read_journal(self, name: str) -> Iterable[Answer]:
        """The answer to 'journal NAME'."""
        yield journal.answer(self.journal(), self._table.campaign, name)

    # --- the spellbook ------------------------------------------------------------------------

    def spellbook(self) -> tuple[Chapter, ...]:
        """The names of the API that were met, by the stages that were begun."""
        table = self._table
        seen = table.state.visited | {table.state.room}
        begun = {id for id, one in table.world.stages.items() if not seen.isdisjoint(one.rooms)}
        return spellbook.chapters(table.campaign, begun, self._opened())

    def used_in(self, name: str) -> Iterator[UsedIn]:
        """The spells in which the API `name` was used, as far as the player has seen them."""
        codes = answers(self._table.journey.folder)
        return spellbook.used_in(self._table.campaign, name, self._opened(), codes)

    async def example(self, name: str) -> Conjured:
        """Run the example of the API `name` now. Raises `KeyError` for what is no such name."""
        entry = self._table.campaign.references[name]
        models = self._table.journey.models
        return await self._furnace.conjure(entry.name, entry.program, models)

    def read_spellbook(self, name: str) -> Iterable[Answer]:
        """The answer to 'spellbook NAME'; the example still has to be run."""
        chapters = self.spellbook()
        if not name:
            yield system(spellbook.listed(chapters))
            return
        wanted = name.strip("`").lower()
        stage = [one for one in chapters if wanted in (one.stage, one.title.lower())]
        if stage:
            yield system(spellbook.listed(stage))
            return
        met = {entry.name: entry for chapter in chapters for entry in chapter.entries}
        found = spellbook.find(met, name)
        if len(found) != 1:
            yield self._no_page(name, found)
            return
        entry = met[found[0]]
        yield system(spellbook.page(entry))
        yield from self.with_example(entry)
        yield system(spellbook.places(self.used_in(entry.name)))

    @staticmethod
    def with_example(entry: Reference) -> Iterable[Answer]:
        """The example of an entry, and where what it prints is to stand."""
        if entry.example:
            yield system(spellbook.example(entry))
            yield Conjure(entry.name, entry.program)

    def _no_page(self, name: str, found: list[str]) -> Answer:
        if found:
            listed = ", ".join(f"`{key}`" for key in found)
            return system(_("There are several: {names}.").format(names=listed))
        name = name.replace("`", "")
        told = _("Your spellbook has nothing on `{name}`. `spellbook` lists what it has.")
        if spellbook.find(self._table.campaign.references, name):
            told = _("You have not met `{name}` yet; `reference {name}` looks it up all the same.")
        return refusal(told.format(name=name))

    def _opened(self) -> set[str]:
        """The spells whose desk was opened: the draft is there, or an attempt."""
        table = self._table
        folder = table.journey.folder / "spells"
        drafts = {(path.parent.name, path.name) for path in folder.glob("*/*")}
        return {
            *table.state.passed,
            *table.journey.tried(),
            *(s.id for s in table.campaign.spells.values() if (s.stage, s.draft_name) in drafts),
        }

    # --- typing help --------------------------------------------------------------------------

    def completions(self, text: str) -> list[str]:
        """Lines that `text` could become, where it asks a book for something; those that go on
        from it letter for letter first."""
        word, blank, begun = text.partition(" ")
        if not blank:
            return []
        low = begun.strip().lower()
        names = [
            name
            for name in self._names(word.lower())
            if name.lower().startswith(low) or name.lower().rpartition(".")[2].startswith(low)
        ]
        names.sort(key=lambda name: not name.lower().startswith(low))
        return [f"{word} {name}" for name in names if name != begun]

    def _names(self, book: str) -> Iterable[str]:
        """What one may ask the book for that is opened by this word."""
        if book in {"reference", "ref"}:
            return self._table.campaign.references
        if book in {"spellbook", "grimoire"}:
            chapters = self.spellbook()
            names = [entry.name for chapter in chapters for entry in chapter.entries]
            return [*names, *(chapter.stage for chapter in chapters if chapter.entries)]
        if book in {"journal", "diary", "notes"}:
            pages = self.journal()
            spells = [spell.title for stage in pages for spell in journal.passed(stage)]
            return [*(stage.id for stage in pages), *map(str.lower, spells)]
        return ()

    # --- statistics ---------------------------------------------------------------------------

    def statistics(self) -> Statistics:
        """Time, attempts, what was hard."""
        table = self._table
        return statistics.statistics(figures(table.journey.folder), table.campaign)

    def read_statistics(self) -> Iterable[Answer]:
        """The answer to 'statistics'."""
        table = self._table
        yield system(statistics.in_words(figures(table.journey.folder), table.campaign))
        if told := self.reviewed():
            yield system(told)

    def reviewed(self) -> str:
        """The reviews in figures, in words; nothing before the first answer."""
        folder, campaign = self._table.journey.folder, self._table.campaign
        return review_figures.in_words(review_figures.review_figures(folder, campaign))
