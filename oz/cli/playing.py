"""``oz play``, ``oz reset``, ``oz hint``: what plays a journey or reaches into one."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import click

from oz.cli.common import find_spell, journey_option, lessons_option, saves_option, the_journey
from oz.tongue import _


@click.command()
@click.argument("journey", required=False)
@click.option("--plain", is_flag=True, help=_("Line by line, without a screen."))
@saves_option
@lessons_option
def play(journey: str | None, plain: bool, saves: Path | None, lessons: Path | None) -> int:
    """Play JOURNEY, or the one played last, or a new one.

    Without a terminal the game is played line by line, reading from standard input.
    """
    return start(journey, plain=plain, saves=saves, lessons=lessons)


def start(journey: str | None, *, plain: bool, saves: Path | None, lessons: Path | None) -> int:
    """Play; gives the exit code. Other lessons have a journey of their own, called after them."""
    from oz.campaign import default_root as own_lessons
    from oz.campaign.packs import name_of
    from oz.saves import DEFAULT_NAME, check_name, default_root, journeys

    root = default_root(saves)
    if journey is not None:
        check_name(journey)
    elif lessons is not None and lessons.resolve() != own_lessons().resolve():
        journey = check_name(name_of(lessons))
    elif known := journeys(root):
        journey = known[0].name
    if plain or not _has_screen():
        from oz.plain import play as play_plain

        return play_plain(root / (journey or DEFAULT_NAME), lessons=lessons)
    from oz.tui.app import run

    return run(root, journey=journey, lessons=lessons)


def _has_screen() -> bool:
    """Whether there is a terminal that can be drawn on."""
    try:
        terminal = sys.stdin.isatty() and sys.stdout.isatty()
    except ValueError:  # closed
        return False
    return terminal and os.environ.get("TERM", "") not in {"dumb", "unknown"}


@click.command()
@click.argument("spell")
@journey_option
@saves_option
@lessons_option
def hint(spell: str, journey: str | None, saves: Path | None, lessons: Path | None) -> int:
    """Show the next hint for SPELL."""
    from oz.campaign import load_cached

    id = find_spell(load_cached(lessons), spell).id
    folder = the_journey(saves, journey)

    async def ask() -> None:
        from oz.cli.unlit import Unlit
        from oz.session import Session

        async with await Session.open(folder, lessons=lessons, crucible=Unlit()) as session:
            shown = session.hint(id)
            click.echo(
                _("Hint {number} of {of}: {text}").format(
                    number=shown.number, of=shown.of, text=shown.text
                )
            )

    asyncio.run(ask())
    return 0


@click.command()
@click.argument("spell")
@journey_option
@saves_option
@lessons_option
def reset(spell: str, journey: str | None, saves: Path | None, lessons: Path | None) -> int:
    """Put the starter of SPELL back; your draft is kept among the attempts."""
    from oz.campaign import load_cached

    id = find_spell(load_cached(lessons), spell).id
    folder = the_journey(saves, journey)

    async def put_back() -> None:
        from oz.cli.unlit import Unlit
        from oz.session import Session

        async with await Session.open(folder, lessons=lessons, crucible=Unlit()) as session:
            session.reset_draft(id)
            click.echo(_("The starter is back in {path}.").format(path=session.desk(id).path))
            click.echo(_("What was there is kept among the attempts."))

    asyncio.run(put_back())
    return 0
