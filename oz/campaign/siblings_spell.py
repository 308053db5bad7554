"""``spell.de.md`` and ``reference.de.md`` laid over the English ones; files in another language.

What a trial says to the player is translated by its English text, because trials are one file for
all languages: ``{}`` in a phrase stands for whatever an f-string puts there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from oz.campaign.faults import near
from oz.campaign.model import Reference
from oz.campaign.prose import divide
from oz.campaign.same_program import difference
from oz.campaign.siblings import Siblings, texts
from oz.campaign.source import parse_toml
from oz.campaign.tables import Table
from oz.spells.model import Spell

FRONT = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*\n?", re.DOTALL | re.MULTILINE)
_HOLE = "{}"
_ENTRY = re.compile(
    r"\s*(?:`[^\n]+`\s*\n)?(?P<text>.*?)(?:^```python\n(?P<example>.*?)^```\s*)?\Z",
    re.DOTALL | re.MULTILINE,
)


def translated_spell(spell: Spell, siblings: Siblings) -> Spell:
    """`spell` with the texts of its sibling, and the files that have one."""
    spell = _with_files(spell, siblings)
    found = siblings.text(spell.folder / "spell.md")
    if found is None:
        return spell
    path, text = found
    front = FRONT.match(text)
    end, offset = (front.end(), 1) if front else (0, 0)
    document = parse_toml(path, front[1] if front else "", siblings.faults, offset)
    if document is None:
        return spell
    table = Table(document, siblings.faults)
    spell = _front(spell, table, siblings)
    table.done()
    return _with_text(spell, path, text[end:], text.count("\n", 0, end) + 1, siblings)


def _with_files(spell: Spell, siblings: Siblings) -> Spell:
    laid = siblings.folder(spell.folder / "files")
    own = {path.name: path for path in laid.iterdir() if path.is_file()} if laid else {}
    for name in own.keys() - {path.name for path in spell.files}:
        siblings.faults.add(own[name], 0, "there is no such file in English")
    return replace(
        spell,
        starter=siblings.beside(spell.starter) or spell.starter,
        solution=siblings.beside(spell.solution) or spell.solution,
        program=_program(spell.program, siblings) if spell.program else None,
        files=tuple(own.get(path.name, path) for path in spell.files),
    )


def _program(path: Path, siblings: Siblings) -> Path:
    """The program to be shown. The trial runs `path`: what is shown must do the same."""
    beside = siblings.beside(path)
    if beside is None:
        return path
    try:
        differs = difference(path.read_text("utf-8"), beside.read_text("utf-8"))
    except SyntaxError as error:
        differs = (error.lineno or 0, f"this is not Python: {error.msg}")
    except (OSError, ValueError) as error:
        differs = (0, f"it cannot be read: {error}")
    if differs is not None:
        line, what = differs
        siblings.faults.add(
            beside, line, f"{what}; only comments and docstrings may differ from {path.name}"
        )
    return beside


def _front(spell: Spell, table: Table, siblings: Siblings) -> Spell:
    path = spell.folder / "spell.md"
    goals = table.words("goals") or spell.goals
    if len(goals) != len(spell.goals):
        table.fault(f"there are {len(goals)} goals, in English {len(spell.goals)}", "goals")
    questions = texts(table, "questions", [question.id for question in spell.questions])
    mistakes = texts(table, "mistakes", [mistake.id for mistake in spell.mistakes])
    for name in ("title", "goals"):
        if not table.has(name):
            siblings.gap(path, 0, f"'{name}' is not translated")
    for question in spell.questions:
        if question.id not in questions:
            siblings.gap(path, 0, f"the question '{question.id}' is not translated")
    for mistake in spell.mistakes:
        if mistake.id not in mistakes:
            siblings.gap(path, 0, f"the mistake '{mistake.id}' is not translated")
    return replace(
        spell,
        title=table.text("title") or spell.title,
        also_called=(spell.title,) if table.has("title") else (),
        goals=goals,
        questions=tuple(replace(q, text=questions.get(q.id, q.text)) for q in spell.questions),
        mistakes=tuple(replace(m, message=mistakes.get(m.id, m.message)) for m in spell.mistakes),
        phrases=_phrases(spell, table, siblings),
    )


def _phrases(spell: Spell, table: Table, siblings: Siblings) -> tuple[tuple[str, str], ...]:
    """What the trial says, and how it is said in this language."""
    given = table.table("trial")
    said = phrases_of(spell.trial)
    found: dict[str, str] = {}
    for phrase in given.data if given else ():
        text = given.text(phrase, required=True) if given else ""
        if phrase not in said and phrase not in texts_of(spell.trial):
            table.fault(f"the trial says nothing like that{near(phrase, said)}", "trial", phrase)
        elif phrase.count(_HOLE) != text.count(_HOLE):
            table.fault("the translation has another number of '{}'", "trial", phrase)
        else:
            found[phrase] = text
    for phrase, line in said.items():
        if phrase not in found:
            siblings.gap(spell.trial, line, f"not translated under [trial]: {phrase!r}")
    return tuple(found.items())


@cache
def phrases_of(trial: Path) -> dict[str, int]:
    """What the trial at this path says to a player, by line: the first lines of the docstrings of
    its tests, and the texts with words in them that are given to `require`, `mistake` or raised."""
    try:
        tree = ast.parse(trial.read_text("utf-8"))
    except (OSError, SyntaxError, ValueError):
        return {}
    return dict(_said(tree))


@cache
def texts_of(trial: Path) -> frozenset[str]:
    """Every text in the trial at this path, with holes: what it says may be put together."""
    try:
        tree = ast.parse(trial.read_text("utf-8"))
    except (OSError, SyntaxError, ValueError):
        return frozenset()
    nodes = (n for n in ast.walk(tree) if isinstance(n, (ast.Constant, ast.JoinedStr)))
    return frozenset(_with_holes(node) for node in nodes)


def _said(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            lines = (ast.get_docstring(node) or "").strip().splitlines()
            if lines:
                yield lines[0].strip(), node.lineno
        elif isinstance(node, ast.Call) and _name(node.func) in {"require", "CheckFailed"}:
            for given in node.args:
                yield from _worded(given)
        elif isinstance(node, ast.Assert) and node.msg is not None:
            yield from _worded(node.msg)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _worded(node: ast.expr) -> Iterator[tuple[str, int]]:
    """The texts that an argument may be, with holes where values are put in."""
    if isinstance(node, ast.IfExp):
        yield from _worded(node.body)
        yield from _worded(node.orelse)
    elif isinstance(node, ast.BinOp):
        yield from _worded(node.left)
        yield from _worded(node.right)
    elif isinstance(node, (ast.Constant, ast.JoinedStr)):
        text = _with_holes(node)
        if re.search(r"[A-Za-z]{2}", re.sub(r"`[^`]*`", "", text)):
            yield text, node.lineno


def _with_holes(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else _HOLE
            for part in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _with_text(spell: Spell, path: Path, text: str, line: int, siblings: Siblings) -> Spell:
    briefing, *rest = divide(text, line)
    hints: list[str] = []
    worth = ""
    for section in rest:
        if section.heading == "Hint":
            hints.append(section.text)
        elif section.heading == "Worth knowing":
            worth = section.text
        else:
            said = f"unknown section '## {section.heading}'; headings stay English"
            siblings.faults.add(path, section.line, said)
    if hints and len(hints) != len(spell.hints):
        said = f"there are {len(hints)} hints, in English {len(spell.hints)}"
        siblings.faults.add(path, line, said)
    for name, told in (("briefing", briefing.text), ("hints", hints), ("worth knowing", worth)):
        if not told:
            siblings.gap(spell.folder / "spell.md", 0, f"the {name} is not translated")
    return replace(
        spell,
        briefing=briefing.text or spell.briefing,
        hints=tuple(hints) or spell.hints,
        worth_knowing=worth or spell.worth_knowing,
    )


def translated_references(
    references: dict[str, Reference], path: Path, siblings: Siblings
) -> dict[str, Reference]:
    """The entries of one stage's reference with the texts of its sibling `path` has."""
    found = siblings.text(path) if references else None
    if found is None:
        return references
    beside, text = found
    told = dict(references)
    for section in divide(text):
        name = section.heading.strip("`")
        if not section.heading:
            continue
        if name not in references:
            said = f"'{name}' is not in {path.name}{near(name, references)}"
            siblings.faults.add(beside, section.line, said)
            continue
        match = _ENTRY.match("\n".join(section.body) + "\n")
        words = match["text"].strip() if match else ""
        if not match or not words:
            siblings.faults.add(beside, section.line, f"'{name}' has no explanation")
            continue
        example = (match["example"] or "").strip("\n") or references[name].example
        told[name] = replace(references[name], text=words, example=example)
    for name, entry in references.items():
        if told[name] is entry:
            siblings.gap(path, entry.line, f"'{name}' is not translated")
    return told
