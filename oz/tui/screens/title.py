"""The title: the name, a cyclone, and where to go from here."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from oz import tongue
from oz.saves import DEFAULT_NAME, BadName, JourneyInfo, check_name, journeys
from oz.tongue import _
from oz.tui.commands import Command, bindings, says
from oz.tui.screens.base import EVERYWHERE, OzScreen
from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.prompt import Prompt
from oz.tui.widgets.small import TooSmall

HOUSE = "⌂"
CYCLONE = r"""
   (~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~)
 '   `(~~~~~~~~~~~~~~~~~~~~~~~~~~~)'   .
         `(~~~~~~~~~~~~~~~~~~~)'
   .        (~~~~~~~~~~~~~~)
              (~~~~~~~~~)       ⌂  '
         '     (~~~~~~)
              (~~~~)         .
               (~~)
                (
 ________________\\_______________________
""".strip("\n").replace("\\\\", "\\")
LINE = _("A story in which you write real PyTorch. The road opens when it works.")

OWN = (
    Command("go('continue')", says("continue", "c"), _("Go on with the last journey.")),
    Command(
        "begin", says("new", "n"), _("Begin a new journey, called as you like."), takes=_("NAME")
    ),
    Command(
        "resume",
        says("journeys", "j", "resume"),
        _("Choose among your journeys."),
        takes=_("NAME"),
    ),
)


class TitleScreen(OzScreen):
    """Continue, a new journey, another journey, or not."""

    CSS_PATH = "title.tcss"
    OWN = OWN
    BINDINGS: ClassVar = bindings(EVERYWHERE)
    TITLE_OF_HELP = _("The title")

    def __init__(self, root: Path, message: str = "") -> None:
        super().__init__()
        self._root = root
        self._message = message
        self._journeys: list[JourneyInfo] = []
        self._naming = False
        """What is typed next is the name of a new journey."""

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            with Center():
                yield Static(_drawing(), id="cyclone")
            yield Static("O Z", id="name", markup=False)
            yield Static(LINE, id="about", markup=False)
            with Center():
                yield OptionList(id="choices", markup=False, compact=True)
            yield Static(self._message, id="message", markup=False)
        with Horizontal(classes="line"):
            yield Static("›", classes="sign")
            yield Prompt(self._complete, placeholder=_("choose, or type a word"), id="prompt")
        yield KeyBar(self.commands)
        yield TooSmall()

    def on_mount(self) -> None:
        self._journeys = journeys(self._root)
        self._offer_start()
        self.query_one("#choices").can_focus = False
        self.query_one("#prompt").focus()
        if invitation := tongue.invitation():
            self.notify(invitation, timeout=12, markup=False)

    # --- choices ------------------------------------------------------------------------------

    def _offer_start(self) -> None:
        options = []
        if self._journeys:
            options.append(
                Option(_("Continue    {told}").format(told=told(self._journeys[0])), id="continue")
            )
        options.append(Option(_("New journey"), id="new"))
        if len(self._journeys) > 1:
            options.append(Option(_("Other journeys"), id="journeys"))
        options.append(Option(_("Quit"), id="quit"))
        self._offer(options)

    def _offer_journeys(self) -> None:
        self._offer([Option(told(known), id=f"at:{known.name}") for known in self._journeys])
        self.say(_("Enter opens one; 'new' begins another."))

    def _offer(self, options: list[Option]) -> None:
        choices = self.query_one("#choices", OptionList)
        choices.clear_options()
        choices.add_options(options)
        choices.highlighted = 0

    def say(self, message: str) -> None:
        """A line under the choices, or more."""
        self._message = message
        self.query_one("#message", Static).update(message)
        self._make_room()

    def _make_room(self) -> None:
        self.set_class(cell_len(self._message) > self.size.width - 4, "-long")

    def on_resize(self) -> None:
        super().on_resize()
        self._make_room()

    def _complete(self, text: str) -> tuple[str, ...]:
        words = [command.words[0] for command in self.commands]
        words += [f"resume {known.name}" for known in self._journeys]
        return tuple(word for word in words if word.startswith(text.lower()))

    # --- doing --------------------------------------------------------------------------------

    def on_key(self, event: object) -> None:
        key = getattr(event, "key", "")
        if key in {"up", "down"} and not self.query_one("#prompt", Prompt).value:
            choices = self.query_one("#choices", OptionList)
            choices.action_cursor_up() if key == "up" else choices.action_cursor_down()

    @on(Input.Submitted, "#prompt")
    async def _submitted(self) -> None:
        line = self.query_one("#prompt", Prompt).take()
        if self._naming and line:
            await self.action_begin(line)
        elif not line:
            choices = self.query_one("#choices", OptionList)
            if choices.highlighted is not None:
                option = choices.get_option_at_index(choices.highlighted)
                await self._choose(option.id or "")
        elif not await self.do_word(line):
            self.say(
                _("'{line}' is no word here. Try: continue, new, journeys, help, quit.").format(
                    line=line
                )
            )

    @on(OptionList.OptionSelected, "#choices")
    async def _clicked(self, event: OptionList.OptionSelected) -> None:
        await self._choose(event.option.id or "")

    async def _choose(self, choice: str) -> None:
        if choice.startswith("at:"):
            await self.action_go(choice[3:])
        elif choice == "continue":
            await self.action_go("continue")
        elif choice == "new":
            await self.action_begin()
        elif choice == "journeys":
            await self.action_resume()
        else:
            self.oz.leave()

    async def action_go(self, name: str) -> None:
        """Open the journey called `name`; 'continue' is the last one."""
        if name == "continue":
            if not self._journeys:
                await self.action_begin()
                return
            name = self._journeys[0].name
        self.oz.go(self.oz.open_journey(self._root / name))

    async def action_begin(self, name: str = "") -> None:
        """Begin a journey; asks for its name when there is none."""
        prompt = self.query_one("#prompt", Prompt)
        if not name and not self._journeys:
            name = DEFAULT_NAME
        if not name:
            self._naming = True
            prompt.placeholder = _("a name for the journey")
            self.say(_("What shall the journey be called?"))
            return
        fault = _fault(name)
        if fault is None and any(known.name == name for known in self._journeys):
            fault = _("There is a journey called {name}. 'resume {name}' goes on with it.").format(
                name=name
            )
        if fault is not None:
            self.say(fault)
            return
        self._naming = False
        self.oz.go(self.oz.open_journey(self._root / name))

    async def action_resume(self, name: str = "") -> None:
        """Open the journey `name`, or show the journeys there are."""
        if not name:
            self._offer_journeys()
        elif any(known.name == name for known in self._journeys):
            self.oz.go(self.oz.open_journey(self._root / name))
        else:
            self.say(_("There is no journey called {name}.").format(name=name))


def told(info: JourneyInfo) -> str:
    """A journey in a line: its name, where it stands, and whether something is the matter."""
    if info.damaged:
        return _("{name} · damaged; opening it recovers what can be").format(name=info.name)
    parts = [info.name]
    if info.stage:
        parts += [
            f"{info.stage}, {info.room}",
            _("{score} of {max_score} points").format(score=info.score, max_score=info.max_score),
        ]
    if info.in_use is not None:
        parts.append(_("open in another game"))
    return " · ".join(parts)


def _drawing() -> Content:
    before, _sep, after = CYCLONE.partition(HOUSE)
    return Content.assemble((before, "$muted"), (HOUSE, "bold $primary"), (after, "$muted"))


def _fault(name: str) -> str | None:
    """Why a journey cannot be called so; `None` when it can."""
    try:
        check_name(name)
    except BadName as error:
        return str(error)
    return None
