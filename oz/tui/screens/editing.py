"""What is done to the code by word or key: find, replace, comment, carry and copy lines, undo.

A desk is this and more. Nothing here runs a spell, and nothing but the editor is touched.
"""

from __future__ import annotations

from oz.tui import finding
from oz.tui.commands import Command
from oz.tui.screens.draft import DraftScreen
from oz.tui.widgets.editor import CodeEditor
from oz.tui.widgets.prompt import Prompt

COMMANDS = (
    Command("find", ("find",), "Find TEXT in the code; without it, the next place.",
            "ctrl+f", takes="TEXT"),
    Command("find_next", ("next", "find next"), "The next place of what was found.", "ctrl+n"),
    Command("replace", ("replace",), "Everywhere in the code; undo takes it back.",
            takes="A with B"),
    Command("comment", ("comment",), "Comment lines out, or in again.",
            "ctrl+underscore,ctrl+slash,ctrl+t"),
    Command("copy_lines", ("duplicate",), "The line, or those selected, once more below.",
            "alt+d"),
    Command("move_lines(-1)", ("move up",), "Carry the line up.", "alt+up"),
    Command("move_lines(1)", ("move down",), "Carry the line down.", "alt+down"),
    Command("undo", ("undo",), "Take back a change to the code (Ctrl+Z in the editor)."),
    Command("redo", ("redo",), "Make it again (Ctrl+Y in the editor)."),
)  # fmt: skip


class EditingScreen(DraftScreen):
    """A screen with an editor that can be told what to do."""

    _wanted = ""
    """What was looked for last."""

    def _writing(self) -> CodeEditor | None:
        """The editor; says so where there is none."""
        if self.editor is None:
            self.notify("There is no code to be edited here.")
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
        start, _ = sorted(editor.selection)
        at = finding.following(found, (start[0], start[1] - 1) if stay else start)
        if at is None:
            self.notify(f"The code has no '{self._wanted}'.", markup=False)
            return
        row, column = found[at]
        self.action_pane("code")
        editor.select_place(row, column, column + len(self._wanted))
        self.notify(f"{at + 1} of {len(found)}: '{self._wanted}'", markup=False, timeout=3)

    def action_replace(self, typed: str = "") -> None:
        """Put one text in place of another, everywhere: ``A with B``."""
        editor = self._writing()
        if editor is None:
            return
        asked = finding.asked(typed)
        if asked is None:
            self.notify("Type it as: replace A with B")
            self._ask_for("replace ")
            return
        text, count = finding.replaced(editor.text, *asked)
        editor.set_text(text)
        places = "1 place" if count == 1 else f"{count} places"
        self.notify(f"Replaced in {places}. Undo takes it back." if count else
                    f"The code has no '{asked[0]}'.", markup=False)  # fmt: skip
        self.action_pane("code")

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
