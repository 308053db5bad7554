"""Packages that a spell needs beside torch, and the kind word where one is missing.

Looked for, never imported: the game's own process must not pay for them. Knows no screen.
"""

from __future__ import annotations

from importlib.util import find_spec

from oz.spells.model import Spell
from oz.tongue import _, ngettext


def missing(spell: Spell) -> tuple[str, ...]:
    """The packages of `spell.needs` that cannot be imported here, in their order."""
    return tuple(name for name in spell.needs if not _there(name))


def said(spell: Spell) -> str:
    """What to tell the player of what is missing, with the command that brings it; "" where
    nothing is."""
    lacking = missing(spell)
    if not lacking:
        return ""
    names = _(" and ").join(f"`{name}`" for name in lacking)
    return ngettext(
        "{names} is not installed here, and this spell needs it. In a terminal, "
        "`pip install {listed}` brings it; then come back and cast again. Your draft is safe.",
        "{names} are not installed here, and this spell needs them. In a terminal, "
        "`pip install {listed}` brings them; then come back and cast again. Your draft is safe.",
        len(lacking),
    ).format(names=names, listed=" ".join(lacking))


def _there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):  # a package that is broken is as good as none
        return False
