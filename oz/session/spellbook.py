"""The spellbook: every name of an API that was met, and where it was used.

A name is met when the stage that teaches it was begun and one of that stage's spells was opened
(its draft is there, or it was cast) that lists the name under ``reference``; a name that none of
them lists is met with the first of them that is opened. What a spell was used in is shown only as
far as the player may see it: the player's own code and the model answer once it passed, what was
given at once.

Pure but for reading the lessons' programs: the lessons and what the player did go in, plain data
and Markdown come out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Literal

from oz.campaign import Campaign, Reference
from oz.campaign.uses import Use, is_meant, uses, whole
from oz.session.words import fenced
from oz.spells.model import Spell
from oz.tongue import _, ngettext

MOST = 8
"""Spells in which a name was used that are told; a name like `torch.tensor` is everywhere."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """The names of one stage that were met."""

    stage: str
    title: str
    entries: tuple[Reference, ...]
    """In the order in which the stage teaches them."""
    unmet: int
    """Names of the stage that are still to be met."""


@dataclass(frozen=True, slots=True)
class UsedIn:
    """A spell in which a name was used."""

    spell: str
    title: str
    whose: Literal["yours", "given", "model"]
    """In the player's own code, in what the player was given, in the model answer alone."""
    line: int
    code: str
    """The line of the program, without its indent."""


def chapters(
    campaign: Campaign, begun: Collection[str], opened: Collection[str]
) -> tuple[Chapter, ...]:
    """What was met, by the stages in `begun`; `opened`: ids of spells."""
    found = []
    for id, stage in campaign.world.stages.items():
        if id not in begun:
            continue
        known = [campaign.references[n] for n in campaign.teaches[id] if n in campaign.references]
        listing = {spell: set(campaign.spells[spell].reference) for spell in stage.spells}
        listed = set().union(*listing.values())
        here = [spell for spell in stage.spells if spell in opened]
        seen = set().union(*(listing[spell] for spell in here))
        met = [e for e in known if e.name in seen or (here and e.name not in listed)]
        found.append(Chapter(id, stage.title, tuple(met), len(known) - len(met)))
    return tuple(found)


def find(known: Mapping[str, Reference], name: str) -> list[str]:
    """Names that `name` may mean: the very one, else those ending so, else those holding it, else
    those whose page speaks of it."""
    name = name.strip("`()")
    low = name.lower()
    if not low:
        return []
    if name in known:  # `torch.tensor` is not `torch.Tensor`
        return [name]
    exact = [key for key in known if key.lower() == low]
    exact = exact or [key for key in known if key.rpartition(".")[2] == name]
    ending = [key for key in known if key.lower().rpartition(".")[2] == low]
    holding = [key for key in known if low in key.lower()]
    # a topic ('broadcasting') is no name; but some entries speak of it
    return exact or ending or holding or [k for k, e in known.items() if low in e.text.lower()]


# --- where a name was used ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Names:
    """What names of an API a program may hold."""

    whole: tuple[str, ...]
    roots: frozenset[str]


def used_in(
    campaign: Campaign, name: str, opened: Collection[str], codes: Mapping[str, str]
) -> Iterator[UsedIn]:
    """The spells in which the API `name` was used, in the order of the road.

    `opened`: ids of the spells that were; `codes`: the player's code, of those that passed.
    Programs are read one by one, so that who wants a few need not wait for all.
    """
    names = _names(tuple(campaign.references))
    wanted = whole(name)
    for id in campaign.spells:
        if id in opened or id in codes:
            found = _in_spell(campaign.spells[id], wanted, names, codes.get(id))
            if found is not None:
                yield found


@lru_cache(maxsize=8)
def _names(known: tuple[str, ...]) -> _Names:
    every = tuple(map(whole, known))
    return _Names(every, frozenset(name.partition(".")[0] for name in every))


def _in_spell(spell: Spell, name: str, names: _Names, code: str | None) -> UsedIn | None:
    if spell.starter.suffix != ".py":
        return None  # a command is no program
    given: list[Path] = [path for path in (spell.program, spell.starter) if path is not None]
    looked: list[tuple[Literal["yours", "given", "model"], str]] = []
    if code is not None:
        looked.append(("yours", code))
    looked += [("given", _text(path)) for path in given]
    if code is not None:
        looked.append(("model", _text(spell.solution)))
    for whose, text in looked:
        if (use := _first(text, name, names)) is not None:
            shown = text.splitlines()[use.line - 1].strip()
            return UsedIn(spell.id, spell.title, whose, use.line, shown)
    return None


def _first(text: str, name: str, names: _Names) -> Use | None:
    """The first use of `name` in a program: where it is called, rather than where it came from."""
    if not _mentioned(name.rpartition(".")[2]).search(text):
        return None  # most programs need not be parsed
    found = [use for use in _uses(text, names.roots) if is_meant(name, use, names.whole)]
    return min(found, key=lambda use: (use.how == "imported", use.line), default=None)


@lru_cache(maxsize=512)
def _mentioned(last: str) -> re.Pattern[str]:
    """What there is in every program that uses a name ending so: an attribute, or an import."""
    word = rf"\b{re.escape(last)}\b"
    return re.compile(rf"\.\s*{word}|\bimport\b[^\n(]*{word}|\bimport\s*\([^)]*{word}")


@lru_cache(maxsize=1024)
def _uses(text: str, roots: frozenset[str]) -> tuple[Use, ...]:
    try:
        return uses(ast.parse(text), roots)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()  # some programs are there to be mended


@lru_cache(maxsize=1024)
def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


# --- in words -------------------------------------------------------------------------------------


def listed(found: Iterable[Chapter]) -> str:
    """The book's contents."""
    parts = [contents(chapter) for chapter in found if chapter.entries]
    if not parts:
        return _(
            "Your spellbook is empty yet. A name comes into it when you open a spell that is about "
            "it; `reference` has the whole book."
        )
    return "\n\n".join([_HEAD, *parts])


def contents(chapter: Chapter) -> str:
    """One stage's part of the contents."""
    parts = [f"## {chapter.title}", "\n".join(f"- `{one.signature}`" for one in chapter.entries)]
    if chapter.unmet:
        more = ngettext(
            "{count} more name is to be met here.",
            "{count} more names are to be met here.",
            chapter.unmet,
        )
        parts.append(more.format(count=chapter.unmet))
    return "\n\n".join(parts)


_HEAD = _("Your spellbook, with what you have met so far. `spellbook` and a name opens its page:")


def page(entry: Reference) -> str:
    """What the book says of one name; its example and where it was used are told after it."""
    return f"`{entry.signature}`\n\n{entry.text}"


def example(entry: Reference) -> str:
    """The example as it is shown; empty where there is none."""
    return fenced(entry.example, "python") if entry.example else ""


def places(found: Iterator[UsedIn]) -> str:
    """Where a name was used, as a list; the first `MOST` spells of the road."""
    lines = [_place(one) for one in islice(found, MOST)]
    if not lines:
        return _("No spell you have opened uses it so far.")
    if next(found, None) is not None:
        lines.append(_("- and in others, further along the road"))
    return _("Where you met it:") + "\n\n" + "\n".join(lines)


def _place(one: UsedIn) -> str:
    told = {
        "yours": _("- *{title}*, your line {line}: {code}"),
        "given": _("- *{title}*, line {line} of what you were given: {code}"),
        "model": _("- *{title}*, line {line} of the model answer: {code}"),
    }[one.whose]
    code = one.code.replace("`", "'")
    return told.format(title=one.title, line=one.line, code=f"`{code}`")
