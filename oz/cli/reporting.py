"""``oz report``: the journey as a page to keep."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oz.cli.common import echo_json, json_option, lessons_option, saves_option, the_journey
from oz.tongue import _

if TYPE_CHECKING:
    from oz.campaign import Campaign


@click.command()
@click.argument("journey", required=False)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help=_("The folder to write it into; without it, the journey's own."),
)
@click.option("--text", "only_text", is_flag=True, help=_("Print it as plain text; write nothing."))
@json_option
@saves_option
@lessons_option
def report(
    journey: str | None,
    to: Path | None,
    only_text: bool,
    as_json: bool,
    saves: Path | None,
    lessons: Path | None,
) -> int:
    """Write the report of JOURNEY (without it, of the one played last): what was learned, the
    curves, pictures, models and answers, as one HTML page and as text."""
    from oz.campaign import load_cached
    from oz.report import as_text, gather

    folder = the_journey(saves, journey)
    campaign = load_cached(lessons)
    if only_text:
        click.echo(as_text(gather(folder, campaign)), nl=False)
        return 0
    page, text = asyncio.run(_write(folder, campaign, to or folder))
    if as_json:
        echo_json({"journey": folder.name, "page": str(page), "text": str(text)})
    else:
        click.echo(
            _("The report of '{name}' is in {page}, and as plain text in {text}.").format(
                name=folder.name, page=page, text=text
            )
        )
    return 0


async def _write(folder: Path, campaign: Campaign, target: Path) -> tuple[Path, Path]:
    from oz.session.casting import Furnace
    from oz.session.reporting import write

    furnace = Furnace()
    try:
        written = await write(folder, campaign, furnace, target)
    finally:
        await furnace.close()
    return written.page, written.text
