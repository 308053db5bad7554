"""``oz journal``: what the player noted, learned and wrote, as Markdown to be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from oz.cli.common import (
    echo_json,
    journey_option,
    json_option,
    lessons_option,
    saves_option,
    the_journey,
)
from oz.tongue import _

if TYPE_CHECKING:
    from pathlib import Path

    from oz.report import StageReport


@click.command()
@click.argument("name", nargs=-1)
@click.option("--whole", is_flag=True, help=_("Print every stage at length, with all programs."))
@json_option
@journey_option
@saves_option
@lessons_option
def journal(
    name: tuple[str, ...],
    whole: bool,
    as_json: bool,
    journey: str | None,
    saves: Path | None,
    lessons: Path | None,
) -> int:
    """Print the journal as Markdown: notes and passed spells by stage.

    NAME: a stage or a spell, which is printed at length, with what is worth knowing and the
    player's own code.
    """
    from oz.campaign import load_cached
    from oz.report.gather import stages, standing
    from oz.saves.figures import answers, figures
    from oz.session import journal as pages

    folder = the_journey(saves, journey)
    campaign = load_cached(lessons)
    found = stages(campaign, standing(folder, campaign), figures(folder), answers(folder))
    if as_json:
        echo_json({"journey": folder.name, "stages": [_as_data(stage) for stage in found]})
        return 0
    wanted = " ".join(name)
    if not wanted:
        click.echo(pages.everything(found, campaign) if whole else pages.whole(found))
        return 0
    meant = pages.find(found, wanted)
    if len(meant) != 1:
        raise click.ClickException(_not_one(wanted, [one.id for one in meant]))
    click.echo(pages.page(meant[0], campaign))
    return 0


def _not_one(wanted: str, found: list[str]) -> str:
    if found:
        return _("The journal has several of the name '{wanted}': {listed}.").format(
            wanted=wanted, listed=", ".join(found)
        )
    return _(
        "The journal has nothing on '{wanted}': no stage you came to, no spell that passed."
    ).format(wanted=wanted)


def _as_data(stage: StageReport) -> dict[str, Any]:
    return {
        "id": stage.id,
        "title": stage.title,
        "topic": stage.topic,
        "passed": stage.passed,
        "of": stage.of,
        "notes": list(stage.learned),
        "spells": [
            {
                "id": spell.id,
                "title": spell.title,
                "passed_at": spell.passed_at,
                "casts": spell.casts,
                "hints": spell.hints,
                "code": spell.code or None,
            }
            for spell in stage.spells
        ],
    }
