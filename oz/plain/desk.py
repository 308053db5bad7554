"""The desk of a spell, line by line: what is asked, writing the draft, answering its questions.

Knows the session, the page and the keyboard; the story goes on elsewhere.
"""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

from oz.plain import drafting
from oz.plain.help import in_short, what_now
from oz.plain.keyboard import Ended, Interrupted, Keyboard
from oz.plain.page import Page
from oz.saves import drafts
from oz.session import Desk, Session, editors
from oz.session.typed import english
from oz.spells.model import Kind, Question
from oz.tongue import _, ngettext

_END = "."
ASIDE = frozenset(
    {"hint", "help", "help desk", "briefing", "goals", "spells", "attempts", "tensors", "journal",
     "spellbook", "statistics"}
)  # fmt: skip
"""Commands after which a question is put again."""
LOOKED_UP = ("reference ", "journal ", "spellbook ")
"""What is looked up in a book, likewise: how such a command begins."""
_NO_ANSWER = ASIDE | {
    "answer", "append", "edit", "leave", "look", "quit", "reset", "run", "save", "show",
    "solution", "stop", "undo", "write",
}  # fmt: skip
"""What is a command even where an answer is asked for."""


_ASSIGNMENT = re.compile(r"[ \t]*(\w+)[ \t]*=(?!=)[ \t]*(.*\S)[ \t]*")
"""An answer as it stands in the draft."""


class Bench:
    """What the player does at desks."""

    def __init__(self, session: Session, page: Page, keyboard: Keyboard) -> None:
        self._session = session
        self._page = page
        self._keyboard = keyboard
        self._explained: set[Kind] = set()
        """Kinds of spell of which it was said, in this sitting, what can be typed at their desk."""

    # what is asked

    def open(self, id: str) -> None:
        """Show the desk of spell `id`."""
        desk = self._session.desk(id)
        self.briefing(desk)
        if desk.spell.kind not in (Kind.PREDICT, Kind.COMMAND):
            self._page.block(_("The draft now:"))
            self._show(desk.source)

    def explain(self, id: str) -> None:
        """Say what can be typed at the desk; the second time in short."""
        kind = self._session.desk(id).spell.kind
        self._page.block(in_short(kind) if kind in self._explained else what_now(kind))
        self._explained.add(kind)

    def briefing(self, desk: Desk) -> None:
        """What the spell asks for, and where its draft is."""
        spell, page = desk.spell, self._page
        page.title(spell.title)
        page.block(spell.briefing)
        if spell.program is not None:
            program = spell.program.read_text("utf-8")
            if program.strip() not in spell.briefing:
                page.block(_("The program:"))
                self._show(program)
        if spell.goals:
            page.block(_("What is asked:\n\n") + "\n".join(f"- {goal}" for goal in spell.goals))
        if spell.reference:
            names = ", ".join(f"`{name}`" for name in spell.reference)
            page.block(_("To look up with `reference`: {names}").format(names=names))
        what = {Kind.PREDICT: _("answers are"), Kind.COMMAND: _("command is")}
        page.verbatim(
            _("The {get} in the file\n    {path}").format(
                get=what.get(spell.kind, _("draft is")), path=desk.path
            )
        )

    def _show(self, source: str, first: int = 1, last: int | None = None) -> None:
        self._page.code(drafting.numbered(source, first, last) or _("(an empty file)"))

    # answers

    async def ask(self, id: str, *, again: bool = False) -> str | None:
        """Ask what a predict or command spell asks; `again`: also what is answered. A command that
        was typed instead of an answer is given back, to be carried out."""
        spell = self._session.desk(id).spell
        if spell.kind is Kind.COMMAND:
            return await self._ask_command(id)
        if spell.kind is not Kind.PREDICT:
            return None
        questions = spell.questions if again else self._session.unanswered(id)
        for question in questions:
            number = spell.questions.index(question) + 1
            typed = await self._ask(
                id,
                question,
                _("{number} of {count}").format(number=number, count=len(spell.questions)),
            )
            if typed is not None:
                return typed
        if questions and not self._session.unanswered(id):
            self._page.block(_("Every question has its answer."))
        elif not questions:
            told = [f"- `{q.id} = {self._given(id, q)}`" for q in spell.questions]
            self._page.block(_("Your answers so far:\n\n") + "\n".join(told))
        return None

    async def _ask(self, id: str, question: Question, number: str) -> str | None:
        self._page.block(_("Question {number}. {text}").format(number=number, text=question.text))
        if question not in self._session.unanswered(id):
            given = self._given(id, question)
            self._page.block(
                _("Your answer is `{given}`; an empty line keeps it.").format(given=given)
            )
        while True:
            text = await self._line(f"{question.id} = ")
            if _is_command(text):
                return text
            if not self._assign(id, text, but=question):
                break
        own = _ASSIGNMENT.fullmatch(text)
        if text.strip():
            self._session.answer(id, question.id, own[2] if own else text)
        return None

    def _assign(self, id: str, text: str, but: Question | None = None) -> bool:
        """Take ``NAME = VALUE`` as the answer to the question NAME, as one would write it in the
        draft; whether it was one, of another question than `but`."""
        given = _ASSIGNMENT.fullmatch(text)
        names = [q.id for q in self._session.desk(id).spell.questions if q is not but]
        if given is None or given[1] not in names:
            return False
        self._session.answer(id, given[1], given[2])
        self._page.block(_("`{given}` is answered.").format(given=given[1]))
        return True

    def _given(self, id: str, question: Question) -> str:
        """What the draft answers to `question`."""
        assigned = re.compile(rf"^{question.id}[ \t]*=[ \t]*([^#\n]*)", re.MULTILINE)
        found = assigned.findall(self._session.desk(id).source)
        given = found[-1].strip() if found else ""
        try:
            value = ast.literal_eval(given)
        except (ValueError, SyntaxError):
            return given
        return value if isinstance(value, str) else given

    async def _ask_command(self, id: str) -> str | None:
        self._page.block(_("The command now (an empty line keeps it):"))
        self._page.code(_command(self._session.desk(id).source))
        text = await self._line("command> ")
        if _is_command(text):
            return text
        if text.strip():
            self._session.answer(id, "", text)
        return None

    async def _line(self, prompt: str, *, tight: bool = False) -> str:
        self._page.prompt(prompt, tight=tight)
        line = await self._keyboard.line()
        self._page.typed(line)
        return line

    # the draft

    async def do(self, id: str, line: str) -> bool:
        """Carry out `line` if it is about the draft of spell `id`; whether it was."""
        word, _sep, rest = line.strip().partition(" ")
        word = word.lower()
        if word in ("write", "append") and rest.strip().lower() in ("", "code", "draft"):
            await self._write(id, append=word == "append")
        elif word == "show" and re.fullmatch(r"(\d+(\s*-\s*\d+)?)?|code|draft", rest.strip()):
            numbers = [int(found) for found in re.findall(r"\d+", rest)]
            self._show(self._session.desk(id).source, *(numbers * 2)[:2] if numbers else ())
        elif word in ("line", "insert", "delete"):
            self._change(id, drafting.parse(line), word)
        else:
            return self._assign(id, line)
        return True

    async def _write(self, id: str, *, append: bool) -> None:
        self._page.block(_("Line by line, please; a line that is just `.` ends it."))
        before = drafting.split(self._session.desk(id, taken=True).source) if append else []
        lines: list[str] = []
        try:
            while True:
                number = len(before) + len(lines) + 1
                line = await self._line(f"{number:>2}  ", tight=bool(lines))
                if line.strip() == _END:
                    break
                lines.append(line)
        except Interrupted:
            self._page.block(_("The draft stays as it was."))
            return
        except Ended:
            if lines:
                self._save(id, [*before, *lines])
            raise
        self._save(id, [*before, *lines])
        count = len(before) + len(lines)
        self._page.block(
            ngettext(
                "The draft has {count} line. `run` casts it.",
                "The draft has {count} lines. `run` casts it.",
                count,
            ).format(count=count)
        )

    def _save(self, id: str, lines: list[str]) -> None:
        """Save `lines` as the draft. One that was never cast is put aside among the attempts."""
        source = drafting.join(lines)
        old = self._session.desk(id, taken=True).source
        if old != source and all(old != made.code for made in self._session.attempts(id)):
            self._session.put_aside(id)
        self._session.write_draft(id, source)

    def _change(self, id: str, asked: drafting.Change | None, word: str) -> None:
        examples = {"delete": _("`delete 3`, or `delete 3-5`"), "insert": _("`insert 3 TEXT`")}
        example = examples.get(word, _("`line 3 TEXT`"))
        if asked is None:
            self._page.block(
                _("Say which line by its number: {example}. (`show` tells them.)").format(
                    example=example
                )
            )
            return
        try:
            source = drafting.change(self._session.desk(id, taken=True).source, asked)
        except drafting.Slip as slip:
            self._page.block(str(slip))
            return
        self._session.write_draft(id, source)
        self._page.block(str(asked))
        if asked.what != "delete":
            self._show(source, asked.first, asked.first)

    # an editor

    def edit(self, path: Path) -> None:
        """Open the draft in the player's own editor, and wait for it."""
        editor = editors.chosen()
        if not (self._keyboard.terminal and self._page.terminal):
            self._page.block(_("There is no terminal here in which an editor could be opened."))
        elif not editor:
            self._page.block(_("Neither `VISUAL` nor `EDITOR` says which editor is yours."))
        else:
            self._run_editor(editor, path)
            return
        self._page.verbatim(_("The draft is the file\n    {path}").format(path=path))
        self._page.block(_("Change it with any program, or type `write`; then `run`."))

    def _run_editor(self, editor: str, path: Path) -> None:
        before = drafts.digest(path)
        try:
            subprocess.run(editors.call(editor, path), check=False)
        except (OSError, ValueError) as error:
            self._page.block(
                _("`{editor}` could not be opened: {strerror}.").format(
                    editor=editor, strerror=getattr(error, "strerror", None) or error
                )
            )
            return
        self._page.block(
            _("The draft was changed. `run` casts it.")
            if drafts.digest(path) != before
            # an editor with a window of its own leaves at once, and goes on
            else _("Nothing changed yet. What you save there later counts too: `run` casts it.")
        )


def _is_command(text: str) -> bool:
    """Whether what was typed for an answer is a command, or a look into the book."""
    said = " ".join(english(text, desk=True).lower().split())
    return said in _NO_ANSWER or said.startswith(LOOKED_UP)


def _command(source: str) -> str:
    """The command in a draft, without the comments above it."""
    lines = [line for line in source.splitlines() if line.strip() and not line.startswith("#")]
    return "\n".join(lines) or _("(none yet)")
