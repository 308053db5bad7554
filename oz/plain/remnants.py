"""What the last run, and the last thing that was looked at, left to be asked about: pictures.

Answers `describe`. Knows the words that are typed and the events; prints nothing.
"""

from __future__ import annotations

from oz.crucible.model import Picture
from oz.plain.pictures import described

_KEPT = 40
"""Pictures that are remembered."""


class Remnants:
    """What can be asked about."""

    def __init__(self) -> None:
        self._pictures: dict[str, Picture] = {}

    def take(self, picture: Picture) -> None:
        """Remember a picture, in place of an older one of its name."""
        name = picture.name.lower()
        self._pictures.pop(name, None)
        self._pictures[name] = picture
        while len(self._pictures) > _KEPT:
            del self._pictures[next(iter(self._pictures))]

    def answer(self, line: str) -> str | None:
        """The answer (Markdown) to a typed line; `None` where it is about something else."""
        word, _, name = " ".join(line.split()).partition(" ")
        if word.lower() != "describe":
            return None
        name = name.removeprefix("the ").removeprefix("picture ").strip("`")
        if not name or name.lower() in {"it", "picture"}:
            if not self._pictures:
                return "There is no picture yet to be described."
            return described(next(reversed(self._pictures.values())))
        known = self._pictures.get(name.lower())
        return described(known) if known is not None else None
