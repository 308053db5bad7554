"""``oz lessons new``: a stage or a spell to begin with, whole but for its TODOs.

Copies ``template/``, which is a stage that passes the check, and writes the names into it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

TEMPLATE = Path(__file__).with_name("template")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_SPELL = "01_spell"
_CAMPAIGN = """\
format = 1
title = "TODO: what these lessons are called"
stages = []
about = "TODO: what they are about."
"""
_OFFER = """
[[offers]]
spell = "{name}"
rooms = ["{room}"]
points = 5
"""
_PROSE = """
## cue {name}
TODO: how the place asks for the spell: `cast {words}`.

## victory {name}
TODO: what changes in the world when it passes.
"""
_PLACEMENT = """
## proof
TODO: what is wanted of somebody who would prove this stage, in a sentence.

## placement
TODO: what one has to know to understand what follows, who did not walk through.
"""
_SHUT = re.compile(r'^# (north = )"NEXT" .*\n', re.MULTILINE)
"""In the template: the way to a stage that is not there yet."""
_ASLEEP = re.compile(
    r"^# Who knows the subject.*\n# .*\n((?:# .*\n?)+)", re.MULTILINE
)  # fmt: skip
"""In the template: the placement, of which a last stage has none."""


class Refused(Exception):
    """It cannot be made; the message says why."""


def stage(root: Path, name: str) -> Path:
    """A new stage `name`, last in the lessons in `root`, which are begun where there are none.

    Raises `Refused`, and writes nothing then.
    """
    _check(name)
    top = root / "campaign.toml"
    text = top.read_text("utf-8") if top.is_file() else _CAMPAIGN
    listed = re.search(r"^stages\s*=\s*\[(.*?)\]", text, re.DOTALL | re.MULTILINE)
    if listed is None:
        raise Refused(f"{top} has no list of stages.")
    if root.is_dir() and any(re.fullmatch(rf"\d+_{_folder(name)}", p.name) for p in root.iterdir()):
        raise Refused(f"There is a stage '{name}' in {root} already.")
    folder = f"{_number(root)}_{_folder(name)}"
    before = re.findall(r'"([^"]*)"', listed[1])
    names = [*before, folder]
    known = ", ".join(f'"{one}"' for one in names)
    made = root / folder
    shutil.copytree(TEMPLATE, made, ignore=shutil.ignore_patterns("__pycache__"))
    if any(
        "## torch.arange" in page.read_text("utf-8")
        for page in root.glob("*/reference.md")
        if page.parent != made
    ):  # it is explained where it is first met
        (made / "reference.md").unlink()
        page = made / "stage.toml"
        page.write_text(re.sub(r"teaches = .*", "teaches = []", page.read_text("utf-8")), "utf-8")
    if before:
        _lead_on(root / before[-1], name)
    top.write_text(text[: listed.start()] + f"stages = [{known}]" + text[listed.end() :], "utf-8")
    return made


def _lead_on(last: Path, name: str) -> None:
    """Let the stage in the folder `last` lead to the new one, and be proven, where it is still as
    it was made."""
    page, story = last / "stage.toml", last / "story.md"
    text = page.read_text("utf-8") if page.is_file() else ""
    if story.is_file() and _SHUT.search(text):
        text = _SHUT.sub(rf'\1"{name}/door"\n', text)
        if (asleep := _ASLEEP.search(text)) is not None:
            awake = re.sub(r"^# ", "", asleep[1], flags=re.MULTILINE)
            text = text[: asleep.start()] + awake + text[asleep.end() :]
            _add(story, _PLACEMENT)
        page.write_text(text, "utf-8")


def spell(stage: Path, name: str) -> Path:
    """A new spell `name` in the stage's folder, offered in its first room. Raises `Refused`."""
    _check(name)
    page, story = stage / "stage.toml", stage / "story.md"
    if not page.is_file() or not story.is_file():
        raise Refused(f"{stage} is no stage: it has no stage.toml and story.md.")
    spells = stage / "spells"
    if any(re.fullmatch(rf"\d+_{_folder(name)}", path.name) for path in spells.glob("*")):
        raise Refused(f"There is a spell '{name}' in {stage} already.")
    start = re.search(r'^start\s*=\s*"([^"]+)"', page.read_text("utf-8"), re.MULTILINE)
    if start is None:
        raise Refused(f"{page} does not say in which room the stage starts.")
    made = spells / f"{_number(spells)}_{_folder(name)}"
    shutil.copytree(
        TEMPLATE / "spells" / _SPELL, made, ignore=shutil.ignore_patterns("__pycache__")
    )
    words = name.replace("-", " ")
    _add(page, _OFFER.format(name=name, room=start[1]))
    _add(story, _PROSE.format(name=name, words=words))
    return made


def _check(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise Refused(f"'{name}' is no name: lower-case words joined by '-', such as 'green-hill'.")


def _folder(name: str) -> str:
    return name.replace("-", "_")


def _number(folder: Path) -> str:
    """The next number among the folders there, as two digits."""
    there = [re.match(r"(\d+)_", path.name) for path in folder.glob("*")]
    return f"{max((int(met[1]) for met in there if met), default=0) + 1:02}"


def _add(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + text, "utf-8")
