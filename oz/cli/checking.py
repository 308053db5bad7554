"""``oz lessons check``: the lessons read, run and played, and each fault named."""

from __future__ import annotations

import time
from pathlib import Path

import click

from oz.cli.common import echo_json, json_option


@click.group()
def lessons() -> None:
    """Work on the lessons."""


@lessons.command()
@click.argument("folder", required=False, metavar="[DIR]",
                type=click.Path(exists=True, file_okay=False, path_type=Path))  # fmt: skip
@click.option("--quick", is_flag=True, help="Read and look only; run no program.")
@json_option
def check(folder: Path | None, quick: bool, as_json: bool) -> int:
    """Check the lessons in DIR (default: the game's own).

    Every model answer must pass, every starter fail, every known mistake be refused with its
    message; every noun must be examinable, every way lead somewhere, every stage be finishable, and
    nothing used before it is taught.
    """
    from oz.campaign import LessonsError, load
    from oz.campaign.faults import Fault
    from oz.lessons_check import check_lessons

    began = time.perf_counter()
    say = (lambda _text: None) if as_json else click.echo
    faults: tuple[Fault, ...]
    spells = 0
    try:
        campaign = load(folder)
    except LessonsError as error:
        faults = error.faults
    else:
        spells = len(campaign.spells)
        faults = check_lessons(campaign, say=say, run=not quick)
    seconds = time.perf_counter() - began
    if as_json:
        echo_json({
            "ok": not faults,
            "spells": spells,
            "seconds": round(seconds, 2),
            "faults": [
                {"path": str(fault.path), "line": fault.line, "message": fault.message}
                for fault in faults
            ],
        })  # fmt: skip
        return 1 if faults else 0
    for fault in faults:
        click.echo(str(fault))
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        click.echo(f"\n{count} in {seconds:.1f} s.")
        return 1
    click.echo(f"\n{spells} spells, no fault, {seconds:.1f} s.")
    return 0
