"""The line of a command spell: one command, as it would be typed into a shell."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from oz.tongue import _


def is_one_line(source: str) -> bool:
    """Whether a draft is one command, perhaps with comments."""
    return len(_commands(source)) <= 1


def _commands(source: str) -> list[str]:
    return [line for line in source.splitlines() if line.strip() and not line.startswith("#")]


class ShellLine(Vertical):
    """A prompt sign and an input; comments of the draft stand above it and are kept."""

    class Changed(Message):
        """The command was changed."""

    class Entered(Message):
        """Enter was pressed: the command is to be run."""

    def __init__(self, source: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._source = source

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="shell-comments")
        with Horizontal(id="shell-line"):
            yield Static("$ ", id="shell-sign", markup=False)
            yield Input(
                placeholder=_("a command"), select_on_focus=False, compact=True, id="shell-input"
            )

    def on_mount(self) -> None:
        self.show(self._source)

    def show(self, source: str) -> None:
        """Show the command in `source`."""
        self._source = source
        self.query_one("#shell-comments", Static).update("\n".join(self._comments))
        field = self.query_one("#shell-input", Input)
        with field.prevent(Input.Changed):
            field.value = next(iter(_commands(source)), "")

    @property
    def _comments(self) -> list[str]:
        return [line for line in self._source.splitlines() if line.startswith("#")]

    @property
    def command(self) -> str:
        """The command as it stands."""
        return self.query_one("#shell-input", Input).value.strip()

    @property
    def source(self) -> str:
        """The draft as it stands: the comments, then the command."""
        lines = [*self._comments, self.query_one("#shell-input", Input).value]
        return "\n".join(lines) + "\n"

    def focus_line(self) -> None:
        """Put the cursor into the command."""
        self.screen.set_focus(self.query_one("#shell-input"))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered())
