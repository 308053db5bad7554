"""Every id of the campaign, and what a bare word in one stage's files means.

In a file of stage ``munchkins`` the word ``boq`` means ``munchkins/boq``; ``kansas/toto`` is whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from oz.campaign.faults import Faults, near
from oz.campaign.source import Spot
from oz.story.model import NOWHERE, PLAYER

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass
class Names:
    """All ids, qualified, gathered before anything that refers to them is read."""

    rooms: dict[str, str] = field(default_factory=dict)
    """Id to stage."""
    things: dict[str, str] = field(default_factory=dict)
    """Characters too."""
    topics: set[str] = field(default_factory=set)
    """``stage/character.topic``."""
    characters: set[str] = field(default_factory=set)
    spells: set[str] = field(default_factory=set)
    flags_set: set[str] = field(default_factory=set)
    flags_tested: dict[str, Spot] = field(default_factory=dict)


@dataclass(frozen=True)
class Scope:
    """How words are meant in the files of one stage."""

    stage: str
    names: Names
    faults: Faults

    def whole(self, word: str) -> str:
        return word if "/" in word else f"{self.stage}/{word}"

    def bare(self, id: str) -> str:
        """`id` as this stage writes it."""
        return id.removeprefix(f"{self.stage}/")

    def room(self, word: str, spot: Spot) -> str:
        return self._known(word, self.names.rooms, "room", spot)

    def thing(self, word: str, spot: Spot) -> str:
        return self._known(word, self.names.things, "thing or character", spot)

    def spell(self, word: str, spot: Spot) -> str:
        return self._known(word, self.names.spells, "spell", spot)

    def topic(self, word: str, spot: Spot) -> str:
        if "." not in word:
            self.faults.add(spot.path, spot.line, f"'talked:{word}' must name CHARACTER.TOPIC")
            return self.whole(word)
        return self._known(word, self.names.topics, "topic", spot)

    def place(self, word: str, spot: Spot) -> str:
        """A room, a thing, a character, ``player`` or ``nowhere``."""
        if word in (PLAYER, NOWHERE):
            return word
        known = {**self.names.rooms, **self.names.things, PLAYER: "", NOWHERE: ""}
        return self._known(word, known, "place (room, thing, character, player, nowhere)", spot)

    def flag_set(self, word: str, spot: Spot) -> str:
        flag = self._flag(word, spot)
        self.names.flags_set.add(flag)
        return flag

    def flag_tested(self, word: str, spot: Spot) -> str:
        flag = self._flag(word, spot)
        self.names.flags_tested.setdefault(flag, spot)
        return flag

    def _flag(self, word: str, spot: Spot) -> str:
        if not ID.match(word.rpartition("/")[2]):
            self.faults.add(
                spot.path,
                spot.line,
                f"'{word}' is no name for a flag: lower-case words joined by '-'",
            )
        return self.whole(word)

    def _known(self, word: str, known: Collection[str], what: str, spot: Spot) -> str:
        id = self.whole(word)
        if id in known:
            return id
        here = [self.bare(name) for name in known if self.bare(name) != name]
        elsewhere = [name for name in known if name.endswith(f"/{word}")]
        hint = f"; did you mean '{elsewhere[0]}'?" if elsewhere else near(word, here or known)
        self.faults.add(spot.path, spot.line, f"there is no {what} '{word}'{hint}")
        return id
