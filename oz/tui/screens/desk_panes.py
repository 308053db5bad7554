"""The panes of a desk: which one is in front, where the keys go, what is read on in.

A desk is this and more; nothing here knows what a cast gives.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.widget import Widget

from oz.tui.screens.answering import AnsweringScreen
from oz.tui.widgets.editor import CodeEditor
from oz.tui.widgets.output import OutputLog
from oz.tui.widgets.panes import PaneBar
from oz.tui.widgets.prompt import Prompt
from oz.tui.widgets.prose import Prose
from oz.tui.widgets.questions import Questions
from oz.tui.widgets.result import Result
from oz.tui.widgets.shell import ShellLine

PANES = ("briefing", "code", "result")


class PanesScreen(AnsweringScreen):
    """A screen with the panes of `PANES`, one of them in front where only one has room."""

    @property
    def result(self) -> Result:
        """The pane of what came of it."""
        return self.query_one("#result", Result)

    def show_pane(self, name: str) -> None:
        """Bring a pane to the front, where only one has room."""
        for pane in PANES:
            self.set_class(pane == name, f"-{pane}")
        self.query_one(PaneBar).show(name)
        self.look_below()

    def reading(self) -> Sequence[Widget]:
        focused, result = self.focused, self.result
        editors = list(self.query("#editor").results(CodeEditor))
        if isinstance(focused, CodeEditor) and focused.max_scroll_y:
            return (focused,)  # there the keys are for what is written
        if isinstance(focused, Prose) and focused.max_scroll_y and focused is not result.verdict:
            return (focused,)
        if isinstance(focused, OutputLog):
            return (focused,)
        panes: dict[str, tuple[Widget, ...]] = {
            "briefing": (self.query_one("#briefing"),),
            "code": (*editors, *self.query("#questions")),
            "result": (result.verdict, result.output),
        }
        if self.has_class("-narrow"):
            return next((panes[name] for name in PANES if self.has_class(f"-{name}")), ())
        return (*panes["result"], *panes["briefing"], *panes["code"])

    def action_read(self, pages: int) -> None:
        editor = self.focused
        if not isinstance(editor, CodeEditor) or not editor.max_scroll_y:
            super().action_read(pages)
        elif pages > 0:
            editor.action_cursor_page_down()
        else:
            editor.action_cursor_page_up()

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self.show_pane(name)
        if name == "code":
            self.focus_code()
        elif name == "briefing":
            self.set_focus(self.query_one("#briefing"))
        else:
            self._go_to_result()

    def _go_to_result(self) -> None:
        """To what the last run gave; from there, to what it printed."""
        result = self.result
        on = self.focused is result.verdict or not result.verdict.display
        if not result.back() and on and result.output.display:
            self.set_focus(result.output)
        else:
            self.set_focus(result.verdict)

    def show_code(self) -> None:
        prompt = self.query_one("#prompt")
        if self.focused is prompt:
            self.show_pane("code")  # who types words has more of them
        else:
            self.action_pane("code")

    def focus_what_shows(self) -> None:
        """Have the keys go to what is in sight."""
        if self.has_class("-narrow") and self.has_class("-briefing"):
            self.set_focus(self.query_one("#briefing"))  # the code is out of sight
        else:
            self.focus_code()

    def on_key(self, event: events.Key) -> None:
        """A letter typed over what can only be read begins a word on the command line."""
        letter, prompt = event.character or "", self.query_one("#prompt", Prompt)
        # Where several were typed at once, the prompt may be in front when the later ones come.
        late = self.focused is prompt
        if late and event.key == "enter":
            event.stop()
            self.call_later(prompt.action_submit)
            return
        # While it runs at 80 columns nothing has the keys: then, too, a word can be typed.
        reads = self.focused is None or isinstance(self.focused, Prose | OutputLog)
        begins = reads and not letter.isspace()
        if event.is_printable and (late or begins):
            event.stop()
            self.set_focus(prompt)
            prompt.insert_text_at_cursor(letter)

    def focus_code(self) -> None:
        """Have the keys go to where the answer is written."""
        if self.query("#questions"):
            self.query_one(Questions).focus_first()
        elif self.query("#shell"):
            self.query_one(ShellLine).focus_line()
        else:
            self.set_focus(self.query_one("#editor"))

    def action_turn_to_line(self) -> None:
        """To the command line, and back."""
        prompt = self.query_one("#prompt", Prompt)
        if self.focused is prompt:
            self.action_pane("code")
        else:
            self.set_focus(prompt)
