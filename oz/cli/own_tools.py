"""``oz watch`` and ``oz open``: spells solved with the player's own tools."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import click

from oz.cli.common import find_journey, find_spell, journey_option, lessons_option, saves_option
from oz.tongue import _


@click.command()
@click.argument("spell", required=False)
@click.option("--once", is_flag=True, help=_("Cast the draft as it is now, and leave."))
@journey_option
@saves_option
@lessons_option
def watch(
    spell: str | None, once: bool, journey: str | None, saves: Path | None, lessons: Path | None
) -> int:
    """Cast the draft of SPELL at every save, from whatever editor, until it passes.

    The draft is a file of the journey, and a pass counts there as in the game. Leaves with 0 when
    it passed and 1 when it did not.

    Without SPELL the whole road is walked: the story is told, Dorothy goes by herself to where a
    spell waits, says which file its draft is, and goes on when a save of it passes. Leaves with 0
    when the road is finished.
    """
    folder = _journey(saves, journey)
    if spell is None:
        from oz.plain.road import walk

        return 0 if asyncio.run(walk(folder, lessons=lessons, once=once)) else 1
    from oz.campaign import load_cached
    from oz.plain.watching import watch as watched

    id = find_spell(load_cached(lessons), spell).id
    return 0 if asyncio.run(watched(folder, id, lessons=lessons, once=once)) else 1


@click.command("open")
@click.argument("spell")
@click.option("--path", "only_path", is_flag=True, help=_("Only print where the draft is."))
@journey_option
@saves_option
@lessons_option
def open_draft(
    spell: str, only_path: bool, journey: str | None, saves: Path | None, lessons: Path | None
) -> int:
    """Open the draft of SPELL in your editor ($VISUAL or $EDITOR).

    The game may be running meanwhile, or 'oz watch': it takes up what you save.
    """
    from oz.campaign import load_cached
    from oz.saves import drafts
    from oz.session import editors

    found = find_spell(load_cached(lessons), spell)
    folder = _journey(saves, journey)
    path = folder / "spells" / found.stage / found.draft_name
    path = drafts.read(path, found.starter).path
    if only_path:
        click.echo(path)
        return 0
    editor = editors.chosen()
    if not editor:
        raise click.UsageError(
            _("Neither VISUAL nor EDITOR says which editor is yours. The draft is {path}").format(
                path=path
            )
        )
    try:
        return subprocess.run(editors.call(editor, path), check=False).returncode and 1
    except (OSError, ValueError) as error:
        raise click.UsageError(
            _("'{editor}' could not be opened: {error}.").format(editor=editor, error=error)
        ) from error


def _journey(saves: Path | None, name: str | None) -> Path:
    """The journey called `name`, or the one played last, or one to be begun."""
    from oz.saves import DEFAULT_NAME, default_root

    return find_journey(saves, name) or default_root(saves) / DEFAULT_NAME
