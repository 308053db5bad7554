"""Hints, the model answer, attempts: what there is at a desk beside the code, to be looked at.

A desk is this and more. Nothing here runs a spell.
"""

from __future__ import annotations

from oz.spells.model import Kind
from oz.tongue import _
from oz.tui.commands import Command, says
from oz.tui.screens.editing import EditingScreen

NO_MORE_HINTS = _("That was the last hint. F9 or 'solution' shows a model answer.")
COMMANDS = (
    Command("solution", says("solution"), _(
        "A model answer beside yours: after a pass or last "
        "hint."
    ),
            "f9"),
    Command("attempts", says("attempts"), _("Attempts made, to be read and brought back.")),
    Command("compare", says("diff", "compare"), _(
        "Your draft against the starter, and other "
        "texts."
    )),
)  # fmt: skip


class AnsweringScreen(EditingScreen):
    """A screen from which other versions of the draft can be looked at."""

    @property
    def language(self) -> str:
        """What the draft is written in."""
        return "bash" if self.spell.kind is Kind.COMMAND else "python"

    def show_briefing(self, *, at_end: bool = False) -> None:
        """Show what is asked, with the hints that were seen; `at_end`: the last of them."""
        raise NotImplementedError

    def show_pane(self, name: str) -> None:
        """Bring a pane to the front, where only one has room."""
        raise NotImplementedError

    def action_hint(self) -> None:
        """Show the next hint, under the briefing."""
        if not self.spell.hints:
            self.notify(_("This spell has no hints."))
            return
        again = self.desk.hints_seen == len(self.spell.hints)
        self.session.hint(self.spell.id)
        self.show_state()
        if again:
            self.notify(NO_MORE_HINTS)
        self.show_briefing(at_end=True)
        self.show_pane("briefing")

    async def action_solution(self) -> None:
        """Show the model answer beside one's own."""
        from oz.tui.screens.solution import SolutionScreen

        self.save()
        model = self.session.solution(self.spell.id)
        if model is None:
            left = len(self.spell.hints) - self.desk.hints_seen
            self.notify(
                _("The model answer can be seen after passing, or after the last hint")
                + (_(" ({left} to go).").format(left=left) if left > 0 else "."),
            )
            return
        yours = self.session.desk(self.spell.id).source
        await self.app.push_screen(SolutionScreen(self.spell.title, yours, model, self.language))

    async def action_attempts(self) -> None:
        """Leaf through the attempts."""
        from oz.tui.screens.attempts import AttemptsScreen

        self.save()
        made = self.session.attempts(self.spell.id)
        if not made:
            self.notify(_("This spell was not cast yet."))
            return
        source = self.session.desk(self.spell.id).source
        await self.app.push_screen(
            AttemptsScreen(self.spell.title, source, made, self._bring_back, self.language)
        )

    def _bring_back(self, code: str) -> None:
        """Put the code of an attempt in place of the draft."""
        with self.oz.guarded("bringing an attempt back"):
            if self.editor is not None:
                self.editor.set_text(code)
                self._unsaved = True  # the editor tells of its change a moment later
                self.save()
            else:
                self.session.write_draft(self.spell.id, code)
                self._show_draft(code)
            self.show_state()
            self.notify(_("It is back. Undo brings yours again."))
            self.action_pane("code")

    async def action_compare(self) -> None:
        """Compare the draft with the starter, the last attempt and the model answer."""
        from oz.tui.screens.comparing import ComparingScreen

        self.save()
        source = self.session.desk(self.spell.id).source
        others = {_("starter"): self.spell.starter.read_text("utf-8")}
        cast = [made.code for made in self.session.attempts(self.spell.id) if made.reason]
        if cast:
            others[_("last attempt")] = cast[-1]
        model = self.session.solution(self.spell.id)
        if model is not None:
            others[_("model answer")] = model
        await self.app.push_screen(ComparingScreen(self.spell.title, source, others))
