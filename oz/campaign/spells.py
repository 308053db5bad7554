"""A spell's folder read into a `Spell`: front matter, briefing, hints, the files beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from oz.campaign.faults import Faults, near
from oz.campaign.prose import Section, divide
from oz.campaign.siblings import Siblings
from oz.campaign.siblings_spell import FRONT, translated_spell
from oz.campaign.source import Document, parse_toml, read_text
from oz.campaign.tables import Table
from oz.spells.model import Equivalent, Kind, Mistake, Question, Spell

_SECTIONS = ("Hint", "Worth knowing")


@dataclass(frozen=True, slots=True)
class SpellFile:
    """A spell and the file that describes it."""

    spell: Spell
    document: Document


def read_spell(
    folder: Path, stage: str, name: str, faults: Faults, siblings: Siblings | None = None
) -> SpellFile | None:
    """The spell in `folder`, or `None` after noting why it cannot be read at all."""
    path = folder / "spell.md"
    text = read_text(path, faults, "front matter, briefing, hints")
    if text is None:
        return None
    front = FRONT.match(text)
    if front is None:
        faults.add(path, 1, "the file must begin with front matter between two lines '+++'")
        return None
    document = parse_toml(path, front[1], faults, offset=1)
    if document is None:
        return None
    first = text.count("\n", 0, front.end()) + 1
    body = list(divide(text[front.end() :], first))
    table = Table(document, faults)
    spell = _with_files(_front(table, folder, stage, name), faults)
    table.done()
    spell = _with_text(spell, body, path, faults)
    return SpellFile(translated_spell(spell, siblings) if siblings else spell, document)


def _front(table: Table, folder: Path, stage: str, name: str) -> Spell:
    kind = _kind(table)
    suffix = ".sh" if kind is Kind.COMMAND else ".py"
    seconds = table.number("seconds", 10.0)
    memory = table.number("memory_mb", 2048.0)
    if seconds <= 0:
        table.fault("'seconds' must be more than 0", "seconds")
    if memory <= 0:
        table.fault("'memory_mb' must be more than 0", "memory_mb")
    return Spell(
        id=f"{stage}/{name}", stage=stage, title=table.text("title", required=True), kind=kind,
        goals=table.words("goals", required=True), briefing="", hints=(), worth_knowing="",
        reference=table.words("reference"), mistakes=_mistakes(table),
        questions=_questions(table, kind), seconds=seconds, memory=int(memory * (1 << 20)),
        folder=folder, starter=folder / f"starter{suffix}", solution=folder / f"solution{suffix}",
        trial=folder / "trial.py", program=folder / "program.py" if kind is Kind.PREDICT else None,
        files=(), keep=table.words("keep"), right=(), wrong=(),
        equivalents=_equivalents(table), apart=table.flag("apart"),
        uses=table.words("uses"), prose=_prose(table), needs=table.words("needs"),
    )  # fmt: skip


def _prose(table: Table) -> str:
    name = table.text("prose")
    if name and (Path(name).name != name or name.startswith(".")):
        table.fault("'prose' is the name of a file, without a folder", "prose")
        return ""
    return name


def _kind(table: Table) -> Kind:
    word = table.text("kind", required=True)
    kinds = [kind.value for kind in Kind]
    if word in kinds:
        return Kind(word)
    if word:
        table.fault(f"unknown kind '{word}'{near(word, kinds)}", "kind")
    return Kind.CAST


def _mistakes(table: Table) -> tuple[Mistake, ...]:
    found: dict[str, Mistake] = {}
    for entry in table.tables("mistakes"):
        id = entry.text("id", required=True)
        message = entry.text("message", required=True).strip()
        error = entry.text("error") or None
        if id in found:
            entry.fault(f"the mistake '{id}' is there already", "id")
        if error is not None:
            try:
                re.compile(error)
            except re.error as problem:
                entry.fault(f"'error' is no regular expression: {problem}", "error")
        found.setdefault(id, Mistake(id, message, error))
        entry.done()
    return tuple(found.values())


def _questions(table: Table, kind: Kind) -> tuple[Question, ...]:
    found: dict[str, Question] = {}
    for entry in table.tables("questions"):
        id = entry.text("id", required=True)
        if id and not id.isidentifier():
            entry.fault(f"'{id}' must be a Python name: the answer becomes '{id} = …'", "id")
        if id in found:
            entry.fault(f"the question '{id}' is there already", "id")
        found.setdefault(id, Question(id, entry.text("text", required=True).strip()))
        entry.done()
    if kind is Kind.PREDICT and not found:
        table.fault("a spell of kind 'predict' needs [[questions]]", "kind")
    if kind is not Kind.PREDICT and found:
        table.fault("only a spell of kind 'predict' has [[questions]]", "questions")
    return tuple(found.values())


def _equivalents(table: Table) -> tuple[Equivalent, ...]:
    found: dict[tuple[str, str], Equivalent] = {}
    for entry in table.tables("equivalent"):
        before, why = (entry.text(key, required=True).strip() for key in ("before", "why"))
        after = entry.text("after").strip()
        if (before, after) in found:
            entry.fault("this change is listed already", "before")
        found.setdefault((before, after), Equivalent(before, after, why))
        entry.done()
    return tuple(found.values())


def _with_text(spell: Spell, body: list[Section], path: Path, faults: Faults) -> Spell:
    briefing, *rest = body
    hints: list[str] = []
    worth = ""
    if not briefing.text:
        faults.add(
            path, briefing.line + 1, "the briefing is missing: write it after the front matter"
        )
    for section in rest:
        if section.heading not in _SECTIONS:
            said = f"unknown section '## {section.heading}'{near(section.heading, _SECTIONS)}"
            faults.add(path, section.line, said)
        elif not section.text:
            faults.add(path, section.line, f"'## {section.heading}' has no text under it")
        elif section.heading == "Hint":
            hints.append(section.text)
        elif worth:
            faults.add(path, section.line, "'## Worth knowing' is there already")
        else:
            worth = section.text
    return replace(spell, briefing=briefing.text, hints=tuple(hints), worth_knowing=worth)


def _with_files(spell: Spell, faults: Faults) -> Spell:
    suffix = spell.starter.suffix
    needed = {
        spell.starter: "what the player is given",
        spell.solution: "a model answer",
        spell.trial: "the judge, a pytest file",
        spell.program: "the code that is asked about",
    }
    for path, what in needed.items():
        if path is not None and not path.is_file():
            faults.add(path, 0, f"the file is missing: {what}")
    laid = sorted(path for path in (spell.folder / "files").glob("*") if path.is_file())
    return replace(
        spell,
        files=tuple(laid),
        right=tuple(sorted((spell.folder / "right").glob(f"*{suffix}"))),
        wrong=tuple(sorted((spell.folder / "wrong").glob(f"*{suffix}"))),
    )
