"""Lesson packs: lessons that other distributions bring, found through their entry points.

A distribution names its lessons in the group ``oz.lessons``:

    [project.entry-points."oz.lessons"]
    snow = "snow_country:lessons"

What stands there is a package, whose folder ``lessons`` is meant, or a function without arguments
that gives the folder. Nothing of a pack is imported before somebody asks for it by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from types import ModuleType

from oz.tongue import _

GROUP = "oz.lessons"


class NoPack(Exception):
    """There is no such pack, or it cannot be had; the message is for the player."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Lessons that are installed."""

    name: str
    distribution: str
    version: str


def packs() -> tuple[Pack, ...]:
    """The packs that are installed, by name. Imports none of them."""
    found = {point.name: point for point in metadata.entry_points(group=GROUP)}
    return tuple(
        Pack(name, *_distribution(point)) for name, point in sorted(found.items())
    )  # fmt: skip


def root_of(name: str) -> Path:
    """The lessons of the pack `name`. Raises `NoPack`, saying what there is, or why it is not to
    be had."""
    found = [point for point in metadata.entry_points(group=GROUP) if point.name == name]
    if not found:
        known = ", ".join(f"'{pack.name}'" for pack in packs())
        there = (
            _("Installed: {known}.").format(known=known) if known else _("No pack is installed.")
        )
        raise NoPack(
            _("There is no folder and no lesson pack '{name}'. {there}").format(
                name=name, there=there
            )
        )
    try:
        root = _root(found[0].load())
    except NoPack:
        raise
    except Exception as error:  # whatever another distribution does on its way
        raise NoPack(
            _("The lesson pack '{name}' cannot be opened: {error}").format(name=name, error=error)
        ) from error
    if not (root / "campaign.toml").is_file():
        raise NoPack(
            _("The lesson pack '{name}' has no campaign.toml in {root}.").format(
                name=name, root=root
            )
        )
    return root


def name_of(root: Path) -> str:
    """What to call the lessons in the folder `root`: its own name, or that of the folder around it
    where it is called ``lessons``."""
    root = root.resolve()
    return root.parent.name if root.name in {"lessons", "_lessons"} else root.name


def _root(loaded: object) -> Path:
    if isinstance(loaded, ModuleType):
        return Path(str(files(loaded) / "lessons"))
    if callable(loaded):
        return Path(str(loaded()))
    raise NoPack(
        _("Its entry point is neither a package nor a function, but a {type}.").format(
            type=type(loaded)
        )
    )


def _distribution(point: metadata.EntryPoint) -> tuple[str, str]:
    dist = point.dist
    return (dist.metadata["Name"], dist.version) if dist is not None else ("", "")
