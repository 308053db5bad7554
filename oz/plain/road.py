"""The whole journey with the player's own tools: the story is told, and saves of drafts are cast.

Dorothy walks by herself, as `oz.story.guide` leads her, to where a spell waits; its draft is a
file, and she walks on when a save of it passes. What she does is typed as any line is, so the
journey goes on in the game, and from there here, at any time. Knows the session and the page; knows
neither editors nor screens.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from oz.plain.desk import Bench
from oz.plain.keyboard import Keyboard
from oz.plain.page import Page
from oz.plain.telling import Teller
from oz.session import DeskOpened, DraftChanged, Judged, Session, SessionEvent
from oz.spells.model import Kind
from oz.story.guide import Guide
from oz.tongue import _

_SAVED = _("Every save of that file is cast. Ctrl-C ends it; everything is saved.")
_DONE = _("The road is finished: every stage of it, and {spells} spells cast.")
_LOST = _(
    "Dorothy does not know how to go on by herself from here. `oz play {name}` goes on in the game."
)


async def walk(folder: Path, *, lessons: Path | None = None, once: bool = False) -> bool:
    """Walk the journey `folder` from spell to spell until it is finished; `once`: to the next,
    whose draft is cast as it is, and no further. Gives whether it is finished, or that passed.

    Raises what `Session.open` raises.
    """
    async with await Session.open(folder, lessons=lessons) as session:
        road = _Road(session, Page(echo=True))
        return await road.once() if once else await road.walk()


class _Road:
    """A journey under way."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session = session
        self._page = page
        self._guide = Guide(session.world)
        self._casting = ""
        self._teller = Teller(page, session.world, self._predicting)

    def _predicting(self) -> bool:
        return bool(self._casting) and self._kind(self._casting) is Kind.PREDICT

    def _kind(self, spell: str) -> Kind:
        return self._session.desk(spell).spell.kind

    async def walk(self) -> bool:
        """To the end of the road."""
        await self._begin()
        async with _listening(self._session) as changes:
            while (spell := await self._onward()) is not None:
                self._ask(spell)
                while spell not in self._session.state.passed:
                    await self._cast((await anext(changes)).spell)
        return self._end()

    async def once(self) -> bool:
        """To the next spell, to cast it."""
        await self._begin()
        spell = await self._onward()
        if spell is None:
            return self._end()
        self._ask(spell)
        await self._cast(spell)
        return spell in self._session.state.passed

    async def _begin(self) -> None:
        self._page.title(self._session.world.title)
        await self._tell(self._session.begin())

    def _end(self) -> bool:
        finished = self._guide.finished(self._session.state)
        told = _DONE.format(spells=len(self._session.state.passed))
        self._page.block(told if finished else _LOST.format(name=self._session.folder.name))
        return finished

    async def _onward(self) -> str | None:
        """Walk to where a spell waits; `None` where none does any more."""
        while (line := self._guide.next(self._session.state)) is not None:
            self._page.prompt("> ")
            self._page.typed(line)
            await self._tell(self._session.submit(line))
        return next(iter(self._guide.waiting(self._session.state)), None)

    def _ask(self, spell: str) -> None:
        """Say what is asked, and in which file."""
        bench = Bench(self._session, self._page, Keyboard())
        bench.briefing(self._session.desk(spell, taken=True))
        self._page.block(_SAVED)

    async def _cast(self, spell: str) -> None:
        """Cast the draft of `spell` as it is on disk."""
        self._casting = spell
        desk = self._session.desk(spell, taken=True)
        self._page.block(_("({title} is cast.)").format(title=desk.spell.title))
        await self._tell(self._session.cast(spell))

    async def _tell(self, events: AsyncIterator[SessionEvent]) -> None:
        async for event in events:
            if isinstance(event, DeskOpened):
                self._session.close_desk()
                continue
            self._teller.tell(event)
            if isinstance(event, Judged):
                self._casting = ""


@asynccontextmanager
async def _listening(session: Session) -> AsyncIterator[AsyncIterator[DraftChanged]]:
    """Changes of drafts, also those that are made while one is cast."""
    changes = session.draft_changes()
    heard: asyncio.Queue[DraftChanged] = asyncio.Queue()

    async def listen() -> None:
        async for change in changes:
            heard.put_nowait(change)

    async def told() -> AsyncIterator[DraftChanged]:
        while True:
            yield await heard.get()

    listening = asyncio.create_task(listen())
    try:
        yield told()
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
