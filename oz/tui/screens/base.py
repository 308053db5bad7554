"""What all screens share: commands said once, reading on where more text stands below, and
breakpoints for their stylesheets."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, cast

from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widget import Widget

from oz.story.commands import parted
from oz.tongue import _
from oz.tui.commands import Command, find, says
from oz.tui.settings import VALUES
from oz.tui.themes import NAMES
from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.small import LEAST_COLUMNS, LEAST_ROWS

if TYPE_CHECKING:
    from oz.session import Session
    from oz.tui.app import OzApp

EVERYWHERE = (
    Command("app.help", says("help", "keys"), _("Keys and words of this screen."), "f1", _("Help")),
    Command(
        "app.next_theme",
        says("theme"),
        _("Colours: {listed}; without a name, the next of them.").format(
            listed=", ".join(VALUES[name] for name in NAMES)
        ),
        takes=_("NAME"),
    ),
    Command(
        "app.settings",
        says("settings", "options"),
        _("Colours, line length, pictures, completion."),
    ),
    Command("app.command_palette", says("palette", "commands"), _("Find any command."), "ctrl+p"),
    Command(
        "app.quit",
        says("quit", "q"),
        _("Leave the game; everything is saved."),
        "ctrl+q",
        _("Quit"),
    ),
)
"""Commands of every screen."""
READING = (
    Command(
        "read(1)",
        (*says("page down"), *says("more")),
        _("Read on a page."),
        "pagedown",
        _("More"),
        when="-more",
        key_shown="PgDn",
    ),
    Command("read(-1)", says("page up"), _("Read back a page."), "pageup", key_shown="PgUp"),
)
"""Commands of every screen with text to be read on it (`OzScreen.follow_reading`)."""


_WHOLE = frozenset({"search_story", "find", "replace", "run", "run_spell"})
"""Commands that take all that follows, or after which nothing can be done at once."""


def in_the_book(session: Session, name: str) -> str:
    """The line that looks the dotted `name` up; empty where the book of reference has it not."""
    line = f"reference {name}"
    return line if name and line in session.completions(line[:-1]) else ""


class OzScreen(Screen[None]):
    """A screen of the game."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own annotation
        (0, "-tiny"),
        (LEAST_COLUMNS, "-narrow"),
        (100, "-wide"),
        (160, "-broad"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"),
        (LEAST_ROWS, "-short"),
        (22, "-fair"),
        (32, "-tall"),
    ]
    OWN: ClassVar[tuple[Command, ...]] = ()
    """Commands of this screen."""
    _looking = False
    """It is about to be looked whether more stands below."""
    TITLE_OF_HELP: ClassVar[str] = ""

    @property
    def oz(self) -> OzApp:
        """The app, by its own type."""
        return cast("OzApp", self.app)

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return (*self.OWN, *EVERYWHERE)

    def settings_changed(self) -> None:
        """A setting was changed; what it concerns is shown anew."""

    # --- reading ------------------------------------------------------------------------------

    def reading(self) -> Sequence[Widget]:
        """What can be read on in just now, what is read first before what is read later."""
        return ()

    def wanted(self) -> Sequence[Widget]:
        """Those of them of which it is to be known when more stands below."""
        return self.reading()

    def follow_reading(self, *widgets: Widget) -> None:
        """Have the bar of keys be ``-more`` while more stands below in one of those that `reading`
        gives, of which `widgets` are all that there are."""
        for widget in widgets:
            for what in ("scroll_y", "virtual_size"):
                self.watch(widget, what, self.look_below, init=False)
        self.watch(self, "focused", self.look_below)

    def on_resize(self) -> None:
        self.look_below()

    def look_below(self) -> None:
        """Bring ``-more`` up to date once everything has its place."""
        if not self._looking:
            self._looking = True
            self.call_after_refresh(self._look_below)

    def _look_below(self) -> None:
        self._looking = False
        with suppress(NoMatches):  # it is being taken away
            more = any(below(widget) for widget in self.wanted())
            bar = self.query_one(KeyBar)
            if more != bar.has_class("-more"):
                bar.set_class(more, "-more")  # not the screen, whose prose would be laid anew
                bar.show()

    def action_read(self, pages: int) -> None:
        """Read on, or back."""
        read = self.reading()
        for widget in read if pages > 0 else reversed(read):
            if below(widget) if pages > 0 else above(widget):
                height = max(1, widget.scrollable_content_region.height - 2)
                widget.scroll_relative(y=pages * height, animate=False)
                return

    async def do_word(self, line: str) -> bool:
        """Do what the typed line says, if it is a command of this screen."""
        head, after = parted(line)
        found = find(self.commands, head)
        if after and found is not None and found[0].action not in _WHOLE:
            return await self.do_word(head) and self.go_on(after)
        found = find(self.commands, line)
        if found is None:
            return False
        command, rest = found
        if command.action == "app.next_theme" and rest:
            self.oz.use_theme(rest)
        elif rest and not command.takes:
            return False
        elif rest:
            await self.run_action(f"{command.action}({rest!r})")
        else:
            await self.run_action(command.action)
        return True

    def go_on(self, line: str) -> bool:
        """Do, after a word of this screen, what was typed behind it."""
        return self.call_later(self.do_word, line)

    async def action_dismiss_screen(self) -> None:
        """Close this screen."""
        self.dismiss()


def below(widget: Widget) -> bool:
    """Whether a widget in sight has more than can be seen, further down."""
    return in_sight(widget) and widget.scroll_offset.y < widget.max_scroll_y


def above(widget: Widget) -> bool:
    """Whether a widget in sight has more than can be seen, further up."""
    return in_sight(widget) and widget.scroll_offset.y > 0


def in_sight(widget: Widget) -> bool:
    """Whether a widget has its place on the screen."""
    return widget.display and widget.region.height > 0
