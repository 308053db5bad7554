"""What several commands share: options, finding a spell by a short name, printing JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from oz.tongue import _

if TYPE_CHECKING:
    from oz.campaign import Campaign
    from oz.spells.model import Spell

F = TypeVar("F", bound=Callable[..., Any])


def saves_option(command: F) -> F:
    return click.option(
        "--saves",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help=_("Where journeys are kept (also OZ_SAVES)."),
    )(command)


if TYPE_CHECKING:
    PathType = click.ParamType[Path]
else:
    PathType = click.ParamType  # older ones take no parameter


class Lessons(PathType):
    """A folder of lessons, or the name of a pack that is installed."""

    name = "lessons"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        folder = Path(str(value)).expanduser()
        if folder.is_dir():
            return folder
        from oz.campaign.packs import NoPack, root_of

        try:
            return root_of(str(value))
        except NoPack as error:
            self.fail(str(error), param, ctx)


def lessons_option(command: F) -> F:
    return click.option(
        "--lessons",
        type=Lessons(),
        metavar="DIR",
        help=_("Other lessons than the game's own: a folder, or a pack's name (also OZ_LESSONS)."),
    )(command)


def journey_option(command: F) -> F:
    return click.option(
        "--journey", metavar="NAME", help=_("Which journey; without it, the one played last.")
    )(command)


def json_option(command: F) -> F:
    return click.option(
        "--json", "as_json", is_flag=True, help=_("Print one JSON object and nothing else.")
    )(command)


def echo_json(value: Mapping[str, object]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def find_spell(campaign: Campaign, word: str) -> Spell:
    """The spell called `word`: its id, or an abbreviation that fits no other.

    Raises `click.UsageError`, naming what was nearly meant.
    """
    spells = campaign.spells
    if word in spells:
        return spells[word]
    ways: tuple[Callable[[str], bool], ...] = (
        lambda known: known.split("/")[1] == word,
        lambda known: known.startswith(word) or known.split("/")[1].startswith(word),
    )
    for fits in ways:
        found = [id for id in spells if fits(id)]
        if len(found) == 1:
            return spells[found[0]]
        if found:
            raise click.UsageError(_("'{word}' could be {or_}.").format(word=word, or_=_or(found)))
    import difflib

    near = difflib.get_close_matches(word, [*spells, *(id.split("/")[1] for id in spells)], n=1)
    hint = (
        _("; did you mean '{near}'?").format(near=near[0])
        if near
        else _(". 'oz list' names them all.")
    )
    raise click.UsageError(_("There is no spell '{word}'{hint}").format(word=word, hint=hint))


def _or(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]])


def the_journey(saves: Path | None, name: str | None) -> Path:
    """`find_journey`, where there must be one. Raises `click.UsageError`."""
    folder = find_journey(saves, name)
    if folder is None:
        raise click.UsageError(_("There is no journey yet. 'oz' begins one."))
    return folder


def find_journey(saves: Path | None, name: str | None) -> Path | None:
    """The folder of the journey `name`, or of the one played last; `None` when there is none yet.

    Raises `click.UsageError` when `name` is given and there is no such journey.
    """
    from oz.saves import default_root, journeys

    root = default_root(saves)
    known = journeys(root)
    if name is None:
        return known[0].folder if known else None
    for info in known:
        if info.name == name:
            return info.folder
    names = ", ".join(info.name for info in known)
    there = _("There are: {names}.").format(names=names) if names else _("There is none yet.")
    raise click.UsageError(
        _("There is no journey '{name}' in {root}. {there}").format(
            name=name, root=root, there=there
        )
    )
