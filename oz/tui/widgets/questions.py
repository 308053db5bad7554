"""The questions of a predict spell, one input each."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Input

from oz.spells.model import Question
from oz.tongue import _
from oz.tui.typeset import typeset
from oz.tui.widgets.prose import Prose


def answers_in(source: str) -> Mapping[str, str]:
    """The answers that stand in a draft as ``name = answer``, as they were written."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return {}
    return {
        target.id: ast.get_source_segment(source, node.value) or ""
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


class Answer(Input):
    """A field whose keys are answered in the order in which they come: Textual lets those that are
    no letters rise to the app first, and letters typed ahead would overtake them."""

    async def on_key(self, event: events.Key) -> None:
        bound = self._bindings.key_to_bindings.get(event.key)
        if bound and not event.is_printable:
            event.stop()
            event.prevent_default()
            await self.run_action(bound[0].action)


class Questions(VerticalScroll):
    """Asks; posts `Answered` at every change and `AllAnswered` when the last answer was entered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority: who types ahead has the next key in the next answer.
        Binding("enter", "next_answer", _("Next"), show=False, priority=True),
        Binding("tab", "turn(1)", _("Next"), show=False, priority=True),
        Binding("shift+tab", "turn(-1)", _("Back"), show=False, priority=True),
    ]

    class Answered(Message):
        """An answer was changed."""

        def __init__(self, question: str, text: str) -> None:
            super().__init__()
            self.question = question
            self.text = text

    class Worded(Message):
        """What was entered for an answer is a word to the desk; the answer is as it was."""

        def __init__(self, word: str) -> None:
            super().__init__()
            self.word = word

    class AllAnswered(Message):
        """Enter was pressed in the last answer."""

    def __init__(
        self,
        questions: tuple[Question, ...],
        source: str,
        *,
        is_word: Callable[[str], bool] = lambda _: False,
        id: str | None = None,
    ) -> None:
        """`is_word`: whether what was entered is no answer, but a word to the desk."""
        super().__init__(id=id)
        self._is_word = is_word
        self._entered: dict[str, str] = {}
        """Answers as they were before somebody began to change them, by id of the field."""
        self.can_focus = False
        self._questions = questions
        self._given = answers_in(source)

    def compose(self) -> ComposeResult:
        for number, question in enumerate(self._questions, start=1):
            text = f"{number}. {question.text}" if len(self._questions) > 1 else question.text
            yield Prose(typeset(text), classes="question")
            given = self._given.get(question.id, "")
            yield Answer(
                "" if given in {"None", "..."} else given,
                placeholder=_("your answer, as Python would write it"),
                compact=True,
                id=f"answer-{question.id}",
                classes="answer",
            )

    def on_mount(self) -> None:
        for prose in self.query(Prose):
            prose.can_focus = False
        self._entered = {field.id or "": field.value for field in self.query(Input)}

    def show(self, source: str) -> None:
        """Show the answers that stand in `source`."""
        given = answers_in(source)
        for question in self._questions:
            field = self.query_one(f"#answer-{question.id}", Input)
            value = given.get(question.id, "")
            value = "" if value in {"None", "..."} else value
            if field.value != value:
                with field.prevent(Input.Changed):
                    field.value = value
            self._entered[field.id or ""] = value

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.id is not None:
            self.post_message(self.Answered(event.input.id.removeprefix("answer-"), event.value))

    def action_next_answer(self) -> None:
        """To the next answer; from the last, have them cast once what was typed has arrived."""
        fields = list(self.query(Input))
        at = next((n for n, field in enumerate(fields) if field is self.screen.focused), 0)
        if at + 1 < len(fields):
            self.screen.set_focus(fields[at + 1])
        fields[at].call_later(self._enter, fields[at], last=at + 1 == len(fields))

    def action_turn(self, by: int) -> None:
        """To the next of what can be written in, or the one before."""
        if by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    async def _enter(self, field: Input, *, last: bool) -> None:
        """What was typed into a field has arrived there, and stands."""
        key = field.id or ""
        if self._is_word(field.value):
            word, field.value = field.value, self._entered.get(key, "")
            self.post_message(self.Worded(word))
            return
        self._entered[key] = field.value
        if last:
            await field.action_submit()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.AllAnswered())

    def focus_first(self) -> None:
        """Put the cursor into the first answer that is still empty."""
        fields = list(self.query(Input))
        empty = next((field for field in fields if not field.value), None)
        if fields:
            self.screen.set_focus(empty or fields[0])
