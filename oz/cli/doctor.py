"""``oz doctor``: what this machine offers the game, and what stands in its way."""

from __future__ import annotations

import asyncio
import importlib.metadata
import json
import os
import platform
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from oz import __version__
from oz.cli.common import echo_json, json_option, lessons_option, saves_option
from oz.tongue import _, pgettext

_PACKAGES = ("torch", "numpy", "pytest", "textual", "click", "platformdirs", "watchfiles")
_LABELS = {
    "versions": _("versions"), "system": _("system"), "terminal": _("terminal"),
    "interactive": _("interactive"), "colours": _("colours"), "size": _("size"),
    "encoding": _("encoding"), "saves": _("saves"), "folder": _("folder"),
    "writable": _("writable"), "journeys": pgettext("how many", "journeys"),
    "lessons": _("lessons"), "faults": _("faults"), "spells": _("spells"), "device": _("device"),
    "first_run": _("first run, seconds"), "threads": _("threads"),
    "accelerator": _("accelerator"), "name": _("name"), "crucible": _("crucible"),
    "problem": _("problem"),
}  # fmt: skip
"""What stands before each figure, by its name in the JSON."""


@click.command()
@json_option
@saves_option
@lessons_option
def doctor(as_json: bool, saves: Path | None, lessons: Path | None) -> int:
    """Say which versions, limits and sandbox layers are in force, and whether all is well."""
    from oz.crucible.doctor import report

    found: dict[str, object] = {
        "versions": _versions(),
        "terminal": _terminal(),
        "saves": _saves(saves),
        "lessons": _lessons(lessons),
        "device": asyncio.run(_device()),
        "crucible": [asdict(layer) for layer in report()],
    }
    wrong = _wrong(found)
    if as_json:
        echo_json({"ok": not wrong, "problems": wrong, **found})
    else:
        _show(found)
        for problem in wrong:
            click.echo(f"\n! {problem}")
        if not wrong:
            click.echo(_("\nAll is well."))
    return 1 if wrong else 0


_ASK_TORCH = """
import json, torch
found = {"torch": torch.__version__, "threads": torch.get_num_threads()}
there = torch.accelerator.is_available()
found["accelerator"] = str(torch.accelerator.current_accelerator()) if there else None
found["name"] = torch.cuda.get_device_name() if torch.cuda.is_available() else None
print(json.dumps(found))
"""


async def _device() -> dict[str, object]:
    """What torch has to compute on, asked where the player's code runs."""
    from oz.crucible import open_crucible
    from oz.crucible.model import Finished, Job, Limits, Mode, Output

    crucible = open_crucible()
    await crucible.start()
    try:
        job = Job(Mode.CONJURE, source=_ASK_TORCH, limits=Limits(seconds=60))
        events = [event async for event in crucible.run(job)]
    finally:
        await crucible.close()
    text = "".join(event.text for event in events if isinstance(event, Output))
    finished = events[-1]
    assert isinstance(finished, Finished)
    try:
        return {"first_run": round(finished.seconds, 2), **json.loads(text.strip().split("\n")[-1])}
    except ValueError:
        return {"problem": finished.message or text or finished.reason.value}


def _versions() -> dict[str, str | None]:
    versions: dict[str, str | None] = {"oz": __version__, "python": platform.python_version()}
    for package in _PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            versions[package] = None
    versions["system"] = f"{platform.system()} {platform.release()} {platform.machine()}"
    return versions


def _terminal() -> dict[str, object]:
    size: os.terminal_size | None = None
    if sys.stdout.isatty():
        size = os.get_terminal_size(sys.stdout.fileno())
    return {
        "interactive": sys.stdin.isatty() and sys.stdout.isatty(),
        "term": os.environ.get("TERM", ""),
        "colours": _colours(),
        "size": f"{size.columns}x{size.lines}" if size else None,
        "encoding": sys.stdout.encoding,
    }


def _colours() -> str:
    if os.environ.get("NO_COLOR"):
        return _("none (NO_COLOR)")
    if os.environ.get("COLORTERM", "") in {"truecolor", "24bit"}:
        return _("16 million")
    return "256" if "256" in os.environ.get("TERM", "") else _("basic")


def _saves(saves: Path | None) -> dict[str, object]:
    from oz.saves import default_root, journeys

    root = default_root(saves)
    return {"folder": str(root), "writable": _writable(root), "journeys": len(journeys(root))}


def _writable(folder: Path) -> bool:
    """Whether a file can be made in `folder`, or in the nearest folder above it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _lessons(lessons: Path | None) -> dict[str, object]:
    from oz.campaign import LessonsError, default_root, load

    root = lessons or default_root()
    try:
        campaign = load(root)
    except LessonsError as error:
        return {"folder": str(root), "faults": len(error.faults)}
    return {"folder": str(root), "faults": 0, "spells": len(campaign.spells)}


def _wrong(found: dict[str, object]) -> list[str]:
    problems = []
    versions, saves, lessons = found["versions"], found["saves"], found["lessons"]
    device = found["device"]
    assert isinstance(versions, dict)
    assert isinstance(saves, dict)
    assert isinstance(lessons, dict)
    missing = [name for name in _PACKAGES if versions[name] is None]
    if missing:
        problems.append(_("Not installed: {listed}.").format(listed=", ".join(missing)))
    if not saves["writable"]:
        problems.append(
            _("Journeys cannot be kept in {saves}: it cannot be written.").format(
                saves=saves["folder"]
            )
        )
    if isinstance(device, dict) and "problem" in device:
        problems.append(
            _("A program that only asks torch what it has did not end: {device}").format(
                device=device["problem"]
            )
        )
    if lessons["faults"]:
        problems.append(
            _("The lessons in {lessons} are faulty: 'oz lessons check'.").format(
                lessons=lessons["folder"]
            )
        )
    return problems


def _show(found: dict[str, object], indent: str = "") -> None:
    for name, value in found.items():
        label = _LABELS.get(name, name.replace("_", " "))
        if isinstance(value, dict):
            click.echo(f"{indent}{label}")
            _show(value, indent + "  ")
        elif isinstance(value, list):
            click.echo(f"{indent}{label}")
            for layer in value:
                mark = "✓" if layer["in_force"] else "✗"
                click.echo(f"{indent}  {mark} {layer['name']}: {layer['detail']}")
        else:
            shown = (_("no"), _("yes"))[value] if isinstance(value, bool) else value
            click.echo(f"{indent}{label}: {'-' if shown is None else shown}")
