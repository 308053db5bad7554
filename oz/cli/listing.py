"""``oz list`` and ``oz journeys``: what there is, and how far it has been played."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oz.cli.common import (
    echo_json,
    find_journey,
    journey_option,
    json_option,
    lessons_option,
    saves_option,
    the_journey,
)
from oz.tongue import _, pgettext

if TYPE_CHECKING:
    from oz.campaign import Campaign
    from oz.saves import JourneyInfo

_MARKS = {"passed": "✓", "tried": "…", "open": "○", "closed": "·"}
_STATES = {
    "passed": pgettext("a spell", "passed"), "tried": pgettext("a spell", "tried"),
    "open": pgettext("a spell", "open"), "closed": pgettext("a spell", "closed"),
}  # fmt: skip


@click.command("list")
@json_option
@journey_option
@saves_option
@lessons_option
def list_spells(
    as_json: bool, journey: str | None, saves: Path | None, lessons: Path | None
) -> int:
    """List the stages and their spells, and how each stands in a journey."""
    from oz.campaign import load_cached
    from oz.session.words import KINDS

    campaign = load_cached(lessons)
    folder = find_journey(saves, journey)
    stages = _stages(campaign, folder)
    if as_json:
        echo_json({"journey": folder.name if folder else None, "stages": stages})
        return 0
    core = " " + _("(core)")
    for stage in stages:
        click.echo(f"{stage['title']}: {stage['topic']}{core if stage['core'] else ''}")
        for spell in stage["spells"]:
            mark = _MARKS[spell["state"]]
            click.echo(f"  {mark} {spell['id']:<32} {spell['title']} ({KINDS[spell['kind']]})")
    told = ", ".join(f"{mark} {_STATES[word]}" for word, mark in _MARKS.items())
    where = _(", in the journey {name!r}").format(name=folder.name) if folder else ""
    click.echo(f"\n{told}{where}")
    return 0


def _stages(campaign: Campaign, folder: Path | None) -> list[dict[str, Any]]:
    from oz.cli.standing import spell_states

    states = spell_states(campaign, folder)
    return [
        {
            "id": stage.id,
            "title": stage.title,
            "topic": stage.topic,
            "core": campaign.stages[stage.id].core,
            "teaches": list(campaign.teaches[stage.id]),
            "spells": [
                {
                    "id": id,
                    "title": campaign.spells[id].title,
                    "kind": campaign.spells[id].kind.value,
                    "state": states[id],
                }
                for id in stage.spells
            ],
        }
        for stage in campaign.world.stages.values()
    ]


@click.command()
@json_option
@saves_option
def journeys(as_json: bool, saves: Path | None) -> int:
    """List the journeys, the one played last first."""
    from oz.saves import default_root
    from oz.saves import journeys as in_root

    root = default_root(saves)
    known = in_root(root)
    if as_json:
        echo_json({"saves": str(root), "journeys": [_as_data(info) for info in known]})
        return 0
    if not known:
        click.echo(_("There is no journey yet in {root}. 'oz' begins one.").format(root=root))
    for info in known:
        click.echo(_line(info))
    return 0


def _as_data(info: JourneyInfo) -> dict[str, object]:
    return {
        "name": info.name,
        "folder": str(info.folder),
        "stage": info.stage,
        "room": info.room,
        "score": info.score,
        "max_score": info.max_score,
        "turns": info.turns,
        "last_played": info.last_played.isoformat(),
        "played": info.played,
        "in_use": info.in_use,
        "damaged": info.damaged,
    }


def _line(info: JourneyInfo) -> str:
    if info.damaged:
        return _("{name}: damaged; opening it recovers what can be").format(name=info.name)
    where = ", ".join(filter(None, (info.room, info.stage))) or _("at the beginning")
    at: datetime = info.last_played.astimezone()
    score = _("{score} of {max_score} points, {turns} turns").format(
        score=info.score, max_score=info.max_score, turns=info.turns
    )
    now = _(" (open in another game)") if info.in_use is not None else ""
    return _("{name}: {where}; {score}; last played {at:%d %B %Y, %H:%M}{now}").format(
        name=info.name, where=where, score=score, at=at, now=now
    )


@click.command()
@click.argument("journey", required=False)
@json_option
@saves_option
@lessons_option
def stats(journey: str | None, as_json: bool, saves: Path | None, lessons: Path | None) -> int:
    """Say what JOURNEY (without it, the one played last) took: time, attempts, what was hard."""
    from oz.campaign import load_cached
    from oz.plain.markdown import render
    from oz.saves.figures import figures
    from oz.session import review_figures, statistics

    folder = the_journey(saves, journey)
    campaign, found = load_cached(lessons), figures(folder)
    review = review_figures.review_figures(folder, campaign)
    if as_json:
        echo_json({
            "journey": folder.name,
            **statistics.as_data(found, campaign),
            "review": review_figures.as_data(review),
        })  # fmt: skip
    else:
        told = (statistics.in_words(found, campaign), review_figures.in_words(review))
        click.echo(render("\n\n".join(filter(None, told)), 80))
    return 0
