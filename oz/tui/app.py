"""The app: opens journeys, puts screens on one another, and keeps errors of our own out of sight.

Talks to the game only through `oz.session.Session`. The rules of what a screen shows are in
``screens/``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widget import Widget

from oz.crashlog import log_error
from oz.saves import JourneyInUse, SavesError, default_root
from oz.tongue import _
from oz.tui import shelf
from oz.tui.completion.client import Completer
from oz.tui.narrow import Narrow, is_narrow
from oz.tui.pixels import ask_terminal
from oz.tui.screens.base import OzScreen
from oz.tui.settings import VALUES, load_settings, save_settings
from oz.tui.themes import NAMES, THEMES
from oz.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from oz.crucible.training import Heard
    from oz.session import Session
    from oz.tui.remains import Remains
    from oz.tui.screens.story import StoryScreen

_CLEARING = re.compile(r"escape$|enter$|f\d+$")
"""Keys that take notices away."""
Opener = Callable[[Path], Awaitable["Session"]]
"""Opens the journey in a folder."""


class OzApp(App[int]):
    """Oz in a terminal.

    `journey`: the folder of the journey to open at once; `None` shows the title. `saves`: where
    journeys are kept. `lessons`: the lessons folder, `None` for the game's own. `open_session`: how
    a journey is opened (tests give their own).
    """

    CSS_PATH = Path(__file__).parent / "app.tcss"
    TITLE = "Oz"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar = []

    def __init__(
        self,
        journey: Path | None = None,
        *,
        saves: Path | None = None,
        lessons: Path | None = None,
        open_session: Opener | None = None,
        completer: Completer | None = None,
    ) -> None:
        super().__init__()
        self._journey = journey
        self._root = default_root(saves)
        self._lessons = lessons
        self._open = open_session or self._open_real
        self._held = AsyncExitStack()
        """Holds the open journey."""
        self.session: Session | None = None
        self.error: BaseException | None = None
        """The error of our own that ended the game."""
        self.log_file: Path | None = None
        """Where it was written."""
        self.completer = completer
        """Says what code could become; `None`: nobody does."""
        self.trainings: dict[str, Heard] = {}
        """The last training of each spell, whose curve is laid under the next."""
        self.remains: dict[str, Remains] = {}
        """What the last run of each spell left behind."""
        self._pixels: type[Widget] | None = None
        self.settings = load_settings()
        if is_narrow():
            self._filters.append(Narrow())
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme

    async def _open_real(self, folder: Path) -> Session:
        from oz.session import Session

        return await Session.open(folder, lessons=self._lessons)

    async def on_event(self, event: events.Event) -> None:
        # What a notice says holds for what was there; whoever does the next thing has read it.
        if isinstance(event, events.Key) and not event.is_forwarded and _CLEARING.match(event.key):
            errors = event.key != "escape"
            for notice in [*self._notifications]:
                if not (errors and notice.severity == "error"):
                    self._unnotify(notice, refresh=False)
            self._refresh_notifications()
        await super().on_event(event)

    async def on_mount(self) -> None:
        if self._journey is not None:
            await self.open_journey(self._journey)
        else:
            await self.show_title()

    async def on_unmount(self) -> None:
        await self.close_journey()
        if self.completer is not None:
            await self.completer.close()

    # --- journeys -----------------------------------------------------------------------------

    async def open_journey(self, folder: Path) -> None:
        """Open the journey in `folder` and show its story, or the title saying why not."""
        from oz.campaign import LessonsError
        from oz.tui.screens.story import StoryScreen

        await self.close_journey()
        self.trainings.clear()
        self.remains.clear()
        try:
            session = await self._open(folder)
            self.session = await self._held.enter_async_context(session)
        except JourneyInUse as error:
            await self.show_title(str(error))
        except (SavesError, LessonsError) as error:
            log_error(error, f"opening the journey {folder.name}")
            await self.show_title(str(error))
        else:
            self.session.reviews.reminds = self.settings.reminders == "on"
            await self._show(StoryScreen(self.session))

    async def close_journey(self) -> None:
        """Close the journey that is open; everything is saved already."""
        self.session = None
        await self._held.aclose()

    async def show_title(self, message: str = "") -> None:
        """Show the title, saying `message`."""
        from oz.tui.screens.title import TitleScreen

        await self.close_journey()
        await self._show(TitleScreen(self._root, message))

    def go(self, move: Coroutine[None, None, None]) -> None:
        """Make a move that takes the screen in front away.

        Such a move must not be awaited by that screen's own handlers or workers: the screen waits
        for them before it goes.
        """
        self.run_worker(move, group="moves")

    async def _show(self, screen: Screen[None]) -> None:
        """`screen` in place of every other."""
        while len(self.screen_stack) > 2:
            await self.pop_screen()
        if len(self.screen_stack) == 2:
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)

    @property
    def story(self) -> StoryScreen | None:
        """The story that is open, if one is."""
        from oz.tui.screens.story import StoryScreen

        return next((s for s in self.screen_stack if isinstance(s, StoryScreen)), None)

    async def show_desk(self, spell: str, *, run: bool = False) -> None:
        """Show the desk of a spell over the story; `run`: and run the draft at once."""
        # Late: the editor and its grammar are wanted at the first desk, not before the first paint.
        from oz.tui.screens.desk import DeskScreen

        if self.session is None or isinstance(self.screen, DeskScreen):
            return
        await self.push_screen(DeskScreen(self.session, spell, run=run))

    def leave(self) -> None:
        """End the game."""
        self.exit(0)

    async def action_quit(self) -> None:
        self.leave()

    # --- what every screen can do -------------------------------------------------------------

    async def action_help(self) -> None:
        """Show the help of the screen in front."""
        from oz.tui.screens.help import HelpScreen

        screen = self.screen
        if isinstance(screen, OzScreen) and not isinstance(screen, HelpScreen):
            editing = bool(screen.query("CodeEditor"))
            await self.push_screen(
                HelpScreen(screen.TITLE_OF_HELP, screen.commands, editing=editing)
            )

    def use_theme(self, name: str) -> None:
        """Change the colours, and remember them. A theme has its name in the language, too."""
        shown = {VALUES[theme]: theme for theme in NAMES}
        shown |= {"high contrast": "contrast", "high-contrast": "contrast"}
        name = shown.get(name.lower(), name).lower()
        if name not in NAMES:
            self.notify(
                _("There is no theme '{name}'. Try {listed}.").format(
                    name=name, listed=", ".join(VALUES[theme] for theme in NAMES)
                ),
                markup=False,
            )
            return
        self.choose("theme", name)

    def choose(self, setting: str, value: str) -> None:
        """Change a setting, let it be seen, and remember it."""
        self.settings = self.settings.but(**{setting: value})
        save_settings(self.settings)
        self.theme = self.settings.theme
        if self.session is not None:
            self.session.reviews.reminds = self.settings.reminders == "on"
        for screen in self.screen_stack:
            for prose in screen.query("Prose").results(Prose):
                prose.notify_style_update()
            if isinstance(screen, OzScreen):
                screen.settings_changed()

    async def action_settings(self) -> None:
        """Show the settings."""
        from oz.tui.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen) and isinstance(self.screen, OzScreen):
            await self.push_screen(SettingsScreen())

    @property
    def letters(self) -> bool:
        """Whether pictures are drawn in letters."""
        return self.no_color or is_narrow() or self.settings.drawings == "letters"

    @property
    def pixels(self) -> type[Widget] | None:
        """The widget that draws pictures in real pixels; `None`: they are drawn in cells."""
        plain = self.settings.drawings != "pixels" or self.no_color
        return None if plain else self._pixels

    def draw_pixels(self, kind: type[Widget] | None) -> None:
        """Have pictures drawn by widgets of this kind, where the settings agree."""
        self._pixels = kind

    def action_command_palette(self) -> None:
        """Find any command; asked for in the language that is spoken."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(
                CommandPalette(placeholder=_("Search for commands…"), id="--command-palette")
            )

    def action_help_quit(self) -> None:
        """Ctrl+C, which leaves elsewhere: say what leaves here."""
        self.notify(_("Ctrl+Q leaves; everything is saved."))

    def action_next_theme(self) -> None:
        """The next of the themes."""
        at = NAMES.index(self.theme) if self.theme in NAMES else -1
        self.use_theme(NAMES[(at + 1) % len(NAMES)])

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        if not isinstance(screen, OzScreen):
            return
        for command in screen.commands:
            if command.action == "app.next_theme":
                continue

            async def run(action: str = command.action) -> None:
                await screen.run_action(action)

            yield SystemCommand(command.words[0].capitalize(), command.help, run)
        for name in NAMES:
            yield SystemCommand(
                _("Theme {name}").format(name=VALUES[name]),
                _("Colours: {name}.").format(name=VALUES[name]),
                lambda name=name: self.use_theme(name),
            )

    def edit_file(self, path: Path) -> bool:
        """Open `path` in the player's own editor and wait; says so and gives False if it cannot."""
        from oz.session import editors  # the session is not needed for the first paint

        command = editors.chosen()
        if not command:
            self.notify(
                _(
                    "Set VISUAL or EDITOR to name your editor. The draft is {path}; the game sees "
                    "it when you save it there."
                ).format(path=path),
                markup=False,
                timeout=12,
            )
            return False
        try:
            with self.suspend():
                subprocess.run(editors.call(command, path), check=False)
        except (OSError, ValueError) as error:
            self.notify(
                _("'{command}' could not be started: {error}").format(command=command, error=error),
                markup=False,
                timeout=12,
            )
            return False
        self.refresh()
        return True

    async def action_journal(self, name: str = "") -> None:
        """Open the journal."""
        await shelf.open_journal(self, name)

    async def action_spellbook(self, name: str = "") -> None:
        """Open the spellbook."""
        await shelf.open_spellbook(self, name)

    async def action_statistics(self) -> None:
        """Open the page of figures."""
        await shelf.open_statistics(self)

    # --- errors of our own --------------------------------------------------------------------

    @contextmanager
    def guarded(self, doing: str) -> Iterator[None]:
        """Note an error, tell the player, and go on: for work that one answer depends on."""
        try:
            yield
        except SavesError as error:  # the disk's doing, and told in its own words
            self.notify(str(error), severity="error", timeout=12, markup=False)
        except Exception as error:  # whatever it was, the game goes on
            path = log_error(error, doing)
            where = _(" It is written down in {path}.").format(path=path) if path else ""
            self.notify(
                _("Something in the game itself went wrong.{where}").format(where=where),
                severity="error",
                timeout=12,
                markup=False,
            )
            if os.environ.get("OZ_DEBUG"):
                raise

    def _handle_exception(self, error: Exception) -> None:
        """Write the error down and end, in place of Textual's page of locals over the terminal."""
        self.error = error
        self.log_file = log_error(error, "running the screens")
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()


def run(saves: Path, *, journey: str | None = None, lessons: Path | None = None) -> int:
    """Play in this terminal; gives the exit status: 0, or 1 after an error of the game's own.

    `saves`: the folder of journeys; `journey`: the one to open, `None` for the title; `lessons`:
    the lessons folder, `None` for the game's own.
    """
    app = OzApp(
        saves / journey if journey else None,
        saves=saves,
        lessons=lessons,
        completer=Completer(),
    )
    if app.settings.drawings == "pixels":
        app.draw_pixels(ask_terminal())  # now: once Textual runs, the answer would be keys to it
    status = app.run()
    if app.error is not None:
        where = (
            _("\nIt is written down in {log_file}.").format(log_file=app.log_file)
            if app.log_file
            else ""
        )
        sys.stderr.write(
            _(
                "Oz has stopped because of a fault of its own ({name}). Your journey is "
                "saved.{where}\n"
            ).format(name=type(app.error).__name__, where=where)
        )
        return 1
    return status or 0
