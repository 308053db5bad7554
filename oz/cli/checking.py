"""``oz lessons``: the lessons read, run, played and put to the proof, and each fault named."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oz import tongue
from oz.cli.common import (
    Lessons,
    echo_json,
    find_spell,
    json_option,
    lessons_option,
    saves_option,
)

if TYPE_CHECKING:
    from oz.campaign import Campaign
    from oz.lessons_check.mutants import Mutant
    from oz.lessons_check.mutate import Tested
    from oz.spells.model import Spell


@click.group()
def lessons() -> None:
    """Work on the lessons."""


@lessons.command()
@click.argument("folder", required=False, metavar="[DIR]",
                type=click.Path(exists=True, file_okay=False, path_type=Path))  # fmt: skip
@click.option("--quick", is_flag=True, help="Read and look only; run no program.")
@click.option("--cards", is_flag=True, help="Look at the cards of review.md only.")
@json_option
def check(folder: Path | None, quick: bool, cards: bool, as_json: bool) -> int:
    """Check the lessons in DIR (default: the game's own).

    Every model answer must pass, every starter fail, every known mistake be refused with its
    message; every noun must be examinable, every way lead somewhere, every stage be finishable, and
    nothing used before it is taught. The cards of review.md must have one answer each.
    """
    from oz.campaign import LessonsError, load
    from oz.campaign.faults import Fault
    from oz.lessons_check import check_cards, check_lessons

    began = time.perf_counter()
    say = (lambda _text: None) if as_json else click.echo
    faults: tuple[Fault, ...]
    spells = checked = 0
    try:
        campaign = load(folder, tongue.ENGLISH)
    except LessonsError as error:
        faults = error.faults
    else:
        spells, checked = len(campaign.spells), len(campaign.reviews)
        faults = (
            check_cards(campaign, say=say)
            if cards
            else check_lessons(campaign, say=say, run=not quick)
        )
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
    what = f"{checked} cards" if cards else f"{spells} spells"
    click.echo(f"\n{what}, no fault, {seconds:.1f} s.")
    return 0


@lessons.command()
@click.argument("where", metavar="DIR", type=Lessons())
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@saves_option
def play(where: Path, plain: bool, saves: Path | None) -> int:
    """Play the lessons in DIR, a folder or the name of an installed pack.

    They have a journey of their own, called after them.
    """
    from oz.campaign import load
    from oz.campaign.packs import name_of
    from oz.cli.playing import start

    load(where)  # what is wrong with them is said before anything is begun
    return start(name_of(where), plain=plain, saves=saves, lessons=where)


@lessons.command()
@click.argument("what", type=click.Choice(["stage", "spell"]))
@click.argument("name")
@click.option(
    "--in",
    "where",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="For a stage the lessons, which may be new; for a spell its stage's folder.",
)
def new(what: str, name: str, where: Path) -> int:
    """Begin a new stage, or a new spell in one, whole but for its TODOs.

    'oz lessons check DIR' then names each of them until it is written.
    """
    from oz.lessons_check import new as begin

    try:
        made = begin.stage(where, name) if what == "stage" else begin.spell(where, name)
    except begin.Refused as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"{made} is there. Look for TODO in it; 'oz lessons check' does, too.")
    return 0


@lessons.command()
@json_option
def packs(as_json: bool) -> int:
    """List the lesson packs that are installed, and what keeps one from being played."""
    from oz.campaign import packs as found

    told = [{**asdict(pack), **_standing(pack.name)} for pack in found.packs()]
    if as_json:
        echo_json({"packs": told})
        return 0
    if not told:
        click.echo("No lesson pack is installed. lessons/README.md says how one is made.")
    for pack in told:
        what = pack["error"] or f"{pack['title']}, {pack['spells']} spells"
        click.echo(f"{pack['name']} ({pack['distribution']} {pack['version']}): {what}")
    return 0


def _standing(name: str) -> dict[str, object]:
    """What is in a pack, or why it cannot be played."""
    from oz.campaign import LessonsError, load
    from oz.campaign.packs import NoPack, root_of

    try:
        campaign = load(root_of(name))
    except NoPack as error:
        return {"title": "", "spells": 0, "error": str(error)}
    except LessonsError as error:
        return {"title": "", "spells": 0, "error": error.faults[0].message}
    return {"title": campaign.title, "spells": len(campaign.spells), "error": ""}


@lessons.command()
@click.argument("spells", nargs=-1, metavar="[SPELL]...")
@click.option("--most", type=click.IntRange(min=1), metavar="N",
              help="Try at most N changes of a spell, evenly chosen (default: 60, and fewer where"
                   " a run may take long).")  # fmt: skip
@json_option
@lessons_option
def mutate(spells: tuple[str, ...], most: int | None, as_json: bool, lessons: Path | None) -> int:
    """Change each model answer in one place at a time, and see whether the trial refuses it.

    SPELL is a spell or a stage; without any it is all of them. A change that passes must be
    listed in spell.md under [[equivalent]], with the reason; else it is a survivor, and the trial
    does not see enough.
    """
    from oz.campaign import load
    from oz.lessons_check.mutate import mutate as try_mutants

    began = time.perf_counter()
    campaign = load(lessons)
    chosen = _spells(campaign, spells)
    told = (lambda _: None) if as_json else _tell
    tested = try_mutants(chosen, road=campaign.spells.values(), most=most, told=told)
    seconds = time.perf_counter() - began
    good = all(one.good for one in tested)
    if as_json:
        echo_json({
            "ok": good,
            "seconds": round(seconds, 2),
            "spells": [_as_data(one) for one in tested],
        })  # fmt: skip
    else:
        survived = sum(len(one.survived) for one in tested)
        tried = sum(len(one.tried) for one in tested)
        click.echo(f"\n{tried} changes, {survived} not explained, {seconds:.1f} s.")
    return 0 if good else 1


def _spells(campaign: Campaign, words: tuple[str, ...]) -> list[Spell]:
    """The spells that `words` name, in the order of the lessons; without words all of them."""
    stages = campaign.world.stages
    chosen = {
        id
        for word in words
        for id in (stages[word].spells if word in stages else (find_spell(campaign, word).id,))
    }
    return [spell for id, spell in campaign.spells.items() if id in chosen or not words]


def _tell(one: Tested) -> None:
    if one.skipped:
        click.echo(f"- {one.spell}: {one.skipped}")
        return
    same = f", {len(one.equivalent)} equivalent" if one.equivalent else ""
    click.echo(
        f"{'✓' if one.good else '✗'} {one.spell}: {one.refused} of {len(one.tried)} refused{same}"
        f" ({one.share:.0%}; {one.possible} possible)"
    )
    for mutant in one.survived:
        click.echo(f"    line {mutant.line} survives ({mutant.change}):")
        click.echo(f"      {mutant.before}\n      {mutant.after}")
    for mutant, listed in one.equivalent:
        click.echo(f"    line {mutant.line} may pass: {mutant.after}\n      {listed.why}")
    for said in one.wrong:
        click.echo(f"    {said}")


def _as_data(one: Tested) -> dict[str, object]:
    def data(mutant: Mutant, **more: str) -> dict[str, object]:
        return {
            "line": mutant.line,
            "change": mutant.change,
            "before": mutant.before,
            "after": mutant.after,
            **more,
        }

    return {
        "id": one.spell,
        "possible": one.possible,
        "tried": len(one.tried),
        "refused": one.refused,
        "share": round(one.share, 4),
        "equivalent": [data(mutant, why=listed.why) for mutant, listed in one.equivalent],
        "survived": [data(mutant) for mutant in one.survived],
        "wrong": list(one.wrong),
        "skipped": one.skipped,
    }


@lessons.command()
@click.argument("language", metavar="LANGUAGE")
@click.argument("folder", required=False, metavar="[DIR]",
                type=click.Path(exists=True, file_okay=False, path_type=Path))  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Name the stages too that have no file.")
def translated(language: str, folder: Path | None, everything: bool) -> int:
    """Name what the sibling files in LANGUAGE leave out or get wrong.

    Siblings are read from DIR (default: the game's own lessons). A stage without any is passed
    over.
    """
    from oz.campaign import LessonsError, load
    from oz.campaign.siblings import started

    try:
        campaign = load(folder, language)
    except LessonsError as error:
        for fault in error.faults:
            click.echo(str(fault))
        return 1
    begun = started(campaign.root, language)
    gaps = [
        gap
        for gap in campaign.gaps
        if everything or any(stage in gap.path.parents for stage in begun)
    ]
    for gap in gaps:
        click.echo(str(gap))
    click.echo(f"\n{len(begun)} stages begun, {len(gaps)} texts not translated.")
    return 0
