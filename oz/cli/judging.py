"""``oz judge`` and ``oz run``: the crucible without the story."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oz.cli.common import (
    echo_json,
    find_journey,
    find_spell,
    journey_option,
    json_option,
    lessons_option,
    saves_option,
)
from oz.tongue import _

if TYPE_CHECKING:
    from oz.crucible.model import Event, Finished, Job, Warned
    from oz.spells.model import Spell, Verdict

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command()
@click.argument("spell")
@click.argument("file", type=FILE)
@json_option
@lessons_option
@saves_option
@journey_option
def judge(
    spell: str,
    file: Path,
    as_json: bool,
    lessons: Path | None,
    saves: Path | None,
    journey: str | None,
) -> int:
    """Run FILE against the trial of SPELL, as the game does.

    A trained model of an earlier spell that SPELL uses comes from the journey. Leaves with 0 when
    it passes and 1 when it does not.
    """
    from oz.campaign import load_cached
    from oz.spells import needs

    judged = find_spell(load_cached(lessons), spell)
    if lacking := needs.said(judged):
        raise click.UsageError(lacking)
    kept = _kept(judged, find_journey(saves, journey)) if judged.uses else ()
    verdict = asyncio.run(_judge(judged, file.absolute(), kept, echo=not as_json))
    if as_json:
        echo_json(as_data(verdict))
    else:
        _show(judged, verdict)
    return 0 if verdict.passed else 1


def _kept(spell: Spell, journey: Path | None) -> tuple[Path, ...]:
    """What `spell` uses, out of the journey; raises `click.UsageError` where that lacks it."""
    from oz.session.casting import kept_in

    there = {path.name: path for path in kept_in(journey / "models")} if journey else {}
    for name in spell.uses:
        if name not in there:
            raise click.UsageError(
                _(
                    "{id} uses '{name}', which an earlier spell keeps in the journey. Choose a "
                    "journey that has it: --journey NAME."
                ).format(id=spell.id, name=name)
            )
    return tuple(there[name] for name in spell.uses)


async def _judge(spell: Spell, file: Path, kept: tuple[Path, ...], *, echo: bool) -> Verdict:
    from oz.crucible import open_crucible
    from oz.crucible.model import Output, Warned
    from oz.spells.feedback import verdict
    from oz.spells.job import judging

    events: list[Event] = []
    crucible = open_crucible()
    await crucible.start()
    try:
        async for event in crucible.run(judging(spell, file, files=kept)):
            events.append(event)
            if echo and isinstance(event, Output):
                click.echo(event.text, nl=False, err=event.stream == "stderr")
            elif echo and isinstance(event, Warned):
                click.echo(_warning(event), err=True)
    finally:
        await crucible.close()
    return verdict(spell, events)


def as_data(verdict: Verdict) -> dict[str, object]:
    """A verdict as ``oz judge --json`` prints it."""
    return {
        "spell": verdict.spell,
        "passed": verdict.passed,
        "reason": verdict.reason.value,
        "checks": [
            {"name": check.name, "passed": check.passed, "message": check.message}
            for check in verdict.checks
        ],
        "mistake": verdict.mistake,
        "message": verdict.message,
        "line": verdict.line,
        "seconds": round(verdict.seconds, 4),
    }


def _show(spell: Spell, verdict: Verdict) -> None:
    from oz.plain.markdown import render
    from oz.plain.page import WIDEST
    from oz.session.words import OUTCOMES
    from oz.spells.feedback import hard_breaks, look_at

    for check in verdict.checks:
        click.echo(f"{'✓' if check.passed else '✗'} {render(check.name, 10 * WIDEST)}")
    for told in filter(None, (hard_breaks(verdict.message), look_at(verdict))):
        click.echo(f"\n{render(told, WIDEST)}")
    if verdict.passed:
        click.echo(
            _("\n{title}: passed in {seconds:.2f} s.").format(
                title=spell.title, seconds=verdict.seconds
            )
        )
    else:
        click.echo(
            _("\n{title}: not passed ({value}).").format(
                title=spell.title, value=OUTCOMES[verdict.reason]
            )
        )


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--seconds", type=float, default=3600.0, show_default=True, help=_("Time limit."))
@click.option("--memory", type=float, default=8192.0, show_default=True, help=_("Memory, in MiB."))
@click.option(
    "--json-events", is_flag=True, help=_("Print every event of the run as a line of JSON instead.")
)
@click.argument("file", type=FILE)
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def run(file: Path, args: tuple[str, ...], seconds: float, memory: float, json_events: bool) -> int:
    """Run any PyTorch script FILE in the crucible, showing what it prints.

    It runs in this folder, under the limits that spells run under. Options come before FILE; what
    comes after FILE goes to the script.
    """
    from oz.crucible.model import Job, Limits, Mode

    job = Job(
        Mode.RUN,
        program=file.absolute(),
        argv=args,
        cwd=Path.cwd(),
        limits=Limits(seconds=seconds, memory=int(memory * (1 << 20)), output=1 << 30),
        title=file.name,
        show=json_events,  # what is left behind is not printed otherwise
    )
    finished = asyncio.run(_stream_json(job) if json_events else _stream(job))
    if finished.message and not json_events:
        click.echo(f"oz: {finished.message}", err=True)
    from oz.crucible.model import Reason

    return 0 if finished.reason is Reason.RAN and not finished.exit_code else 1


def _warning(warned: Warned) -> str:
    at = _("line {line}: ").format(line=warned.line) if warned.line else ""
    return f"{at}{warned.category}: {warned.message}"


async def _stream_json(job: Job) -> Finished:
    from oz.crucible import open_crucible, stream
    from oz.crucible.model import Finished

    crucible = open_crucible()
    await crucible.start()
    click.echo(stream.header(job.title))
    try:
        async for batch in crucible.run(job).batches():
            click.echo("\n".join(map(stream.line, batch)))
            if isinstance(batch[-1], Finished):
                return batch[-1]
    finally:
        await crucible.close()
    raise AssertionError("the last event of a run is always Finished")


async def _stream(job: Job) -> Finished:
    from oz.crucible import open_crucible
    from oz.crucible.model import Dropped, Finished, Output, Raised, Warned
    from oz.crucible.pages import page_words

    crucible = open_crucible()
    await crucible.start()
    try:
        async for event in crucible.run(job):
            match event:
                case Output(text, stream):
                    click.echo(text, nl=False, err=stream == "stderr")
                case Raised(page):
                    click.echo(page_words(page), err=True)
                case Warned():
                    click.echo(_warning(event), err=True)
                case Dropped(bytes):
                    click.echo(
                        _("oz: {bytes} bytes more were printed and not kept.").format(bytes=bytes),
                        err=True,
                    )
                case Finished():
                    return event
    finally:
        await crucible.close()
    raise AssertionError("the last event of a run is always Finished")
