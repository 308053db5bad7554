"""Whether every file belongs to something, and every spell has what a spell should have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from oz.campaign import Campaign, Fault
from oz.spells.model import Kind, Spell
from oz.tongue import ENGLISH, LANGUAGES

FEWEST_MISTAKES = 4
HINTS = (2, 3)
_LEFT_BY_TOOLS = {"__pycache__", ".pytest_cache", ".DS_Store"}
_OF_THE_CAMPAIGN = {"campaign.toml", "README.md", "conftest.py"}
_TEXTS = {".md", ".toml", ".py", ".sh"}
_CODES = "|".join(code for code in LANGUAGES if code != ENGLISH)
_IN_ANOTHER_LANGUAGE = re.compile(rf"\.(?:{_CODES})(?=\.\w+\Z|\Z)")
_OF_A_STAGE = {"stage.toml", "story.md", "reference.md", "review.md", "spells"}


def check(campaign: Campaign) -> list[Fault]:
    """Faults in what lies in the folders."""
    found = [*_strays(campaign), *_unwritten(campaign)]
    for spell in campaign.spells.values():
        found += _of_spell(campaign, spell)
    return found + list(_references(campaign))


def _strays(campaign: Campaign) -> Iterator[Fault]:
    stages = {info.folder.name for info in campaign.stages.values()}
    yield from _only(campaign.root, _OF_THE_CAMPAIGN | stages, "the lessons")
    for info in campaign.stages.values():
        yield from _only(info.folder, _OF_A_STAGE, "a stage")
        folders = {spell.folder.name for spell in campaign.spells.values()}
        yield from _only(info.folder / "spells", folders, "the spells")
    for spell in campaign.spells.values():
        yield from _in_spell(spell)


def _in_spell(spell: Spell) -> Iterator[Fault]:
    known = {"spell.md", spell.starter.name, spell.solution.name, "trial.py", "right", "wrong"}
    known |= {"files"} | ({"program.py"} if spell.kind is Kind.PREDICT else set())
    yield from _only(spell.folder, known, f"a spell of kind '{spell.kind}'")
    for name, listed in (("right", spell.right), ("wrong", spell.wrong)):
        yield from _only(spell.folder / name, {path.name for path in listed}, f"'{name}/'")
    yield from _only(spell.folder / "files", {path.name for path in spell.files}, "'files/'")


def _unwritten(campaign: Campaign) -> Iterator[Fault]:
    """What somebody meant to come back to."""
    folders = [info.folder for info in campaign.stages.values()]
    paths = [path for folder in folders for path in folder.rglob("*") if path.suffix in _TEXTS]
    for path in [campaign.root / "campaign.toml", *sorted(paths)]:
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
            if "TODO" in line:
                rest = line[line.index("TODO") :].strip()
                yield Fault(path, number, f"still to be written: {rest}")


def _only(folder: Path, known: Iterable[str], of: str) -> Iterator[Fault]:
    if not folder.is_dir():
        return
    plain = {_plain(name) for name in known} | _LEFT_BY_TOOLS
    for path in sorted(folder.iterdir()):
        if _plain(path.name) not in plain:
            yield Fault(path, 0, f"a stray file: it belongs to nothing that {of} may have")


def _plain(name: str) -> str:
    """The name that a file has in English: ``story.md`` for ``story.de.md``."""
    return _IN_ANOTHER_LANGUAGE.sub("", name)


def _of_spell(campaign: Campaign, spell: Spell) -> Iterator[Fault]:
    path, line = campaign.where(f"spell {spell.id}")
    if len(spell.wrong) < FEWEST_MISTAKES:
        said = (
            f"{len(spell.wrong)} known mistakes in 'wrong/'; a spell has {FEWEST_MISTAKES} or more"
        )
        yield Fault(path, line, said)
    if not HINTS[0] <= len(spell.hints) <= HINTS[1]:
        said = f"{len(spell.hints)} hints; a spell has {HINTS[0]} or {HINTS[1]}"
        yield Fault(path, line, said)
    if not spell.worth_knowing:
        yield Fault(path, line, "nothing under '## Worth knowing'")
    shown = {mistake_id(wrong) for wrong in spell.wrong}
    for mistake in spell.mistakes:
        if mistake.id not in shown:
            at = campaign.where(f"mistake {spell.id} {mistake.id}")
            yield Fault(*at, f"no file in 'wrong/' makes the mistake '{mistake.id}'")
    for name in spell.reference:
        if name not in campaign.references:
            yield Fault(path, line, f"'reference' names '{name}', which no reference.md explains")


def _references(campaign: Campaign) -> Iterator[Fault]:
    for stage, names in campaign.teaches.items():
        for name in names:
            entry = campaign.references.get(name)
            if entry is None:
                said = f"'{name}' is taught here; explain it in reference.md: '## {name}'"
                yield Fault(*campaign.where(f"teaches {stage}"), said)
            elif not entry.example:
                yield Fault(entry.path, entry.line, f"'{name}' has no example in ```python")


def mistake_id(path: Path) -> str | None:
    """The mistake that a file in ``wrong/`` says it makes, from its first line."""
    first = path.read_text("utf-8-sig").split("\n", 1)[0].strip()
    mark, _, id = first.partition(":")
    return id.strip() if mark.replace(" ", "") == "#mistake" and id.strip() else None
