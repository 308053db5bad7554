"""The game at a prompt: lines go to the desk or to the session, and what comes back is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from oz import tongue
from oz.plain.desk import ASIDE, LOOKED_UP, Bench
from oz.plain.help import DESK
from oz.plain.keyboard import Ended, Interrupted, Keyboard
from oz.plain.page import Page
from oz.plain.telling import Teller
from oz.plain.waking import WORDS, watched
from oz.saves import SavesError
from oz.session import DeskOpened, EditorWanted, Judged, Left, Session, SessionEvent
from oz.session.typed import english
from oz.spells.model import Kind
from oz.tongue import _, pgettext

_HELP = {"help", "h", "?", "commands", "instructions", "manual", "how to play", "how do i play"}
_DESK_HELP = {"help desk", "help spells", "help spell", "help code", "help write", "help cast"}
_WELCOME = _(
    "(Say what Dorothy does, in a few words, and press enter. `help` tells what can be typed.)"
)
_PASSED = _(
    "(`solution` shows a model answer. `leave` closes the desk, and so does "
    "anything that Dorothy does.)"
)
_PASSED_AGAIN = _("(`solution` shows a model answer.)")
_LEAVING = _("(Everything is saved. Ctrl-C once more leaves, and so does `quit`.)")
_SETTINGS = _(
    "Line by line there is little to choose: `language` says in which, `verbose` and `brief` how "
    "much is told of places. (Settings of their own have the screens.)"
)


class Game:
    """One sitting: from opening a journey to leaving it."""

    def __init__(self, session: Session, page: Page, keyboard: Keyboard) -> None:
        self._session = session
        self._page = page
        self._keyboard = keyboard
        self._bench = Bench(session, page, keyboard)
        self._teller = Teller(page, session.world, self._predicting)
        self._left = False
        self._interrupted = False
        self._passes = 0
        """How often it was said what can be done after a pass."""
        self._stopping: set[asyncio.Task[None]] = set()
        keyboard.on_interrupt = self._stop

    def _stop(self) -> None:
        """Stop what runs."""
        task = asyncio.ensure_future(self._session.stop())
        self._stopping.add(task)
        task.add_done_callback(self._stopping.discard)

    def _predicting(self) -> bool:
        """The open desk is one where answers are given, and no code."""
        desk = self._session.status.desk
        return desk is not None and self._session.desk(desk).spell.kind is Kind.PREDICT

    async def play(self) -> None:
        """Play until the player leaves or there is no more input."""
        try:
            await self._begin()
            while not self._left:
                try:
                    await self._turn()
                except Interrupted:
                    self._ask_to_leave()
                except SavesError as error:
                    self._page.block(str(error))
        except Ended:
            self._page.typed("")
            self._page.block(_("The input has ended. Everything is saved."))

    def _ask_to_leave(self) -> None:
        self._page.typed("")
        self._left, self._interrupted = self._interrupted, True
        self._page.block(_("Everything is saved.") if self._left else _LEAVING)

    async def _begin(self) -> None:
        self._page.title(self._session.world.title)
        async for event in self._session.begin():
            if isinstance(event, DeskOpened):
                title = self._session.desk(event.spell).spell.title
                self._page.block(
                    _(
                        "The desk of “{title}” is open, as you left it. `briefing` says what is "
                        "asked, `leave` goes back to the story."
                    ).format(title=title)
                )
            else:
                self._teller.tell(event)
        if self._session.status.turns == 0:
            self._page.block(_WELCOME)
            if invitation := tongue.invitation():
                self._page.block(f"({invitation})")

    async def _turn(self) -> None:
        desk = self._session.status.desk
        self._page.prompt(f"{_sign(self._session, desk)}> ")
        line = await self._keyboard.line()
        self._interrupted = False
        self._page.typed(line)
        command: str | None = line
        while command is not None:
            command = await self._do(command)

    async def _do(self, line: str) -> str | None:
        """Answer one line. A command that was typed where something was asked is given back."""
        desk = self._session.status.desk
        meant = english(line, desk=desk is not None)
        said = " ".join(meant.lower().split())
        if self._session.reviews.asking:
            return await self._submit(line)
        if said in _DESK_HELP:
            self._page.block(DESK)
        elif (told := self._teller.remnants.answer(meant)) is not None:
            self._page.block(told)
        elif said == "settings":
            self._page.block(_SETTINGS)
        elif said.split(" ", maxsplit=1)[0] == "language":
            self._page.block(_language(said.partition(" ")[2]))
        elif desk is not None and said in ("leave", "leave desk", "back", "story"):
            self._session.close_desk()
            self._page.block(_("You leave the desk. {where}").format(where=_where(self._session)))
        elif desk is not None and said == "answer":
            return await self._ask(desk, again=True)
        elif desk is not None and said == "briefing":
            self._bench.briefing(self._session.desk(desk))
        elif desk is None or not await self._bench.do(desk, meant):
            return await self._submit(line)  # as it was typed: the story knows the language
        return None

    async def _submit(self, line: str) -> str | None:
        before, asking = self._session.status, self._session.reviews.asking
        opened, judged = await self._tell(self._session.submit(line))
        if " ".join(english(line).lower().split()) in _HELP and not asking:
            self._page.block(DESK)
        if opened is not None:
            self._session.open_desk(opened)
            self._bench.open(opened)
            typed = await self._ask(opened)
            if typed is None:
                self._bench.explain(opened)
            return typed
        after = self._session.status
        acted = after.turns != before.turns and judged is None
        if acted or after.room != before.room or after.desk != before.desk:
            self._session.close_desk()  # the story has gone on, or back
        if judged is not None:
            self._after(judged)
        return None

    async def _ask(self, desk: str, *, again: bool = False) -> str | None:
        """Ask what a desk asks; a command that was typed instead and leads elsewhere."""
        while (typed := await self._bench.ask(desk, again=again)) is not None:
            said = " ".join(english(typed, desk=True).lower().split())
            if said not in ASIDE and not said.startswith(LOOKED_UP):
                return typed
            await self._do(typed)
        return None

    async def _tell(self, events: AsyncIterator[SessionEvent]) -> tuple[str | None, Judged | None]:
        """Tell events as they come; the spell whose desk they opened, and the verdict they gave."""
        opened: str | None = None
        judged: Judged | None = None
        async for event in watched(events, self._waking):
            match event:
                case DeskOpened(spell=spell):
                    opened = spell
                case EditorWanted(path=path):
                    self._bench.edit(path)
                case Left():
                    self._left = True
                case _:
                    self._teller.tell(event)
            if isinstance(event, Judged):
                judged = event
        return opened, judged

    def _waking(self) -> None:
        # What is read from a pipe later shall not tell how quick the machine was.
        if self._page.terminal:
            self._page.block(WORDS)

    def _after(self, judged: Judged) -> None:
        """What can be done after a cast, said where it may not be known."""
        if judged.verdict.passed:
            if self._session.status.desk is not None:
                self._page.block(_PASSED if self._passes == 0 else _PASSED_AGAIN)
                self._passes += 1
            return
        desk = self._session.desk(judged.verdict.spell)
        left = len(desk.spell.hints) - desk.hints_seen
        if left and judged.attempt in (2, 4):
            self._page.block(_("(`hint` gives one, if you like.)"))


def _sign(session: Session, desk: str | None) -> str:
    """What stands before the prompt: what a line would be for."""
    if session.reviews.asking:
        return pgettext("a prompt", "answer")
    return desk.partition("/")[2] if desk else ""


def _language(asked: str) -> str:
    """Choose the language of the next start, by its code or its name for itself."""
    by_name = {name.lower(): code for code, name in tongue.LANGUAGES.items()}
    code = by_name.get(asked, asked)
    if code not in tongue.LANGUAGES:
        there = ", ".join(
            _("`language {code}` ({name})").format(code=code, name=name)
            for code, name in tongue.LANGUAGES.items()
        )
        return _("Which language? {there}.").format(there=there)
    if not tongue.keep(code):
        return _("That could not be written down.")
    return _("From the next start on, Oz speaks {name}.").format(name=tongue.LANGUAGES[code])


def _where(session: Session) -> str:
    return _("You are here: {room_name}.").format(room_name=session.status.room_name)


__all__ = ["Game"]
