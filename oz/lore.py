"""The story so far as one plain text: what a model that learns to speak is trained on.

Takes the prose of ``story.md`` files and leaves out what is ours alone: headings, conditions, the
lines between tellings. Knows nothing else of lessons, so that both sides of the crucible may ask.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

_UNSPOKEN = ("score", "exit")
"""Kinds of text that are scraps of a sentence, or said over and over."""


def lore(stories: Iterable[str]) -> str:
    """The prose of `stories` (the texts of ``story.md`` files, in the order of the road)."""
    return "\n\n".join(told for story in stories for told in _told(story)) + "\n"


def lore_until(stage: Path) -> str:
    """The prose of the lessons in which the folder `stage` stands, from the first stage to it.

    Raises `OSError` and `ValueError` where the lessons cannot be read.
    """
    campaign = tomllib.loads((stage.parent / "campaign.toml").read_text("utf-8"))
    names = list(campaign["stages"])
    before = names[: names.index(stage.name) + 1]
    return lore((stage.parent / name / "story.md").read_text("utf-8") for name in before)


def _told(story: str) -> Iterator[str]:
    for section in re.split(r"^## +", story, flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition("\n")
        if heading.split(maxsplit=1)[0] in _UNSPOKEN:
            continue
        for paragraph in re.split(r"\n\s*\n|^---$", body, flags=re.MULTILINE):
            if words := paragraph.split():
                yield " ".join(words)
