"""What is done to the code by word or key: find, replace, comment, carry and copy lines, undo.

A desk is this and more. Nothing here runs a spell, and nothing but the editor is touched.
"""

from __future__ import annotations

from oz.tongue import _
from oz.tui import finding
from oz.tui.commands import Command, says
from oz.tui.screens.draft import DraftScreen
from oz.tui.widgets.editor import CodeEditor
from oz.tui.widgets.prompt import Prompt

COMMANDS = (
    Command("find", says("find"), _("Find TEXT in the code; without it, the next place."),
            "ctrl+f", takes=_("TEXT")),
    Command("find_next", says("next", "find next"),
            _("The next place of what was found."), "ctrl+n"),
    Command("replace", says("replace"), _("Everywhere in the code; undo takes it back."),
            takes=_("A with B")),
    Command("comment", says("comment"), _("Comment lines out, or in again."),
            "ctrl+underscore,ctrl+slash,ctrl+t"),
    Command("copy_lines", says("duplicate"), _("The line, or those selected, once more below."),
            "alt+d"),
    Command("move_lines(-1)", says("move up"), _("Carry the line up."), "alt+up"),
    Command("move_lines(1)", says("move down"), _("Carry the line down."), "alt+down"),
    Command("undo", says("undo"), _("Take back a change to the code (Ctrl+Z in the editor).")),
    Command("redo", says("redo"), _("Make it again (Ctrl+Y in the editor).")),
)  # fmt: skip


class EditingScreen(DraftScreen):
    """A screen with an editor that can be told what to do."""

    _wanted = ""
    """What was looked for last."""
    _error_line: int | None = None
    """The line that the last run's error came from."""

    def _writing(self) -> CodeEditor | None:
        """The editor; says so where there is none."""
        if self.editor is None:
            self.notify(_("There is no code to be edited here."))
        return self.editor

    # --- finding ------------------------------------------------------------------------------

    def action_find(self, wanted: str = "") -> None:
        """Go to the next place of `wanted`; without it, ask for it on the command line."""
        if self._writing() is None:
            return
        if not wanted and not self._wanted:
            self._ask_for("find ")
            return
        if wanted:
            self._wanted = finding.unquoted(wanted)
        self.action_find_next(stay=bool(wanted))

    def _ask_for(self, word: str) -> None:
        prompt = self.query_one("#prompt", Prompt)
        prompt.value = word
        prompt.focus()
        prompt.cursor_position = len(word)

    def action_find_next(self, *, stay: bool = False) -> None:
        """Go to the next place of what was looked for. `stay`: the one under the cursor counts."""
        editor = self._writing()
        if editor is None:
            return
        if not self._wanted:
            self._ask_for("find ")
            return
        found = finding.places(editor.text, self._wanted)
        start = min(editor.selection)
        at = finding.following(found, (start[0], start[1] - 1) if stay else start)
        if at is None:
            self.notify(_("The code has no '{wanted}'.").format(wanted=self._wanted), markup=False)
            return
        row, column = found[at]
        self.action_pane("code")
        editor.select_place(row, column, column + len(self._wanted))
        self.notify(
            _("{at} of {count}: '{wanted}'").format(
                at=at + 1, count=len(found), wanted=self._wanted
            ),
            markup=False,
            timeout=3,
        )

    def action_replace(self, typed: str = "") -> None:
        """Put one text in place of another, everywhere: ``A with B``."""
        editor = self._writing()
        if editor is None:
            return
        asked = finding.asked(typed)
        if asked is None:
            self.notify(_("Type it as: replace A with B"))
            self._ask_for("replace ")
            return
        text, count = finding.replaced(editor.text, *asked)
        editor.set_text(text)
        places = _("1 place") if count == 1 else _("{count} places").format(count=count)
        self.notify(_(
            "Replaced in {places}. Undo takes it "
            "back."
        ).format(places=places) if count else
                    _("The code has no '{asked}'.").format(asked=asked[0]), markup=False
                )  # fmt: skip
        self.action_pane("code")

    def action_goto(self, line: str = "") -> None:
        """Put the cursor on the line an error came from, or on line `line`."""
        wanted = int(line) if line.isdecimal() else self._error_line
        editors = list(self.query("#editor").results(CodeEditor))
        if wanted is None or not editors:
            self.notify(_("No error has named a line."))
            return
        row = max(0, min(wanted - 1, editors[0].document.line_count - 1))
        text = editors[0].document[row]
        self.action_pane("code")
        editors[0].focus()
        editors[0].move_cursor((row, len(text) - len(text.lstrip())), center=True)

    # --- lines --------------------------------------------------------------------------------

    def action_comment(self) -> None:
        """Comment out, or in."""
        if (editor := self._writing()) is not None:
            editor.action_comment()

    def action_copy_lines(self) -> None:
        """The lines once more below."""
        if (editor := self._writing()) is not None:
            editor.action_copy_lines()

    def action_move_lines(self, by: int) -> None:
        """Carry the lines up or down."""
        if (editor := self._writing()) is not None:
            editor.action_move_lines(by)

    # --- back and forth -----------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take back a change to the code."""
        if self.editor is not None:
            self.editor.undo()

    def action_redo(self) -> None:
        """Make it again."""
        if self.editor is not None:
            self.editor.redo()
