"""The campaign as it was read: the world, the spells, and what checks need to point at a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from oz.spells.model import Spell
from oz.story.model import World
from oz.study.cards import PREAMBLE, Card

if TYPE_CHECKING:  # what only checks ask for
    from oz.campaign.faults import Fault
    from oz.campaign.prose import Passage
    from oz.campaign.source import Spot

FORMAT = 1
"""The version of the format of ``lessons/`` that this program reads."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What ``reference NAME`` shows."""

    name: str
    """For example ``torch.arange``."""
    signature: str
    """Its line of code without the first and the last backtick: what is between them is one form of
    the call, or several, as in ``x.to(device)`, `x.to(dtype)``."""
    text: str
    """Markdown, one paragraph."""
    example: str
    """Python source, as it is shown; empty where there is none."""
    path: Path = Path()
    line: int = 0

    @property
    def program(self) -> str:
        """The example as it is run: with the imports that every example may leave out."""
        return f"{PREAMBLE}\n{self.example}" if self.example else ""


@dataclass(frozen=True, slots=True)
class StageInfo:
    """What a stage is besides its story."""

    folder: Path
    core: bool
    minutes: int
    hardware: str
    teaches: tuple[str, ...]
    """API first met here."""
    figurative: frozenset[str]
    """Nouns that are only figures of speech in this stage's prose."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Everything in ``lessons/``, well-formed."""

    world: World
    spells: Mapping[str, Spell]
    """In the order of the road."""
    references: Mapping[str, Reference]
    stages: Mapping[str, StageInfo]
    root: Path
    title: str
    format: int
    language: str = "en"
    """In which its texts are told, as far as they are translated."""
    gaps: tuple[Fault, ...] = ()
    """Texts that are told in English because they are not translated, with where they stand."""
    passages: tuple[Passage, ...] = ()
    """All prose of the stories, with where it stands. This, `gaps` and `sources` are left out of
    lessons that were kept ready (`oz.campaign.load_cached`)."""
    reviews: Mapping[str, Card] = field(default_factory=dict)
    """The small questions of ``review.md``, by id, in the order of the road."""
    sources: Mapping[str, Spot] = field(default_factory=dict)
    """Where things stand: ``room kansas/kitchen``, ``thing …``, ``rule …``, ``spell …``,
    ``exit kansas/kitchen north``, ``stage kansas``, ``teaches kansas``, ``offer …``."""

    @property
    def teaches(self) -> Mapping[str, tuple[str, ...]]:
        """Stage id to the names of API that are first met there."""
        return {id: info.teaches for id, info in self.stages.items()}

    def where(self, what: str) -> tuple[Path, int]:
        """The file and line of `what` (see `sources`); the campaign's own file if it is unknown."""
        spot = self.sources.get(what)
        return (spot.path, spot.line) if spot else (self.root / "campaign.toml", 1)
