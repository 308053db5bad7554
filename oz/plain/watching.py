"""A spell solved in the player's own editor: every save is cast, and what comes is told.

The journey is the same one that the game plays: attempts are kept in it, and a pass opens the road.
Knows the session and the page; knows neither editors nor screens.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from oz.plain.page import Page
from oz.plain.telling import Teller
from oz.session import Judged, Session
from oz.spells.model import Kind
from oz.tongue import _

_WATCHING = _("Every save of that file is cast. Ctrl-C ends it.")


async def watch(
    folder: Path, spell: str, *, lessons: Path | None = None, once: bool = False
) -> bool:
    """Cast the draft of `spell` in the journey `folder` at every save until it passes; `once`: now,
    and no more. Gives whether it passed.

    Raises what `Session.open` raises.
    """
    page = Page(echo=False)
    async with await Session.open(folder, lessons=lessons) as session:
        async for _ in session.begin():
            pass  # the story is told where it is played
        watching = _Watch(session, page, spell)
        return await watching.cast() if once else await watching.until_passed()


class _Watch:
    """One spell being watched."""

    def __init__(self, session: Session, page: Page, spell: str) -> None:
        self._session = session
        self._page = page
        self._spell = spell
        found = session.desk(spell).spell
        self._teller = Teller(page, session.world, lambda: found.kind is Kind.PREDICT)

    async def until_passed(self) -> bool:
        """Cast at every save; ends with a pass."""
        desk = self._session.desk(self._spell, taken=True)
        self._page.title(desk.spell.title)
        self._page.block(
            _("What is asked:\n\n") + "\n".join(f"- {goal}" for goal in desk.spell.goals)
        )
        self._page.verbatim(_("The draft is the file\n    {path}").format(path=desk.path))
        self._page.block(_WATCHING)
        changes = self._session.draft_changes()
        change = asyncio.ensure_future(anext(changes))
        try:
            while True:
                changed = await change
                change = asyncio.ensure_future(anext(changes))  # what is saved while it is cast
                if changed.spell == self._spell and await self.cast():
                    return True
        finally:
            change.cancel()
            await asyncio.gather(change, return_exceptions=True)
            await changes.aclose()  # type: ignore[attr-defined]  # an async generator

    async def cast(self) -> bool:
        """Cast the draft as it is on disk; whether it passed."""
        self._session.desk(self._spell, taken=True)
        passed = False
        async for event in self._session.cast(self._spell):
            self._teller.tell(event)
            if isinstance(event, Judged):
                passed = event.verdict.passed
        return passed
