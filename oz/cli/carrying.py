"""``oz export`` and ``oz import``: a journey as one file, and back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click

from oz.cli.common import echo_json, json_option, saves_option, the_journey
from oz.tongue import _


@click.command("export")
@click.argument("journey", required=False)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@saves_option
def export_journey(journey: str | None, file: Path | None, saves: Path | None) -> int:
    """Write JOURNEY (without it, the one played last) to FILE, to carry it to another machine.

    Everything is in it: where Dorothy stands, what was typed, drafts, attempts, trained models.
    """
    from oz.saves import export
    from oz.saves.archive import ENDING, left_behind

    if journey is not None and file is None and _is_file(journey, saves):
        file, journey = Path(journey), None
    folder = the_journey(saves, journey)
    target = export(folder, (file or Path(folder.name + ENDING)).absolute())
    click.echo(
        _("The journey '{name}' is in {target} ({size}).").format(
            name=folder.name, target=target, size=_size(target)
        )
    )
    for model in left_behind(folder):
        click.echo(
            _("Not in it: {model!a}, which nobody could check on the other side. {again}").format(
                model=model, again=_again(model)
            )
        )
    return 0


def _is_file(word: str, saves: Path | None) -> bool:
    """Whether a word alone is meant for FILE: no journey is called so, and it looks like one."""
    from oz.saves import default_root, journeys
    from oz.saves.archive import ENDING

    if not word.endswith(ENDING) and Path(word).name == word:
        return False
    return all(info.name != word for info in journeys(default_root(saves)))


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--name", metavar="NAME", help=_("What to call it here; without it, as it was called.")
)
@json_option
@saves_option
def import_journey(file: Path, name: str | None, as_json: bool, saves: Path | None) -> int:
    """Make a journey of FILE, which `oz export` wrote here or on another machine.

    Nothing in FILE is trusted, and nothing in it is run. A journey that is there already is never
    changed: the new one gets a name of its own.
    """
    from oz.saves import default_root, import_

    imported = import_(file, default_root(saves), name)
    bad = asyncio.run(_unloadable(imported.models)) if imported.models else ()
    for path in imported.models:
        if path.name in bad:
            path.unlink()
    if as_json:
        echo_json({
            "journey": imported.folder.name,
            "folder": str(imported.folder),
            "turns": imported.turns,
            "attempts": imported.attempts,
            "models": [path.name for path in imported.models if path.name not in bad],
            "left_out": list(bad),
            "left_behind": list(imported.left_behind),
        })  # fmt: skip
        return 0
    click.echo(
        _(
            "The journey '{name}' is here: {turns} turns, {attempts} attempts. Go on with: "
            "oz play '{name}'"
        ).format(name=imported.folder.name, turns=imported.turns, attempts=imported.attempts)
    )
    for name in bad:
        click.echo(
            _("Left out: {name!a} holds more than tensors, and was not opened.").format(name=name)
        )
    for model in imported.left_behind:
        click.echo(_("Not come along: {model!a}. {again}").format(model=model, again=_again(model)))
    return 0


def _again(model: str) -> str:
    """How the model is made anew."""
    from oz.campaign import LessonsError, load_cached

    try:
        makers = [spell.title for spell in load_cached().spells.values() if model in spell.keep]
    except LessonsError:
        makers = []
    if not makers:
        return _("The spell that made it makes it again.")
    return _("Cast *{title}* there, and it is made again; the draft comes along.").format(
        title=makers[0]
    )


async def _unloadable(models: Sequence[Path]) -> tuple[str, ...]:
    """Names of those that cannot be loaded as weights, and nothing but weights."""
    from oz.session.casting import Furnace
    from oz.session.reporting import tensors

    furnace = Furnace()
    await furnace.light()
    try:
        good = await tensors(models[0].parent, furnace)
    finally:
        await furnace.close()
    return tuple(path.name for path in models if path.name not in good)


def _size(path: Path) -> str:
    return f"{path.stat().st_size / (1 << 20):.1f} MiB"
