"""The draft on the screen and the draft on the disk: saving, following, asking where they clash.

A desk is this and more; nothing here runs a spell or shows what came of it.
"""

from __future__ import annotations

from textual import on, work
from textual.timer import Timer
from textual.widgets import TextArea

from oz.session import DraftChanged, Session
from oz.spells.model import Kind
from oz.tongue import _
from oz.tui.screens.base import OzScreen
from oz.tui.screens.choice import ChoiceScreen
from oz.tui.widgets.editor import CodeEditor
from oz.tui.widgets.questions import Questions
from oz.tui.widgets.shell import ShellLine

SAVE_AFTER = 0.4
"""Seconds without a keystroke after which the draft is written."""


class DraftScreen(OzScreen):
    """A screen on which the draft of one spell is written."""

    def __init__(self, session: Session, spell: str) -> None:
        super().__init__()
        self.session = session
        self.desk = session.desk(spell, taken=True)
        self.spell = self.desk.spell
        self._unsaved = False
        self._warned = False
        """It was said that leaving gives the draft up."""
        self._save_timer: Timer | None = None

    def show_state(self, *, taken: bool = False) -> None:
        """Read the desk anew and show how it stands; `taken` as in `Session.desk`."""
        raise NotImplementedError

    def action_run(self) -> None:
        """Cast the draft."""
        raise NotImplementedError

    def say_saved_outside(self) -> None:
        """Say, where it is said that a run is under way, that another program's save began it."""
        raise NotImplementedError

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        raise NotImplementedError

    def show_code(self) -> None:
        """Bring the code to the front; the keys go there unless they are for words."""
        raise NotImplementedError

    @property
    def editor(self) -> CodeEditor | None:
        """The editor of the draft; `None` where the draft is not written in one."""
        if self.spell.kind is Kind.PREDICT:
            return None
        return next(iter(self.query("#editor").results(CodeEditor)), None)

    @property
    def _draft(self) -> str | None:
        """The draft as it stands on the screen; `None` where it is written elsewhere."""
        if self.editor is not None:
            return self.editor.text
        if self.query("#shell"):
            return self.query_one(ShellLine).source
        return None

    def _show_draft(self, source: str) -> None:
        """Show `source` as the draft; it is on disk already."""
        if self.editor is not None:
            with self.prevent(TextArea.Changed):
                self.editor.set_text(source)
            self.editor.unmark()
        elif self.query("#shell"):
            self.query_one(ShellLine).show(source)
        else:
            self.query_one(Questions).show(source)
        self._unsaved = False

    @on(TextArea.Changed, "#editor")
    @on(ShellLine.Changed)
    def _changed(self) -> None:
        if self.editor is not None:
            self.editor.unmark()
        if self._draft is None or self._draft == self.desk.source:
            return
        self._unsaved = True
        if self._save_timer is not None:
            self._save_timer.stop()
        self._save_timer = self.set_timer(SAVE_AFTER, self.save)

    @on(Questions.Answered)
    def _answered(self, event: Questions.Answered) -> None:
        with self.oz.guarded("writing an answer"):
            self.session.answer(self.spell.id, event.question, event.text)

    def save(self) -> None:
        """Write the draft now, if it has changed."""
        if self._save_timer is not None:
            self._save_timer.stop()
            self._save_timer = None
        draft = self._draft
        if self._unsaved and draft is not None:
            with self.oz.guarded("writing the draft"):
                self.session.write_draft(self.spell.id, draft)
                self.desk = self.session.desk(self.spell.id)
                self._unsaved = False

    def may_leave(self) -> bool:
        """Save the draft; false, the first time, where it cannot be, since it would be lost."""
        self.save()
        if not self._unsaved or self._warned:
            return True
        self._warned = True
        self.oz.notify(
            _("The draft is not saved. Make room for it, or copy it; leaving again gives it up."),
            severity="error",
            timeout=12,
            markup=False,
        )
        return False

    @work(exit_on_error=False)
    async def _watch(self) -> None:
        """Follow changes that other programs make to the draft."""
        with self.oz.guarded("watching the draft"):
            async for change in self.session.draft_changes():
                if change.spell == self.spell.id:
                    await self._changed_outside(change)

    async def _changed_outside(self, change: DraftChanged) -> None:
        if self not in self.app.screen_stack:
            return  # it was left a moment ago; the next desk of this spell reads the draft anew
        if change.conflict:
            await self._ask_which(change)
        elif self._unsaved:
            # Writing ours makes it a conflict, in which the session keeps theirs for the question.
            self.save()
        else:
            self._follow_disk()

    async def _ask_which(self, change: DraftChanged) -> None:
        """The draft was changed there and here: the player says which stays. Both are kept."""
        answer = await self.app.push_screen_wait(
            ChoiceScreen(
                _("The draft was changed in another program, and here too. Which shall stay?"),
                [
                    ("theirs", _("That of the other program (undo brings this one back)")),
                    ("mine", _("The one on this screen")),
                ],
            )
        )
        if answer == "theirs" and change.theirs is not None:
            self._show_draft(self.session.take_draft(self.spell.id, change.theirs))
            self.show_state()

    def _follow_disk(self) -> None:
        """Show the draft as another program has written it, and run it."""
        self.show_state(taken=True)
        if self.desk.source != self._draft:
            self._show_draft(self.desk.source)
            if self.session.running:
                self.notify(_("The draft was saved in another program; what runs is the old one."))
                return
            self.action_run()
            self.say_saved_outside()

    def action_reset(self) -> None:
        """Put the starter back."""
        self.save()
        with self.oz.guarded("resetting the draft"):
            self._show_draft(self.session.reset_draft(self.spell.id))
            self.show_state()
            self.notify(_("The starter is back. Undo brings yours again."))
            self.show_code()

    def action_edit(self) -> None:
        """Open the draft in the player's own editor."""
        self.save()
        if self.oz.edit_file(self.desk.path):
            self._follow_disk()
