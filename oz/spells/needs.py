"""Packages that a spell needs beside torch, and the kind word where one is missing.

Looked for, never imported: the game's own process must not pay for them. Knows no screen.
"""

from __future__ import annotations

from importlib.util import find_spec

from oz.spells.model import Spell


def missing(spell: Spell) -> tuple[str, ...]:
    """The packages of `spell.needs` that cannot be imported here, in their order."""
    return tuple(name for name in spell.needs if not _there(name))


def said(spell: Spell) -> str:
    """What to tell the player of what is missing, with the command that brings it; "" where
    nothing is."""
    lacking = missing(spell)
    if not lacking:
        return ""
    names = " and ".join(f"`{name}`" for name in lacking)
    are, them = ("is", "it") if len(lacking) == 1 else ("are", "them")
    return (
        f"{names} {are} not installed here, and this spell needs {them}. In a terminal, "
        f"`pip install {' '.join(lacking)}` brings {them}; then come back and cast again. "
        "Your draft is safe."
    )


def _there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):  # a package that is broken is as good as none
        return False
